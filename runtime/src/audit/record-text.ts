import { hash, randomBytes } from 'node:crypto'

/** SHA-256 of text (as UTF-8), hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

const SALT_BYTES = 16
let pool = ''
let used = 0

/** 16 random bytes, hex: drawn from a pool, since a record needs one each. */
export function newSalt(): string {
  if (used >= pool.length) {
    pool = randomBytes(SALT_BYTES * 512).toString('hex')
    used = 0
  }
  used += SALT_BYTES * 2
  return pool.slice(used - SALT_BYTES * 2, used)
}

/** Text as every database keeps it: without NUL and lone surrogates, so that what is hashed is what is read back. */
export function keepable(text: string): string {
  return /[\0\ud800-\udfff]/.test(text) ? Buffer.from(text.replaceAll('\0', '\uFFFD')).toString() : text
}
