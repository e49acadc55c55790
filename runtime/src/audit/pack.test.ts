import { describe, expect, it } from 'vitest'
import { buildRow, emptyHead, payloadText, readTexts } from './chain.ts'
import { NotPackable, PackDamaged, pack, type TrailLine, unpack } from './pack.ts'

const STREAM = 1024
const actor = { type: 'person', id: '李 "四"' } as const

/** A stream whose rows hold what JSON and columns may hold; the algorithm changes in between. */
function linesOf(count: number): TrailLine[] {
  let head = emptyHead
  return Array.from({ length: count }, (_, i) => {
    const facts = Array.from({ length: i % 4 }, (_, n) => ({
      kind: n === 0 ? 'userTask.completed' : 'variables.set',
      key: n === 2 ? null : STREAM * 2 ** 20 + n,
      version: 1 + n,
      value: { text: '房梁\u2028已塌\n"\\', none: null, n: -1.5e-7, deep: [{}, [], ''] },
    }))
    const command = { kind: 'userTask.complete', key: i === 0 ? null : 2 ** 52 + i, version: 1, value: { i } }
    // Times may go back: clocks are set.
    const at = 1_772_413_200_000 + (i % 3 === 2 ? -5_000 : i * 7)
    const built = buildRow(
      STREAM,
      head,
      { ...command, at, actor, requestId: `r/${i}` },
      facts,
      i < 5 ? 'sha256' : 'sm3',
    )
    head = built.head
    return { row: built.trail, records: built.payload.records }
  })
}

/** A line of a row emptied, as an erasure leaves it. */
function erased(line: TrailLine, index: number): TrailLine {
  const texts = readTexts(line.records)!
  return { ...line, records: payloadText(texts.map((text, i) => (i === index ? null : text))) }
}

describe('the packed rows of a stream', () => {
  it('P10 come back byte by byte, in both algorithms, with what was erased left out', () => {
    const lines = linesOf(12)
    expect(unpack(STREAM, pack(STREAM, lines))).toEqual(lines)
    const some = lines.map((line, i) => (i % 4 === 3 ? erased(line, 1) : i === 6 ? erased(line, 0) : line))
    expect(some).not.toEqual(lines)
    expect(unpack(STREAM, pack(STREAM, some))).toEqual(some)
  })

  it('P10 take a fraction of what they took', () => {
    const lines = linesOf(60)
    const before = lines.reduce((sum, { row, records }) => sum + JSON.stringify(row).length + records.length, 0)
    expect(pack(STREAM, lines).length).toBeLessThan(before / 5)
  })

  it.each<[string, (lines: TrailLine[]) => TrailLine[]]>([
    ['a changed text', (l) => [{ ...l[0]!, records: l[0]!.records.replace('"i":0', '"i":9') }, ...l.slice(1)]],
    ['a changed column', (l) => [{ ...l[0]!, row: { ...l[0]!.row, at: 5 } }, ...l.slice(1)]],
    ['heads written another way', (l) => [{ ...l[0]!, row: { ...l[0]!.row, heads: ` ${l[0]!.row.heads}` } }]],
    ['a row that is missing', (l) => l.slice(1)],
    ['a payload that is missing', (l) => [l[0]!, { ...l[1]!, records: '' }, ...l.slice(2)]],
    ['rows of another stream', (l) => l.map(({ row, records }) => ({ row: { ...row, stream: 9 }, records }))],
  ])('T01 are not made of %s: it would not come back as it is', (_, change) => {
    expect(() => pack(STREAM, change(linesOf(4)))).toThrow(NotPackable)
  })

  it('T01 are refused when any byte is another one, is missing or is too many', () => {
    const bytes = pack(STREAM, linesOf(4))
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Uint8Array.from(bytes)
      changed[i]! ^= 1 << (i % 8)
      expect(() => unpack(STREAM, changed), `byte ${i}`).toThrow(PackDamaged)
    }
    expect(() => unpack(STREAM, bytes.subarray(0, -1))).toThrow(PackDamaged)
    expect(() => unpack(STREAM, new Uint8Array([...bytes, 0]))).toThrow(PackDamaged)
    expect(() => unpack(STREAM, new Uint8Array())).toThrow(PackDamaged)
  })
})
