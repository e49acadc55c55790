import { and, eq, inArray } from 'drizzle-orm'
import type { Services } from '../services.ts'
import { candidateWords } from './task.ts'
import type { Spoken } from './trail-saying.ts'

/**
 * In what capacity people completed tasks, by the place of the entry: the positions a task was offered to that whoever
 * completed it held by then. One person may do two tasks of one step, each in another position.
 */
export async function capacitiesOf(
  services: Services,
  spoken: readonly Spoken[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const done = [...spoken.entries()].filter(([, { kind, row }]) => kind === 'userTask.completed' && isPersons(row))
  if (done.length === 0) return new Map()
  const { read, tables } = services.store
  const { position, taskCandidate: t } = tables
  const held = await read
    .select({ taskKey: t.taskKey, role: t.role, unitId: t.unitId, personId: position.personId, since: position.since })
    .from(t)
    .innerJoin(position, and(eq(position.unitId, t.unitId), eq(position.role, t.role)))
    .where(
      and(
        inArray(
          t.taskKey,
          done.map(([, { factKey }]) => factKey),
        ),
        inArray(position.personId, [...new Set(done.map(([, { row }]) => row.row.actorId))]),
      ),
    )
  const rows = done.flatMap(([place, { factKey, row }]) =>
    held
      .filter((one) => one.taskKey === factKey && one.personId === row.row.actorId && one.since <= row.row.at)
      .map(({ role, unitId }) => ({ taskKey: place, role, unitId })),
  )
  return candidateWords(services, rows)
}

const isPersons = ({ row }: Spoken['row']): boolean => row.actorType === 'person'
