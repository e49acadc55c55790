import { type RowProofFault, readRowProof, verifyRowProof } from '../audit/row-proof.ts'
import { type Signed, vouchesFor } from '../audit/statement.ts'
import { time } from '../contract/wire.ts'
import { KeepError } from '../keep/keep-error.ts'

const faults: { readonly [F in RowProofFault]: string } = {
  hash: 'its hash is not that of its columns',
  checkpoint: 'its checkpoint is none, or of another size',
  inclusion: 'it is not in the tree of the checkpoint',
  keys: 'a statement of a key does not hold',
  signature: 'the checkpoint is not signed by the key in force',
}

/** What a person has from elsewhere, to judge a proof by. */
export interface Elsewhere {
  /** Fingerprint of a key that is trusted; null when none was given. */
  readonly key: string | null
  /** Checkpoints that were kept; null when none were given. */
  readonly checkpoints: readonly Signed[] | null
}

/**
 * Checks the proof of one row and says what came of it, a line each. Throws `KeepError` for a text that is none, and for
 * checkpoints among which that of the proof is not.
 */
export function verifyRow(text: string, { key, checkpoints }: Elsewhere) {
  const proof = readRowProof(text)
  if (!proof) throw new KeepError('Expected the proof of a row of the trail, but the file holds none.')
  const { holds, fault, checkpoint, keys } = verifyRowProof(proof)
  const number = checkpoint?.number ?? 0
  const kept = checkpoints?.find(({ body }) => body.includes(`\nnumber ${number}\n`))
  if (checkpoints && !kept) throw new KeepError(`Expected checkpoint ${number} among those kept, but it is not there.`)
  const isTrusted = key === null ? null : vouchesFor(keys, key, number)
  const isKept = kept ? kept.body === proof.checkpoint.body : null
  const { stream, sequence, row } = proof
  const name = `Row ${sequence} of stream ${stream}`
  const lines = [
    fault === null
      ? `${name} holds: it is in checkpoint ${number} of ${checkpoint ? time(checkpoint.at) : '?'}, by ${checkpoint?.keyId}.`
      : `${name} does not hold: ${faults[fault]}.`,
    ...(row ? [`It says: ${[row.kind, row.actorType, row.actorId].map(plain).join(' ')}, ${time(row.at)}.`] : []),
    ...(row ? [] : ['Its columns are in the package of its archived case: only its hash was checked.']),
    ...(isTrusted === null ? [] : [isTrusted ? 'The key is the one you gave, or vouched for by it.' : UNKNOWN_KEY]),
    ...(isKept === null ? [] : [isKept ? 'The checkpoint is the one you kept.' : OTHER_CHECKPOINT]),
    ...(isTrusted === null && isKept === null ? ['Whose key it is was not checked: give --key or --checkpoint.'] : []),
  ]
  return { holds: holds && isTrusted !== false && isKept !== false, fault, isTrusted, isKept, lines }
}

/** A text of somebody else's file, which must not write over what is said of it. */
const plain = (text: string): string => text.replace(/\p{C}/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)

const UNKNOWN_KEY = 'The key has nothing to do with the one you gave.'
const OTHER_CHECKPOINT = 'The checkpoint you kept under this number is another one.'
