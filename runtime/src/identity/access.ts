import { and, eq, exists, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { workPositions } from './role.ts'
import type { Person } from './who.ts'

const nothing = sql`1 = 0`

/** Rows of `task_candidate` that name a position of the person. */
export function heldBy(store: Store, person: Person): SQL {
  const { taskCandidate } = store.tables
  const held = workPositions(person).map((position) =>
    and(eq(taskCandidate.unitId, position.unit.id), eq(taskCandidate.role, position.role)),
  )
  return or(...held) ?? nothing
}

/**
 * Cases a person may see: those with a part of his own (started, assigned, completed), and those with a task that was
 * or is offered to a position he holds. Caretakers hold no such position and see none.
 */
export function caseVisible(store: Store, person: Person): SQL {
  const { participant, processInstance, taskCandidate } = store.tables
  if (workPositions(person).length === 0) return nothing
  const own = store.read
    .select({ key: participant.instanceKey })
    .from(participant)
    .where(eq(participant.personId, person.id))
  const offered = store.read.select({ key: taskCandidate.instanceKey }).from(taskCandidate).where(heldBy(store, person))
  return or(inArray(processInstance.key, own), inArray(processInstance.key, offered)) ?? nothing
}

/** Whether a person may see one case. */
export async function maySeeCase(store: Store, person: Person, instanceKey: number): Promise<boolean> {
  const { processInstance } = store.tables
  const rows = await store.read
    .select({ key: processInstance.key })
    .from(processInstance)
    .where(and(eq(processInstance.key, instanceKey), caseVisible(store, person)))
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
