import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Row } from '../db/schema/index.ts'
import { algorithmOf, digest, type HashAlgorithm } from './algorithm.ts'
import { emptyHead, payloadText, type RecordText, readHeads, readTexts, rowHash } from './chain.ts'

/** A row of the trail with the payload beside it. */
export interface TrailLine {
  readonly row: Row<'trail'>
  readonly records: string
}

/** The rows of a stream would not come back from a pack as they are. */
export class NotPackable extends Error {
  constructor(stream: number, sequence: number) {
    super(`Expected row ${sequence} of stream ${stream} to come back from a pack as it is, but it does not`)
    this.name = 'NotPackable'
  }
}

/** The bytes of a pack are not what was packed. */
export class PackDamaged extends Error {
  readonly code = 'PACK_DAMAGED'
  readonly stream: number

  constructor(stream: number) {
    super(`Expected the packed rows of stream ${stream} to be as they were packed, but they are not`)
    this.name = 'PackDamaged'
    this.stream = stream
  }
}

/** First byte of a pack; another layout has another one. */
const LAYOUT = 1
/** Layout and length of the text. */
const BEGIN = 5
const SALT = 16
const SUM = 32
/** Nothing that was packed is longer; damaged bytes might say that they are. */
const MOST_TEXT = 1 << 28
/** A tenth more bytes than the best there is, in a hundredth of its time. */
const QUALITY = 6

/** What of a record stands in a head: its digest follows from its line, and is kept where that is erased alone. */
type PackedHead = readonly [kind: string, key: number | null, version: number, digest?: string]

/** A row without what follows from the others: stream, sequence, position, hashes, digests. `at` counts from the row before. */
type PackedRow = readonly [
  at: number,
  actorType: Row<'trail'>['actorType'],
  actorId: string,
  requestId: string,
  kind: string,
  algorithm: HashAlgorithm,
  heads: readonly PackedHead[],
]

/**
 * All rows of a stream as one value: their texts compressed as one, the salts as bytes, and a SHA-256 over it all. What
 * follows from these is left out: digests, hashes, places. Throws `NotPackable` when the rows would not come back, byte by
 * byte, as they are.
 */
export function pack(stream: number, rows: readonly TrailLine[]): Uint8Array {
  let before = 0
  const texts: string[] = []
  const salts: Buffer[] = []
  const packed = rows.map(({ row, records }): PackedRow => {
    const heads = readHeads(row.heads)
    const lines = readTexts(records)
    if (heads?.length !== lines?.length || !heads || !lines) throw new NotPackable(stream, row.sequence)
    for (const line of lines) {
      texts.push(line?.text ?? '')
      if (line) salts.push(Buffer.from(line.salt, 'hex'))
    }
    const kept = heads.map(
      ([kind, key, version, named], i): PackedHead =>
        lines[i] === null ? [kind, key, version, named] : [kind, key, version],
    )
    const at = row.at - before
    before = row.at
    return [at, row.actorType, row.actorId, row.requestId, row.kind, algorithmOf(row.hash), kept]
  })
  const text = Buffer.from([JSON.stringify(packed), ...texts].join('\n'))
  const small = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
  const begin = Buffer.alloc(BEGIN)
  begin.writeUInt8(LAYOUT)
  begin.writeUInt32BE(small.length, 1)
  const content = Buffer.concat([begin, small, ...salts])
  const bytes = Buffer.concat([content, sumOf(content)])
  checkReturn(stream, rows, bytes)
  return bytes
}

function checkReturn(stream: number, rows: readonly TrailLine[], bytes: Uint8Array): void {
  const back = unpack(stream, bytes)
  for (const [i, { row, records }] of rows.entries()) {
    const found = back[i]!
    const isSame = (Object.keys(row) as (keyof typeof row)[]).every((column) => row[column] === found.row[column])
    if (!isSame || records !== found.records) throw new NotPackable(stream, row.sequence)
  }
}

const sumOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest()

/** The rows that were packed, in their order. Throws `PackDamaged` when a byte is another one. */
export function unpack(stream: number, bytes: Uint8Array): readonly TrailLine[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const content = all.subarray(0, -SUM)
    if (!sumOf(content).equals(all.subarray(-SUM)) || content.readUInt8() !== LAYOUT) throw new PackDamaged(stream)
    const end = BEGIN + content.readUInt32BE(1)
    const text = brotliDecompressSync(content.subarray(BEGIN, end), { maxOutputLength: MOST_TEXT }).toString()
    return rowsOf(stream, text.split('\n'), content.subarray(end))
  } catch {
    // Whatever cannot be read of it is damage; what it says of itself is not to be shown.
    throw new PackDamaged(stream)
  }
}

function rowsOf(stream: number, [first, ...texts]: readonly string[], salts: Buffer): readonly TrailLine[] {
  let head = emptyHead
  let at = 0
  let text = 0
  let salt = 0
  const next = (isErased: boolean): RecordText | null => {
    const said = texts[text]!
    text += 1
    if (isErased) return null
    salt += SALT
    return { salt: salts.toString('hex', salt - SALT, salt), text: said }
  }
  return (JSON.parse(first!) as readonly PackedRow[]).map(
    ([passed, actorType, actorId, requestId, kind, algorithm, packedHeads]) => {
      at += passed
      const lines = packedHeads.map((packedHead) => next(packedHead.length > 3))
      const heads = packedHeads.map(([recordKind, key, version, named], i) => {
        const line = lines[i]!
        const found = named ?? digest(algorithm, line.salt + line.text)
        return `[${JSON.stringify(recordKind)},${key},${version},"${found}"]`
      })
      const unsigned = {
        stream,
        sequence: head.sequence + 1,
        position: head.records + 1,
        at,
        actorType,
        actorId,
        requestId,
        kind,
        heads: `[${heads.join(',')}]`,
        previousHash: head.hash,
      }
      const hash = rowHash(unsigned, algorithm)
      head = { sequence: unsigned.sequence, hash, records: head.records + heads.length }
      return { row: { ...unsigned, hash }, records: payloadText(lines) }
    },
  )
}
