import { createHash } from 'node:crypto'
import { type HashAlgorithm, isHashAlgorithm } from './algorithm.ts'
import { holdsSignature, isSignatureAlgorithm, keyIdOf } from './signing.ts'

/**
 * Checkpoints and statements about keys are short texts, a name and a value a line, whose exact bytes are signed: whoever
 * has the text, the signature and the public key needs nothing of ours to check them.
 */
export interface Signed {
  readonly body: string
  /** Base64. */
  readonly signature: string
}

/** A tree of the trail at one size. */
export interface Checkpoint {
  /** The installation: the fingerprint of its first key. */
  readonly origin: string
  readonly number: number
  readonly tree: number
  readonly size: number
  readonly algorithm: HashAlgorithm
  readonly root: string
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number
  readonly keyId: string
  /** SHA-256 of the body of the checkpoint before it; null for the first. */
  readonly previous: string | null
}

/** Why there is a key after the one before: by plan, or since that one is not to be believed any more. */
export type KeyReason = 'first' | 'rotated' | 'lost' | 'compromised'

/** What makes a key valid. */
export interface KeyStatement {
  readonly origin: string
  readonly number: number
  readonly keyId: string
  readonly publicKey: string
  readonly reason: KeyReason
  /** Number of the last checkpoint before this key: a later one of an earlier key does not count. */
  readonly after: number
  /** SHA-256 of the body of that checkpoint, which pins all before it; null when there was none. */
  readonly last: string | null
  readonly at: number
  /** SHA-256 of the body of the statement before it; null for the first. */
  readonly previous: string | null
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
export const digestOfBody = sha256

const HEX = '[0-9a-f]{64}'
const WHOLE = '[1-9][0-9]{0,15}'
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'
const CHECKPOINT = new RegExp(
  `^bihuan\\.checkpoint\\.1\\norigin (${HEX})\\nnumber (${WHOLE})\\ntree (${WHOLE})\\nsize (${WHOLE})\\n` +
    `root ([a-z0-9]+):(${HEX})\\ntime (${TIME})\\nkey ([a-z0-9]+:${HEX})\\nprevious (-|${HEX})\\n$`,
)
const KEY = new RegExp(
  `^bihuan\\.key\\.1\\norigin (${HEX})\\nnumber (${WHOLE})\\nkey ([a-z0-9]+:${HEX})\\npublic ([A-Za-z0-9+/=]{20,400})\\n` +
    `reason ([a-z]+)\\nafter (0|${WHOLE})\\nlast (-|${HEX})\\ntime (${TIME})\\nprevious (-|${HEX})\\n$`,
)

const timeText = (at: number): string => new Date(at).toISOString()

/** The text of a checkpoint that is signed. */
export function checkpointBody(c: Checkpoint): string {
  return `bihuan.checkpoint.1
origin ${c.origin}
number ${c.number}
tree ${c.tree}
size ${c.size}
root ${c.algorithm}:${c.root}
time ${timeText(c.at)}
key ${c.keyId}
previous ${c.previous ?? '-'}
`
}

/** What a checkpoint says; null when the text is none. */
export function readCheckpoint(body: string): Checkpoint | null {
  const found = CHECKPOINT.exec(body)
  if (!found) return null
  const [, origin, number, tree, size, algorithm, root, time, keyId, previous] = found
  if (!isHashAlgorithm(algorithm!)) return null
  return {
    origin: origin!,
    number: Number(number),
    tree: Number(tree),
    size: Number(size),
    algorithm,
    root: root!,
    at: Date.parse(time!),
    keyId: keyId!,
    previous: previous === '-' ? null : previous!,
  }
}

/** The text of a statement that is signed. */
export function keyBody(k: KeyStatement): string {
  return `bihuan.key.1
origin ${k.origin}
number ${k.number}
key ${k.keyId}
public ${k.publicKey}
reason ${k.reason}
after ${k.after}
last ${k.last ?? '-'}
time ${timeText(k.at)}
previous ${k.previous ?? '-'}
`
}

const isReason = (text: string): text is KeyReason => ['first', 'rotated', 'lost', 'compromised'].includes(text)

/** What a statement says; null when the text is none, or names another key than it holds. */
export function readKeyStatement(body: string): KeyStatement | null {
  const found = KEY.exec(body)
  if (!found) return null
  const [, origin, number, keyId, publicKey, reason, after, last, time, previous] = found
  const algorithm = keyId!.split(':')[0]!
  if (!isReason(reason!) || !isSignatureAlgorithm(algorithm) || keyIdOf(algorithm, publicKey!) !== keyId) return null
  return {
    origin: origin!,
    number: Number(number),
    keyId: keyId!,
    publicKey: publicKey!,
    reason,
    after: Number(after),
    last: last === '-' ? null : last!,
    at: Date.parse(time!),
    previous: previous === '-' ? null : previous!,
  }
}

/** A statement as it is kept, with its signatures. */
export interface SignedKey extends Signed {
  /** Of the key before it, base64. */
  readonly previousSignature: string | null
}

/**
 * A key of a history that holds. `isCrossSigned`: it was signed by the one before. `isVouched`: so was every key up to it.
 */
export interface KnownKey extends KeyStatement {
  readonly isCrossSigned: boolean
  readonly isVouched: boolean
}

/**
 * Checks a history of keys, oldest first. Gives the keys, or the number of the first statement that does not hold. A key
 * after a lost or compromised one is signed by itself alone: its fingerprint has to be learnt another way.
 */
export function readKeys(
  history: readonly SignedKey[],
): { readonly ok: true; readonly keys: readonly KnownKey[] } | { readonly ok: false; readonly number: number } {
  const keys: KnownKey[] = []
  for (const [i, { body, signature, previousSignature }] of history.entries()) {
    const refused = { ok: false, number: i + 1 } as const
    const statement = readKeyStatement(body)
    const before = keys.at(-1)
    if (!statement || statement.number !== i + 1) return refused
    if (!holdsSignature(statement.keyId, statement.publicKey, body, signature)) return refused
    const isCrossSigned =
      before !== undefined &&
      previousSignature !== null &&
      holdsSignature(before.keyId, before.publicKey, body, previousSignature)
    if (before === undefined) {
      if (statement.reason !== 'first' || statement.previous !== null) return refused
      if (statement.origin !== statement.keyId.split(':')[1]) return refused
    } else {
      if (statement.reason === 'first' || statement.previous !== sha256(history[i - 1]!.body)) return refused
      if (statement.origin !== before.origin || statement.after < before.after) return refused
      if (statement.reason === 'rotated' && !isCrossSigned) return refused
    }
    const isVouched = before === undefined || (before.isVouched && isCrossSigned)
    keys.push({ ...statement, isCrossSigned: before === undefined || isCrossSigned, isVouched })
  }
  return { ok: true, keys }
}

/** The key that had to sign a checkpoint of a number; undefined when there was none. */
export function keyInForce<K extends KeyStatement>(keys: readonly K[], checkpoint: number): K | undefined {
  return keys.findLast((key) => key.after < checkpoint)
}

/** Hex digits of a fingerprint that tell a key apart. */
const TELLING = 16

/**
 * Whether somebody who trusts the key of a fingerprint may trust the one that signs a checkpoint: it is that key, it
 * comes after it along signatures, or before it (a statement holds the digests of all before it).
 */
export function vouchesFor(keys: readonly KnownKey[], fingerprint: string, checkpoint: number): boolean {
  const trusted = keys.findIndex(({ keyId }) => keyId.split(':')[1]!.startsWith(fingerprint))
  if (fingerprint.length < TELLING || trusted < 0) return false
  const signing = keys.findLastIndex((key) => key.after < checkpoint)
  return keys.slice(trusted + 1, signing + 1).every((key) => key.isCrossSigned)
}

/** Whether a checkpoint is signed by the key that was in force. */
export function holdsCheckpoint(keys: readonly KnownKey[], { body, signature }: Signed): boolean {
  const said = readCheckpoint(body)
  const key = said && keyInForce(keys, said.number)
  return (
    !!key &&
    key.keyId === said.keyId &&
    key.origin === said.origin &&
    holdsSignature(key.keyId, key.publicKey, body, signature)
  )
}
