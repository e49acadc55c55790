import { hash } from 'node:crypto'

/** The digests a trail may be made with: SHA-256, or SM3 (GB/T 32905) where the law asks for it. */
export type HashAlgorithm = 'sha256' | 'sm3'

export const isHashAlgorithm = (name: string): name is HashAlgorithm => name === 'sha256' || name === 'sm3'

/** Digest of text (as UTF-8) or bytes, hex. */
export const digest = (algorithm: HashAlgorithm, content: string | Uint8Array): string =>
  hash(algorithm, content, 'hex')

const SM3 = 'sm3:'

/** A digest that names its algorithm: SHA-256 bare, as the first rows had it, SM3 with its name before it. */
export const namedDigest = (algorithm: HashAlgorithm, hex: string): string => (algorithm === 'sm3' ? SM3 + hex : hex)

/** The algorithm a digest of `namedDigest` names. */
export const algorithmOf = (named: string): HashAlgorithm => (named.startsWith(SM3) ? 'sm3' : 'sha256')
