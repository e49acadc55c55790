import { and, eq, exists, inArray, isNotNull, not, type SQL, sql } from 'drizzle-orm'
import { isOpenAndNamed } from '../db/schema/user-task.ts'
import type { Store } from '../db/store.ts'
import { heldBy, namedIn, offeredToOthers } from './access.ts'
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
  const [assigned, ...free] = turnsOf(store, person)
  if (view === 'claimable') return free.map((part) => and(part, others))
  return [assigned, ...free.map((part) => and(part, not(others)))]
}

/** All open tasks in which it is the person's turn, to do or to take, in such parts: first those assigned to him. */
export function turnsOf(store: Store, person: Person): readonly (SQL | undefined)[] {
  const { userTask } = store.tables
  const assigned = and(eq(userTask.assignee, person.id), eq(userTask.state, 'created'))
  return [assigned, offered(store, person), named(store, person)]
}

/** Open, and nobody has it; said so that no index of assignees is taken for it, which holds everybody's. */
function isFree({ tables: { userTask } }: Store): SQL | undefined {
  return and(eq(userTask.state, 'created'), sql`case when ${userTask.assignee} is null then 1 else 0 end = 1`)
}

/** Free tasks offered to a position of the person. */
function offered(store: Store, person: Person): SQL | undefined {
  const { taskCandidate, userTask } = store.tables
  const keys = store.read
    .select({ key: taskCandidate.taskKey })
    .from(taskCandidate)
    .where(and(heldBy(store, person), eq(taskCandidate.claimable, true)))
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
