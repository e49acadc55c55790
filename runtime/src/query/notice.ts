import { Rejection } from '@bihuan/engine'
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { hashOf } from '../audit/stream-rows.ts'
import type { Notice, NoticeBoard } from '../contract/contract.ts'
import { time, timeOrNull, wireKey } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { StoredFileRow } from '../file/file-store.ts'
import type { Services } from '../services.ts'

const PAGE = 100

/** The public board: of one unit and those below it, or of all. Newest first. */
export async function readBoard(services: Services, unitId: string | undefined): Promise<NoticeBoard> {
  const { store } = services
  const { notice, unit } = store.tables
  const units = await store.read
    .selectDistinct({ id: unit.id, name: unit.name, level: unit.level, path: unit.path })
    .from(unit)
    .innerJoin(notice, eq(notice.unitId, unit.id))
    .orderBy(asc(unit.path))
  const [chosen] = unitId === undefined ? [] : await store.read.select().from(unit).where(eq(unit.id, unitId)).limit(1)
  if (unitId !== undefined && !chosen) throw new Rejection('NOT_FOUND')
  const within = chosen
    ? inArray(
        notice.unitId,
        (await store.read.select({ id: unit.id, path: unit.path }).from(unit))
          .filter((one) => one.path.startsWith(chosen.path))
          .map((one) => one.id),
      )
    : undefined
  const rows = await store.read
    .select()
    .from(notice)
    .where(and(within))
    .orderBy(desc(notice.publishedAt), desc(notice.key))
    .limit(PAGE)
  return {
    units: units.map(({ path: _path, ...one }) => one),
    unit: chosen ? { id: chosen.id, name: chosen.name, level: chosen.level } : null,
    items: await Promise.all(rows.map((row) => show(services, row))),
    now: time(services.host.clock.now()),
  }
}

/** One notice. Throws `NOT_FOUND`. */
export async function readNotice(services: Services, key: number): Promise<Notice> {
  return show(services, await findNotice(services, key))
}

/** A file of a notice: only those the notice names are public. */
export async function findNoticeFile(services: Services, key: number, fileId: string): Promise<StoredFileRow> {
  const row = await findNotice(services, key)
  const found = row.files.includes(fileId) ? await services.files.find(fileId) : null
  if (!found) throw new Rejection('NOT_FOUND')
  return found
}

async function findNotice({ store }: Services, key: number): Promise<Row<'notice'>> {
  const { notice } = store.tables
  const [row] = await store.read.select().from(notice).where(eq(notice.key, key)).limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row
}

async function show({ store, files, host }: Services, row: Row<'notice'>): Promise<Notice> {
  const hash = await hashOf(store, row.stream, row.sequence)
  const stored = await files.findAll(row.files)
  return {
    key: wireKey(row.key),
    kind: row.kind,
    title: row.title,
    number: row.number,
    text: row.text,
    unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
    fields: row.fields.map(({ label, value }) => ({ label, value })),
    files: stored.map(({ id, name, type, size }) => ({ id, name, type, size })),
    publishedAt: time(row.publishedAt),
    until: timeOrNull(row.until),
    state: row.until !== null && row.until <= host.clock.now() ? 'past' : 'open',
    proof: hash === null ? '' : `${hash.slice(0, 8)}…${hash.slice(-8)}`,
  }
}
