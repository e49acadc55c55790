import type { Actor, Json } from '@bihuan/engine'
import type { Row } from '../db/schema/index.ts'
import { algorithmOf, digest, type HashAlgorithm, namedDigest } from './algorithm.ts'
import { keepable, newSalt } from './record-text.ts'

/** A record as the trail keeps it: a command or a fact of any stream. */
export interface TrailRecord {
  readonly kind: string
  /** What it is about; null for a command on the stream itself. */
  readonly key: number | null
  readonly version: number
  readonly value: unknown
}

/** Where a stream's chain stands. */
export interface Head {
  readonly sequence: number
  readonly hash: string
  /** Records written so far. */
  readonly records: number
}

/** `[kind, key, version, digest]`: what the chain keeps of a record for ever. */
export type RecordHead = readonly [kind: string, key: number | null, version: number, digest: string]

/** What can be erased: the record's value as JSON text, and the salt that makes its digest unguessable. */
export interface RecordText {
  readonly salt: string
  readonly text: string
}

/** The head of a stream without rows. */
export const emptyHead: Head = { sequence: 0, hash: '0'.repeat(64), records: 0 }

const TAGS: { readonly [A in HashAlgorithm]: string } = { sha256: 'bihuan.trail.1', sm3: 'bihuan.trail.1.sm3' }

/**
 * The text whose digest is a row's hash: every other column in this order as a JSON array, which has no line break, then
 * one, then `heads` as it is.
 */
function canonicalText(row: Omit<Row<'trail'>, 'hash'>, algorithm: HashAlgorithm): string {
  const columns = JSON.stringify([
    TAGS[algorithm],
    row.stream,
    row.sequence,
    row.position,
    row.at,
    row.actorType,
    row.actorId,
    row.requestId,
    row.kind,
    row.previousHash,
  ])
  return `${columns}\n${row.heads}`
}

const SALT = /^[0-9a-f]{32}/
const SALT_LENGTH = 32

/** The hash of a row by its other columns; it names the algorithm, which is that of its records' digests too. */
export const rowHash = (row: Omit<Row<'trail'>, 'hash'>, algorithm: HashAlgorithm): string =>
  namedDigest(algorithm, digest(algorithm, canonicalText(row, algorithm)))

/** What a payload holds of a record, and what its digest is made of. */
const lineOf = ({ salt, text }: RecordText): string => salt + text

/** The payload of a row: one line a record, empty where it has been erased. JSON has no line breaks of its own. */
export const payloadText = (records: readonly (RecordText | null)[]): string =>
  records.map((record) => (record === null ? '' : lineOf(record))).join('\n')

/**
 * The next row of a stream: the command first, then its facts. Gives the trail row, the payload row beside it and the
 * head they make. The row names its algorithm, so a stream may go on with another one.
 */
export function buildRow(
  stream: number,
  head: Head,
  command: TrailRecord & { readonly at: number; readonly actor: Actor; readonly requestId: string },
  facts: readonly TrailRecord[],
  algorithm: HashAlgorithm = 'sha256',
): { readonly trail: Row<'trail'>; readonly payload: Row<'payload'>; readonly head: Head } {
  let heads = '['
  let records = ''
  const add = ({ kind, key, version, value }: TrailRecord) => {
    const line = newSalt() + JSON.stringify(value)
    // One string each, put together by hand: this is done for every record there is.
    heads += `${heads === '[' ? '' : ','}[${JSON.stringify(kind)},${key},${version},"${digest(algorithm, line)}"]`
    records += records === '' ? line : `\n${line}`
  }
  add(command)
  for (const fact of facts) add(fact)
  heads += ']'
  const sequence = head.sequence + 1
  const unsigned = {
    stream,
    sequence,
    position: head.records + 1,
    at: command.at,
    actorType: command.actor.type,
    actorId: keepable(command.actor.id),
    requestId: keepable(command.requestId),
    kind: command.kind,
    heads,
    previousHash: head.hash,
  }
  const hash = rowHash(unsigned, algorithm)
  return {
    trail: { ...unsigned, hash },
    payload: { stream, sequence, records },
    head: { sequence, hash, records: head.records + 1 + facts.length },
  }
}

/** What is wrong with a row. */
export type Fault =
  | 'missing'
  | 'sequence'
  | 'hash'
  | 'previousHash'
  | 'position'
  | 'heads'
  | 'payloadMissing'
  | 'payloadUnreadable'
  | 'payloadCount'
  | 'payloadDiffers'
  /** What a record says was taken away, and no erasure says so. */
  | 'payloadErased'
  | 'payloadWithoutRow'
  | 'head'
  /** It is not the row that was sealed in its place. */
  | 'leaf'
  /** It was never sealed, though a later row of its stream is. */
  | 'unsealed'
  /** It was sealed, and is gone. */
  | 'leafWithoutRow'
  /** The packed rows of a case at rest cannot be read, are another number than is said, or stand in the trail as well. */
  | 'pack'

export type RowVerdict =
  | { readonly ok: true; readonly head: Head; readonly erased: number }
  | { readonly ok: false; readonly fault: Fault }

/**
 * Judges one row after its predecessor. Erased records (`null` in the payload) are counted where `isErased` says that
 * the one at this index was erased, the rest must match their digests. The row's own hash is judged before its place, so that a changed row is named and not its successor.
 */
export function verifyRow(
  row: Row<'trail'>,
  payload: string | null,
  previous: Head,
  isErased: (index: number) => boolean,
): RowVerdict {
  const fault = (name: Fault): RowVerdict => ({ ok: false, fault: name })
  if (row.sequence !== previous.sequence + 1)
    return fault(row.sequence > previous.sequence + 1 ? 'missing' : 'sequence')
  const algorithm = algorithmOf(row.hash)
  if (rowHash(row, algorithm) !== row.hash) return fault('hash')
  if (row.previousHash !== previous.hash) return fault('previousHash')
  if (row.position !== previous.records + 1) return fault('position')
  const heads = readHeads(row.heads)
  if (!heads) return fault('heads')
  if (payload === null) return fault('payloadMissing')
  const texts = readTexts(payload)
  if (!texts) return fault('payloadUnreadable')
  if (texts.length !== heads.length) return fault('payloadCount')
  let erased = 0
  for (const [i, entry] of texts.entries()) {
    if (entry === null) {
      if (!isErased(i)) return fault('payloadErased')
      erased += 1
    } else if (digest(algorithm, lineOf(entry)) !== heads[i]![3]) return fault('payloadDiffers')
  }
  return {
    ok: true,
    head: { sequence: row.sequence, hash: row.hash, records: previous.records + heads.length },
    erased,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The heads of a row; null when the text is not such an array. */
export function readHeads(text: string): readonly RecordHead[] | null {
  const heads = parsed(text)
  if (!Array.isArray(heads) || heads.length === 0) return null
  const fits = heads.every(
    (head) =>
      Array.isArray(head) &&
      head.length === 4 &&
      typeof head[0] === 'string' &&
      (head[1] === null || Number.isSafeInteger(head[1])) &&
      Number.isSafeInteger(head[2]) &&
      typeof head[3] === 'string',
  )
  return fits ? (heads as unknown as readonly RecordHead[]) : null
}

/** What `payloadText` wrote; null as a whole when a line of it is not salt and text. */
export function readTexts(payload: string): readonly (RecordText | null)[] | null {
  const texts: (RecordText | null)[] = []
  for (const line of payload.split('\n')) {
    if (line !== '' && !SALT.test(line)) return null
    texts.push(line === '' ? null : { salt: line.slice(0, SALT_LENGTH), text: line.slice(SALT_LENGTH) })
  }
  return texts
}

/** What a row of the trail says cannot be read; what stands there instead is not to be shown. */
export class RecordsDamaged extends Error {
  constructor() {
    super('Expected to read what a row of the trail says, but it was changed: "bihuan verify" names the row')
    this.name = 'RecordsDamaged'
  }
}

/**
 * The records of a row with their values, the command first; null where one has been erased. Throws `RecordsDamaged` on a
 * broken row.
 */
export function readRecords(heads: string, payload: string): readonly (TrailRecord | null)[] {
  const all = readHeads(heads)
  const texts = readTexts(payload)
  if (!all || !texts || all.length !== texts.length) throw new RecordsDamaged()
  return all.map(([kind, key, version], i) => {
    const entry = texts[i]!
    if (entry === null) return null
    const value = parsed(entry.text)
    if (value === undefined) throw new RecordsDamaged()
    return { kind, key, version, value: value as Json }
  })
}
