import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KEY_FILE } from './checkpoint-file.ts'
import {
  digestOfBody,
  holdsCheckpoint,
  readCheckpoint,
  readKeys,
  type Signed,
  type SignedKey,
  vouchesFor,
} from './statement.ts'

/** Lines of JSON, objects alone; what is no such line is left out. An editor may have put a mark before the first. */
function objectsIn(text: string): readonly object[] {
  return text.split('\n').flatMap((line) => {
    try {
      const found: unknown = JSON.parse(line.trim())
      return found !== null && typeof found === 'object' ? [found] : []
    } catch {
      return []
    }
  })
}

const isSigned = (one: object): one is Signed =>
  'body' in one && typeof one.body === 'string' && 'signature' in one && typeof one.signature === 'string'

const isSignedKey = (one: object): one is SignedKey =>
  isSigned(one) &&
  'previousSignature' in one &&
  (one.previousSignature === null || typeof one.previousSignature === 'string')

/** Checkpoints of a file, a line each; lines that were cut off are left out. Throws when the file cannot be read. */
export async function readCheckpointFile(path: string): Promise<readonly Signed[]> {
  return objectsIn(await readFile(path, 'utf8')).filter(isSigned)
}

/** What is found in a file of checkpoints by itself. */
export interface FileVerification {
  readonly intact: boolean
  readonly checkpoints: number
  /** Whether a history of keys lies beside it; without one no signature could be checked. */
  readonly hasKeys: boolean
  /** Number of the first checkpoint that does not hold; null when all do. */
  readonly brokenAt: number | null
  /** Whether the key that signed the last is the one that is trusted, or vouched for by it; null when none was named. */
  readonly isTrusted: boolean | null
  readonly last: { readonly number: number; readonly size: number; readonly at: number; readonly keyId: string } | null
}

/**
 * Checks a file of checkpoints by itself: each names the one before it and is signed by the key that was in force.
 *
 * @param trusted fingerprint of a key; without a history of keys beside the file nothing can be signed by it
 */
export async function verifyCheckpointFile(path: string, trusted: string | null = null): Promise<FileVerification> {
  const all = await readCheckpointFile(path)
  const keyPath = join(dirname(path), KEY_FILE)
  const hasKeys = existsSync(keyPath)
  const history = readKeys(hasKeys ? objectsIn(await readFile(keyPath, 'utf8')).filter(isSignedKey) : [])
  let brokenAt: number | null = history.ok ? null : 0
  let before = null as { readonly body: string; readonly number: number } | null
  for (const signed of all) {
    const said = readCheckpoint(signed.body)
    const number: number = said?.number ?? (before?.number ?? 0) + 1
    // A checkpoint that was written twice, after a crash, is the same one.
    if (before?.body === signed.body) continue
    const follows = before === null || (said?.previous === digestOfBody(before.body) && number === before.number + 1)
    const isHeld = !hasKeys || (history.ok && holdsCheckpoint(history.keys, signed))
    if (brokenAt === null && !(said && follows && isHeld)) brokenAt = number
    before = { body: signed.body, number }
  }
  const last = before ? readCheckpoint(before.body) : null
  const isTrusted = trusted === null ? null : history.ok && vouchesFor(history.keys, trusted, last?.number ?? 0)
  return {
    intact: brokenAt === null && all.length > 0 && isTrusted !== false,
    isTrusted,
    checkpoints: all.length,
    hasKeys,
    brokenAt,
    last: last && { number: last.number, size: last.size, at: last.at, keyId: last.keyId },
  }
}
