import { and, eq, exists, inArray, or, sql } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'
import { compare, type Filter, read } from './filter.ts'

/**
 * Finds user tasks by the groups they are offered to, as they are shown: `role@unit`. A group that is named is found by
 * its holder, others by looking at each.
 */
export function offeredToGroup({ read: reader, tables: { taskCandidate, userTask } }: Store): Filter {
  /** Keys of the tasks offered to `role@unit`, wherever the one ends and the other begins. */
  const offeredTo = (group: string) => {
    const parts = group.split('@')
    const holders = parts.slice(1).map((_, i) => {
      const role = parts.slice(0, i + 1).join('@')
      return and(eq(taskCandidate.role, role), eq(taskCandidate.unitId, group.slice(role.length + 1)))
    })
    return reader
      .select({ key: taskCandidate.taskKey })
      .from(taskCandidate)
      .where(or(...holders) ?? sql`1 = 0`)
  }
  const shown = { column: sql`${taskCandidate.role} || '@' || ${taskCandidate.unitId}`, read: read.text }
  return (value, name) =>
    typeof value === 'string'
      ? inArray(userTask.key, offeredTo(read.text(value, name)))
      : exists(
          reader
            .select({ one: sql`1` })
            .from(taskCandidate)
            .where(and(eq(taskCandidate.taskKey, userTask.key), compare(name, value, shown))),
        )
}
