import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import smCrypto from 'sm-crypto'

const { sm2 } = smCrypto

/** Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918) and the identifier everybody expects, `1234567812345678`. */
export type SignatureAlgorithm = 'ed25519' | 'sm2'

export const isSignatureAlgorithm = (name: string): name is SignatureAlgorithm => name === 'ed25519' || name === 'sm2'

/** Who signs checkpoints. Where the key lies is behind this: a file here, a device elsewhere. */
export interface Signer {
  readonly algorithm: SignatureAlgorithm
  /** Algorithm and fingerprint. */
  readonly keyId: string
  /** SubjectPublicKeyInfo, base64: what a PEM file holds between its lines. */
  readonly publicKey: string
  /** Signature of a text (as UTF-8), base64; of SM2 in DER, as OpenSSL has it. */
  sign(text: string): string
}

const ID = '1234567812345678'
/** An uncompressed point of the curve: 04, x, y. */
const POINT = 65
/** Bytes of a nonce: so many more than the order has that its remainder is even. */
const NONCE = 40

/** What a key is known by: its algorithm and the SHA-256 of its public part. */
export const keyIdOf = (algorithm: SignatureAlgorithm, publicKey: string): string =>
  `${algorithm}:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')}`

/** A new private key as PEM (PKCS #8). */
export function newPrivateKey(algorithm: SignatureAlgorithm): string {
  const { privateKey } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'SM2' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** The signer of a private key. Throws when the text is none, or of another kind. */
export function signerOf(pem: string): Signer {
  const key = createPrivateKey(pem)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const algorithm: SignatureAlgorithm = key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'sm2'
  const encoded = publicKey.toString('base64')
  return {
    algorithm,
    keyId: keyIdOf(algorithm, encoded),
    publicKey: encoded,
    sign: algorithm === 'ed25519' ? (text) => sign(null, Buffer.from(text), key).toString('base64') : sm2Signer(key),
  }
}

function sm2Signer(key: KeyObject): Signer['sign'] {
  const der = key.export({ type: 'pkcs8', format: 'der' })
  // ECPrivateKey (RFC 5915): version 1, then the number as 32 bytes.
  const at = der.indexOf(Buffer.from([2, 1, 1, 4, 32]))
  if (at < 0) throw new Error('Expected an SM2 key as PKCS #8 with its number in 32 bytes')
  const secret = der.subarray(at + 5, at + 37).toString('hex')
  const point = pointOf(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  return (text) => {
    const options = { der: true, hash: true, userId: ID, publicKey: point, pointPool: [noncePoint()] }
    return Buffer.from(sm2.doSignature(text, secret, options), 'hex').toString('base64')
  }
}

type Pool = NonNullable<NonNullable<Parameters<typeof sm2.doSignature>[2]>['pointPool']>

/** The nonce of one signature, from the system's randomness: the library's own is not made for secrets. */
function noncePoint(): Pool[number] {
  const generate = sm2.generateKeyPairHex as unknown as (
    hex: string,
    base: number,
  ) => { privateKey: string; publicKey: string }
  const { privateKey, publicKey } = generate(randomBytes(NONCE).toString('hex'), 16)
  const Integer = sm2.getPoint().k.constructor as new (text: string, base: number) => Pool[number]['k']
  return {
    privateKey,
    publicKey,
    k: new Integer(privateKey, 16),
    x1: new Integer(publicKey.slice(2, 66), 16),
  }
}

const pointOf = (spki: Buffer): string => spki.subarray(-POINT).toString('hex')

/** Whether a signature is one of the text by the public key. False for whatever is malformed. */
export function holdsSignature(keyId: string, publicKey: string, text: string, signature: string): boolean {
  try {
    const spki = Buffer.from(publicKey, 'base64')
    const bytes = Buffer.from(signature, 'base64')
    if (keyId.startsWith('ed25519:') && keyId === keyIdOf('ed25519', publicKey)) {
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, bytes)
    }
    if (keyId !== keyIdOf('sm2', publicKey)) return false
    return sm2.doVerifySignature(text, bytes.toString('hex'), pointOf(spki), { der: true, hash: true, userId: ID })
  } catch {
    return false
  }
}

/** A public key as a PEM file: what `openssl` and others read. */
export const pemOf = (publicKey: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${publicKey.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PUBLIC KEY-----\n`
