import type { Key } from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import type { Services } from '../services.ts'
import { candidateWords } from './task.ts'
import type { Spoken } from './trail-saying.ts'

/**
 * In what capacity people completed tasks and did acts, by the place of the entry: the positions each was offered to that
 * whoever did it held by then. One person may do two tasks of one step, each in another position.
 */
export async function capacitiesOf(
  services: Services,
  instanceKey: Key,
  spoken: readonly Spoken[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const done = [...spoken.entries()].filter(([, { kind, row }]) => DONE.has(kind) && isPersons(row))
  if (done.length === 0) return new Map()
  const { read, tables } = services.store
  const { actionCandidate: a, position, taskCandidate: t } = tables
  const keys = done.map(([, { factKey }]) => factKey)
  const people = inArray(position.personId, [...new Set(done.map(([, { row }]) => row.row.actorId))])
  const held = { personId: position.personId, since: position.since }
  const offered = [
    ...(await read
      .select({ key: t.taskKey, role: t.role, unitId: t.unitId, ...held })
      .from(t)
      .innerJoin(position, and(eq(position.unitId, t.unitId), eq(position.role, t.role)))
      .where(and(inArray(t.taskKey, keys), people))),
    ...(await read
      .select({ key: a.subscriptionKey, role: a.role, unitId: a.unitId, ...held })
      .from(a)
      .innerJoin(position, and(eq(position.unitId, a.unitId), eq(position.role, a.role)))
      .where(and(eq(a.instanceKey, instanceKey), inArray(a.subscriptionKey, keys), people))),
  ]
  const rows = done.flatMap(([place, { factKey, row }]) =>
    offered
      .filter((one) => one.key === factKey && one.personId === row.row.actorId && one.since <= row.row.at)
      .map(({ role, unitId }) => ({ taskKey: place, role, unitId })),
  )
  return candidateWords(services, rows)
}

/** What people do in a capacity. */
const DONE = new Set(['userTask.completed', 'messageSubscription.correlated'])

const isPersons = ({ row }: Spoken['row']): boolean => row.actorType === 'person'
