import { and, eq, exists, inArray, isNotNull, isNull, not, type SQL, sql } from 'drizzle-orm'
import { isOpenAndNamed } from '../db/schema/user-task.ts'
import type { Store } from '../db/store.ts'
import { heldAlone, heldBy, namedIn, offeredToOthers } from './access.ts'
import type { Person } from './who.ts'

/** Lists of tasks that a person has: to do, to take, done. */
export type TaskView = 'mine' | 'claimable' | 'done'

/**
 * A list of a person's tasks as parts that share no task. Each part is found by an index of its own, from the person:
 * as one condition they would be looked for among the open tasks of everybody.
 */
export function tasksIn(store: Store, person: Person, view: TaskView): readonly (SQL | undefined)[] {
  const { userTask } = store.tables
  if (view === 'done')
    return [and(eq(userTask.completedBy, person.id), isNotNull(userTask.endedAt), eq(userTask.state, 'completed'))]
  const others = offeredToOthers(store, person)
  const [assigned, toPositions, toName] = turnsOf(store, person)
  if (view === 'claimable') return [and(toPositions, others), and(toName, others)]
  // What comes to a position of several is for others too: however much waits there, none of it is looked at.
  const alone = offered(store, heldAlone(store, person))
  return [assigned, and(alone, not(others)), and(toName, not(others))]
}

/** All open tasks in which it is the person's turn, to do or to take, in such parts: first those assigned to him. */
export function turnsOf(store: Store, person: Person): readonly (SQL | undefined)[] {
  const { userTask } = store.tables
  const assigned = and(eq(userTask.assignee, person.id), eq(userTask.state, 'created'), isNull(userTask.endedAt))
  return [assigned, offered(store, heldBy(store, person)), named(store, person)]
}

/** Open, and nobody has it; said so that the index of assignees is not taken for it, which holds everybody's. */
function isFree({ tables: { userTask } }: Store): SQL | undefined {
  return and(eq(userTask.state, 'created'), sql`case when ${userTask.assignee} is null then 1 else 0 end = 1`)
}

/** Free tasks offered to some positions, given as rows of `task_candidate`. */
function offered(store: Store, positions: SQL): SQL | undefined {
  const { taskCandidate, userTask } = store.tables
  const keys = store.read
    .select({ key: taskCandidate.taskKey })
    .from(taskCandidate)
    .where(and(positions, eq(taskCandidate.claimable, true)))
  return and(inArray(userTask.key, keys), isFree(store))
}

/** Free tasks offered to the person by name, and to no position of his. */
function named(store: Store, person: Person): SQL | undefined {
  const { taskCandidate, userTask } = store.tables
  const byPosition = store.read
    .select({ one: sql`1` })
    .from(taskCandidate)
    .where(and(eq(taskCandidate.taskKey, userTask.key), heldBy(store, person)))
  return and(isOpenAndNamed(userTask), isFree(store), namedIn(store, person), not(exists(byPosition)))
}
