import { Rejection } from '@bihuan/engine'
import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { ArchivedCaseList } from '../contract/archived.ts'
import { readCursor, time, wireKey, writeCursor } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { personHolder, roleHolder } from '../host/archival.ts'
import { contains } from '../identity/access.ts'
import { auditor, holds, workPositions } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'

const PAGE = 50

/** What archived cases are looked for by. */
export interface ArchivedSearch {
  /** Part of the number; empty for all. */
  readonly number: string
  /** Begun before this time (ms) and ended at or after that one: under way in between. */
  readonly from: number | null
  readonly before: number | null
}

/** Conditions of a search. */
export function archivedBy(
  { tables: { archivedCase: t } }: Pick<Store, 'tables'>,
  search: ArchivedSearch,
): (SQL | undefined)[] {
  return [
    search.number === '' ? undefined : contains(t.number, search.number),
    search.from === null ? undefined : gte(t.endedAt, search.from),
    search.before === null ? undefined : lt(t.startedAt, search.before),
  ]
}

/** As whom a person could see cases: himself, and the positions he holds. */
const holdersOf = (person: Person): string[] =>
  workPositions(person).length === 0
    ? []
    : [personHolder(person.id), ...workPositions(person).map(({ unit, role }) => roleHolder(unit.id, role))]

/** Archived cases a person may know of: those he could see before (`caseVisible`); the auditor knows of all. */
function known({ read, tables: { archivedCase, archivedReader } }: Store, person: Person): SQL | undefined {
  if (holds(person, auditor)) return undefined
  const holders = holdersOf(person)
  if (holders.length === 0) return sql`1 = 0`
  const his = read
    .select({ key: archivedReader.instanceKey })
    .from(archivedReader)
    .where(inArray(archivedReader.holder, holders))
  return inArray(archivedCase.key, his)
}

/** One page of the archived cases a person may know of, the one that ended last first. */
export async function readArchivedCases(
  store: Store,
  person: Person,
  search: ArchivedSearch,
  cursor: string | undefined,
): Promise<ArchivedCaseList> {
  const { archivedCase: t } = store.tables
  const from = readCursor(cursor)
  const rows = await store.read
    .select()
    .from(t)
    .where(
      and(
        known(store, person),
        ...archivedBy(store, search),
        from ? or(lt(t.endedAt, from.at), and(eq(t.endedAt, from.at), lt(t.key, from.key))) : undefined,
      ),
    )
    .orderBy(desc(t.endedAt), desc(t.key))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({
      key: wireKey(row.key),
      number: row.number,
      processId: row.processId,
      processName: row.processName,
      unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
      state: row.state,
      startedAt: time(row.startedAt),
      endedAt: time(row.endedAt),
      archivedAt: time(row.archivedAt),
      rows: row.rows,
      bytes: row.bytes,
      digest: row.digest,
    })),
    next: last ? writeCursor({ at: last.endedAt, key: last.key }) : null,
  }
}

/** The row of an archived case a person may know of. Throws `NOT_FOUND` for others' and for none alike. */
export async function findArchived(store: Store, person: Person, key: number): Promise<Row<'archivedCase'>> {
  const { archivedCase: t } = store.tables
  const [row] = await store.read
    .select()
    .from(t)
    .where(and(eq(t.key, key), known(store, person)))
  if (!row) throw new Rejection('NOT_FOUND')
  return row
}

/** The steps of an archived case at which a person had or was offered a task. */
export async function archivedSteps(
  { read, tables: { archivedReader } }: Store,
  person: Person,
  key: number,
): Promise<readonly string[]> {
  const rows = await read
    .select({ steps: archivedReader.steps })
    .from(archivedReader)
    .where(and(eq(archivedReader.instanceKey, key), inArray(archivedReader.holder, holdersOf(person))))
  return rows.flatMap(({ steps }) => steps)
}
