import type { Row } from '../db/schema/index.ts'
import { algorithmOf } from './algorithm.ts'
import { rowHash } from './chain.ts'
import { holdsInclusion, leafHash } from './merkle.ts'
import {
  type Checkpoint,
  holdsCheckpoint,
  type KnownKey,
  readCheckpoint,
  readKeys,
  type SignedKey,
} from './statement.ts'

/** The proof of one row as the auditor hands it out: `InclusionProof` of the contract, and the statements of the keys. */
export interface RowProof {
  readonly stream: number
  readonly sequence: number
  readonly hash: string
  /** The other columns; null for a row of an archived case, whose package has them. */
  readonly row: Omit<Row<'trail'>, 'stream' | 'sequence' | 'hash'> | null
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly checkpoint: { readonly body: string; readonly signature: string }
  readonly keys: readonly SignedKey[]
}

/** What keeps a proof from holding: its row is another, is not in the tree, or who signed is not known. */
export type RowProofFault = 'hash' | 'checkpoint' | 'inclusion' | 'keys' | 'signature'

export interface RowProofVerification {
  readonly holds: boolean
  readonly fault: RowProofFault | null
  /** Null where its text is none. */
  readonly checkpoint: Checkpoint | null
  /** Keys whose statements hold; none when one of them does not. */
  readonly keys: readonly KnownKey[]
}

/** Checks a row by its proof alone: its hash, its place in the tree, and the signature of the tree. */
export function verifyRowProof(proof: RowProof): RowProofVerification {
  const checkpoint = readCheckpoint(proof.checkpoint.body)
  const history = readKeys(proof.keys)
  const keys = history.ok ? history.keys : []
  const fault = faultOf(proof, checkpoint, history.ok ? keys : null)
  return { holds: fault === null, fault, checkpoint, keys }
}

function faultOf(
  proof: RowProof,
  checkpoint: Checkpoint | null,
  keys: readonly KnownKey[] | null,
): RowProofFault | null {
  const { stream, sequence, hash, row, index, size, path } = proof
  if (row && rowHash({ stream, sequence, ...row }, algorithmOf(hash)) !== hash) return 'hash'
  if (!checkpoint || checkpoint.size !== size) return 'checkpoint'
  const { algorithm, root } = checkpoint
  if (!holdsInclusion(algorithm, leafHash(algorithm, hash), { index, size }, path, root)) return 'inclusion'
  if (!keys) return 'keys'
  return holdsCheckpoint(keys, proof.checkpoint) ? null : 'signature'
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
/** Milliseconds that a date can have (ECMA-262, time values). */
const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15
const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null
const isSigned = (value: unknown): boolean => isObject(value) && isText(value.body) && isText(value.signature)

const isRow = (value: unknown): boolean =>
  isObject(value) &&
  Number.isSafeInteger(value.position) &&
  isTime(value.at) &&
  [value.actorType, value.actorId, value.requestId, value.kind, value.heads, value.previousHash].every(isText)

/** Reads a proof; null for a text that is none. */
export function readRowProof(text: string): RowProof | null {
  let proof: unknown
  try {
    proof = JSON.parse(text)
  } catch {
    return null
  }
  const fits =
    isObject(proof) &&
    [proof.stream, proof.sequence, proof.index, proof.size].every(isWhole) &&
    isText(proof.hash) &&
    (proof.row === null || isRow(proof.row)) &&
    Array.isArray(proof.path) &&
    proof.path.every(isText) &&
    isSigned(proof.checkpoint) &&
    Array.isArray(proof.keys) &&
    proof.keys.every((key) => isSigned(key) && (key.previousSignature === null || isText(key.previousSignature)))
  return fits ? (proof as unknown as RowProof) : null
}
