import { parseCandidates, type Variables } from '@bihuan/engine'
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { lines } from './input.ts'
import { InputFault } from './worker.ts'

/** Somebody who is told something. */
export interface Receiver {
  readonly id: string
  /** Where mail reaches him; null when nobody has said. */
  readonly mail: string | null
}

/** People whose address was never given have one that reaches nobody (RFC 2606). */
const reachable = (email: string): string | null => (email.endsWith('.invalid') ? null : email)

/**
 * The people that `people` (ids) and `roles` (`role`, or `role@level` for an ancestor of that level) name: who holds
 * the role in the unit of the case now. Each once, by id. Throws `InputFault` for a person or level that is not
 * there.
 */
export async function receiversOf(
  store: Store,
  { units }: Pick<Row<'processInstance'>, 'units'>,
  variables: Variables,
): Promise<readonly Receiver[]> {
  const ids = [...new Set(lines(variables, 'people'))]
  const held = parseCandidates(lines(variables, 'roles').join(',')).map(({ role, level }) => {
    const unit = level === null ? units[0] : units.find((one) => one.level === level)
    if (!unit) throw new InputFault(`roles: expected a unit of level ${level} above the case`)
    return { role, unitId: unit.id }
  })
  const { person, position } = store.tables
  const columns = { id: person.id, email: person.email }
  const named = ids.length === 0 ? [] : await store.read.select(columns).from(person).where(inArray(person.id, ids))
  if (named.length < ids.length) throw new InputFault('people: expected ids of people, but some are unknown')
  const holders =
    held.length === 0
      ? []
      : await store.read
          .selectDistinct(columns)
          .from(position)
          .innerJoin(person, eq(person.id, position.personId))
          // One condition a unit, of which there are few: a thousand of them would nest deeper than SQLite goes.
          .where(
            or(
              ...[...new Set(held.map(({ unitId }) => unitId))].map((unitId) => {
                const roles = held.filter((one) => one.unitId === unitId).map(({ role }) => role)
                return and(eq(position.unitId, unitId), inArray(position.role, roles))
              }),
            ),
          )
          .orderBy(asc(person.id))
  return [
    ...new Map([...named, ...holders].map((one) => [one.id, { id: one.id, mail: reachable(one.email) }])).values(),
  ]
}
