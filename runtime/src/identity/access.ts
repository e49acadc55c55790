import type { Key } from '@bihuan/engine'
import { and, type Column, eq, exists, inArray, isNull, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { isOpenAct } from '../db/schema/action-candidate.ts'
import type { Tables } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { workPositions } from './role.ts'
import type { Person, Position } from './who.ts'

const nothing = sql`1 = 0`

/** A table whose rows say that a task or an act is for who holds a role in a unit. */
interface Candidates {
  readonly unitId: Column
  readonly role: Column
}

/** Rows of candidates that name a position. */
const at = ({ unitId, role }: Candidates, { unit, role: held }: Position): SQL | undefined =>
  and(eq(unitId, unit.id), eq(role, held))

/** Rows of candidates that name one of the person's. `also` is said of each, so that an index of such rows is found. */
const naming = (person: Person, candidates: Candidates, also?: SQL): SQL =>
  or(...workPositions(person).map((position) => and(at(candidates, position), also))) ?? nothing

/** Rows of `task_candidate` that name a position of the person. */
export const heldBy = ({ tables: { taskCandidate } }: Store, person: Person): SQL => naming(person, taskCandidate)

/** Rows of `task_candidate` that name a position which the person alone holds. */
export function heldAlone({ read, tables }: Store, person: Person): SQL {
  const { position, taskCandidate } = tables
  const alone = workPositions(person).map((held) => {
    const others = read
      .select({ one: sql`1` })
      .from(position)
      .where(and(at(position, held), ne(position.personId, person.id)))
    return and(at(taskCandidate, held), not(exists(others)))
  })
  return or(...alone) ?? nothing
}

/** Acts that are, or were, for a position of the person. */
export const actsOf = ({ tables: { actionCandidate } }: Store, person: Person): SQL => naming(person, actionCandidate)

/** Acts that are open and for a position of the person. */
export const actsOpenTo = ({ tables: { actionCandidate } }: Store, person: Person): SQL =>
  naming(person, actionCandidate, isOpenAct(actionCandidate))

/** Rows that say of cases that a person may see them: an index knows them in the order of the cases. */
export interface CaseSource {
  readonly rows: Tables['participant'] | Tables['taskCandidate'] | Tables['actionCandidate']
  readonly where: SQL | undefined
}

/**
 * What says that a person takes part in cases: a part of his own (started, assigned, completed), and tasks that were or
 * are offered to a position he holds. Caretakers hold no such position and take part in none.
 */
function partsOf({ tables: { participant, taskCandidate } }: Store, person: Person): readonly CaseSource[] {
  const positions = workPositions(person)
  if (positions.length === 0) return []
  return [
    { rows: participant, where: eq(participant.personId, person.id) },
    ...positions.map((position) => ({ rows: taskCandidate, where: at(taskCandidate, position) })),
  ]
}

/** What says that a person may see cases: his parts, and acts that are open to a position he holds. */
export function sourcesOf(store: Store, person: Person): readonly CaseSource[] {
  const { actionCandidate } = store.tables
  const acts = workPositions(person).map((position) => ({
    rows: actionCandidate,
    where: and(isOpenAct(actionCandidate), at(actionCandidate, position)),
  }))
  return [...partsOf(store, person), ...acts]
}

/** The key of a case, or the column that holds it where a query has come to few. */
type OneCase = Key | Column

/** Cases that sources name; with `one`, whether that one is among them, looked up by its key however many there are. */
function casesIn({ read, tables: { processInstance } }: Store, sources: readonly CaseSource[], one?: OneCase): SQL {
  const named = sources.map(({ rows, where }) => {
    const isOne = one === undefined ? undefined : eq(rows.instanceKey, one)
    return inArray(processInstance.key, read.select({ key: rows.instanceKey }).from(rows).where(and(where, isOne)))
  })
  return or(...named) ?? nothing
}

/** Cases a person takes part in; with `one`, whether he takes part in that. */
export const caseWithPart = (store: Store, person: Person, one?: OneCase): SQL =>
  casesIn(store, partsOf(store, person), one)

/** Cases a person may see; with `one`, whether he may see that. */
export const caseVisible = (store: Store, person: Person, one?: OneCase): SQL =>
  casesIn(store, sourcesOf(store, person), one)

/** Whether a person may see one case. */
export const maySeeCase = (store: Store, person: Person, instanceKey: Key): Promise<boolean> =>
  isAmong(store, instanceKey, caseVisible(store, person, instanceKey))

/** Whether a person takes part in one case. */
export const hasPartInCase = (store: Store, person: Person, instanceKey: Key): Promise<boolean> =>
  isAmong(store, instanceKey, caseWithPart(store, person, instanceKey))

async function isAmong(store: Store, instanceKey: Key, cases: SQL): Promise<boolean> {
  const { processInstance } = store.tables
  const rows = await store.read
    .select({ key: processInstance.key })
    .from(processInstance)
    .where(and(eq(processInstance.key, instanceKey), cases))
    .limit(1)
  return rows.length > 0
}

/** Open tasks nobody has that are offered to the person: by a position, or by name. */
export function claimableBy(store: Store, person: Person): SQL {
  const { taskCandidate, userTask } = store.tables
  const offered = store.read
    .select({ one: sql`1` })
    .from(taskCandidate)
    .where(and(eq(taskCandidate.taskKey, userTask.key), heldBy(store, person)))
  const named = namedIn(store, person)
  return and(eq(userTask.state, 'created'), isNull(userTask.assignee), or(exists(offered), named)) ?? nothing
}

/** Tasks that are offered to the person by name. */
export function namedIn({ tables: { userTask } }: Store, person: Person): SQL {
  return sql`${userTask.candidateUsers} like ${`%${JSON.stringify(person.id)}%`}`
}

/**
 * Tasks that are offered to somebody else, too. The others wait for this person alone: an office with one holder needs
 * no claiming; who holds it now is asked now.
 */
export function offeredToOthers(store: Store, person: Person): SQL {
  const { position, taskCandidate, userTask } = store.tables
  const others = store.read
    .select({ one: sql`1` })
    .from(taskCandidate)
    .innerJoin(position, and(eq(position.unitId, taskCandidate.unitId), eq(position.role, taskCandidate.role)))
    .where(and(eq(taskCandidate.taskKey, userTask.key), ne(position.personId, person.id)))
  const named = sql`${userTask.candidateUsers} not in ('[]', ${JSON.stringify([person.id])})`
  return or(exists(others), named) ?? nothing
}

/** A contains-search that takes `%` and `_` as they are. */
export function contains(column: SQL | Parameters<typeof eq>[0], text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  return sql`${column} like ${pattern} escape '\\'`
}
