import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import { invalid } from '../../contract/fault.ts'
import type { Store } from '../../db/store.ts'
import { compare, compareSeveral, type Filter, list, read, some } from './filter.ts'

/**
 * Finds user tasks by the groups they are offered to, as they are shown: `role@unit`. A group that is named is found by
 * its holder, others by looking at each.
 */
export function offeredToGroup(store: Store): Filter {
  const {
    read: reader,
    tables: { taskCandidate, userTask },
  } = store
  /** Keys of the tasks offered to `role@unit`; the id of a unit holds no `@`. */
  const offeredTo = (group: string) => {
    const end = group.lastIndexOf('@')
    const holder = and(eq(taskCandidate.role, group.slice(0, end)), eq(taskCandidate.unitId, group.slice(end + 1)))
    return reader
      .select({ key: taskCandidate.taskKey })
      .from(taskCandidate)
      .where(end < 0 ? sql`1 = 0` : holder)
  }
  const offered = (condition?: SQL) =>
    exists(
      reader
        .select({ one: sql`1` })
        .from(taskCandidate)
        .where(and(eq(taskCandidate.taskKey, userTask.key), condition)),
    )
  const shown = { column: sql`${taskCandidate.role} || '@' || ${taskCandidate.unitId}`, read: read.text }
  return (value, name) =>
    compareSeveral(name, value, {
      any: offered(),
      one: (operator, operand, field) =>
        operator === '$eq'
          ? inArray(userTask.key, offeredTo(read.text(operand, field)))
          : offered(compare(store, name, { [operator]: operand }, shown)),
    })
}

/** Finds user tasks by the users they are offered to by name. */
export function offeredToUser(store: Store): Filter {
  const { candidateUsers } = store.tables.userTask
  const column = { column: candidateUsers, read: read.text }
  /** The list is kept as JSON text: one that holds this text, between quotation marks, has this user. */
  const named = (user: string, name: string) =>
    compare(store, name, { $like: `*${JSON.stringify(user).replace(/[*?\\]/g, '\\$&')}*` }, column)
  return (value, name) =>
    compareSeveral(name, value, {
      any: sql`${candidateUsers} <> '[]'`,
      one(operator, operand, field) {
        if (operator === '$like') throw invalid(field, 'oneOf', ['$eq', '$neq', '$exists', '$in', '$notIn'])
        if (operator === '$eq') return named(read.text(operand, field), name)
        const users = list(operand, field).map((user) => named(read.text(user, field), name))
        return users.length === 0 ? sql`1 = 0` : some(users)
      },
    })
}
