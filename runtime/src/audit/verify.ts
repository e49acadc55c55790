import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, count, eq, gt, or } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { emptyHead, type Fault, type Head, verifyRow } from './chain.ts'

/** Where a chain breaks first. */
export interface Break {
  readonly stream: number
  readonly sequence: number
  readonly fault: Fault
}

export interface Verification {
  readonly intact: boolean
  readonly streams: number
  readonly rows: number
  /** Records whose content has been erased by law; their digests still hold. */
  readonly erased: number
  /** The first break of each broken stream, by stream. */
  readonly breaks: readonly Break[]
}

const PAGE = 500

/**
 * Reads the whole trail (or one stream) in order and checks every row against its own hash, its predecessor, its payload
 * and the head of its stream. Changes nothing. Stops after `most` rows, rounded up to a page, and then does not look at
 * what follows. Others get their turn between pages.
 */
export async function verifyTrail(
  store: Pick<Store, 'read' | 'tables'>,
  only?: number,
  most = Number.POSITIVE_INFINITY,
): Promise<Verification> {
  const { trail, payload, stream: streams } = store.tables
  const heads = await store.read
    .select()
    .from(streams)
    .where(only === undefined ? undefined : eq(streams.stream, only))
  const expected = new Map(heads.map((head) => [head.stream, head]))
  const breaks = new Map<number, Break>()
  const report = (stream: number, sequence: number, fault: Fault) => {
    if (!breaks.has(stream)) breaks.set(stream, { stream, sequence, fault })
  }
  let rows = 0
  let erased = 0
  // Read through a holder: its value changes within the functions below.
  const at: { current: { stream: number; head: Head } | null } = { current: null }
  const seen = new Set<number>()
  // Rows after the head as it was read: written meanwhile, or by somebody who did not move the head.
  const beyond = new Map<number, number>()

  const finish = () => {
    const { current } = at
    if (!current) return
    const head = expected.get(current.stream)
    // A row too many or too few shows at the end of the stream.
    if (!head || head.sequence < current.head.sequence) report(current.stream, (head?.sequence ?? 0) + 1, 'head')
    else if (head.sequence > current.head.sequence) report(current.stream, current.head.sequence + 1, 'missing')
    else if (head.hash !== current.head.hash || head.records !== current.head.records)
      report(current.stream, head.sequence, 'head')
  }

  let isWhole = true
  let after = { stream: -1, sequence: 0 }
  for (;;) {
    const page = await store.read
      .select({ row: trail, records: payload.records })
      .from(trail)
      .leftJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .where(
        and(
          or(gt(trail.stream, after.stream), and(eq(trail.stream, after.stream), gt(trail.sequence, after.sequence))),
          only === undefined ? undefined : eq(trail.stream, only),
        ),
      )
      .orderBy(asc(trail.stream), asc(trail.sequence))
      .limit(PAGE)
    for (const { row, records } of page) {
      if (at.current?.stream !== row.stream) {
        finish()
        at.current = { stream: row.stream, head: emptyHead }
        seen.add(row.stream)
      }
      const known = expected.get(row.stream)
      if (known && row.sequence > known.sequence) {
        beyond.set(row.stream, row.sequence)
        continue
      }
      const { current } = at
      rows += 1
      if (breaks.has(row.stream)) continue
      const verdict = verifyRow(row, records, current.head)
      if (verdict.ok) {
        current.head = verdict.head
        erased += verdict.erased
      } else report(row.stream, verdict.fault === 'missing' ? current.head.sequence + 1 : row.sequence, verdict.fault)
    }
    const last = page.at(-1)
    if (!last) break
    if (rows >= most && page.length === PAGE) {
      isWhole = false
      break
    }
    after = { stream: last.row.stream, sequence: last.row.sequence }
    await nextTurn()
  }
  if (isWhole) finish()
  for (const [stream, sequence] of beyond) {
    const [now] = await store.read.select().from(streams).where(eq(streams.stream, stream))
    if ((now?.sequence ?? 0) < sequence) report(stream, (expected.get(stream)?.sequence ?? 0) + 1, 'head')
  }
  for (const head of heads) if (!seen.has(head.stream) && head.sequence > 0) report(head.stream, 1, 'missing')
  for (const orphan of await payloadsWithoutRow(store, only))
    report(orphan.stream, orphan.sequence, 'payloadWithoutRow')
  const sorted = [...breaks.values()].sort((a, b) => a.stream - b.stream)
  return { intact: sorted.length === 0, streams: seen.size, rows, erased, breaks: sorted }
}

async function payloadsWithoutRow(
  store: Pick<Store, 'read' | 'tables'>,
  only?: number,
): Promise<{ stream: number; sequence: number }[]> {
  const { trail, payload } = store.tables
  const within = only === undefined ? undefined : eq(payload.stream, only)
  return store.read
    .select({ stream: payload.stream, sequence: payload.sequence })
    .from(payload)
    .leftJoin(trail, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(within)
    .groupBy(payload.stream, payload.sequence)
    .having(eq(count(trail.sequence), 0))
    .limit(100)
}
