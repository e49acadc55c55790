import type { FactValues, Key, ProcessDefinition } from '@bihuan/engine'
import { and, asc, eq } from 'drizzle-orm'
import { readRecords } from '../audit/chain.ts'
import type { Services } from '../services.ts'

/**
 * The definition a case was an instance of when the row of its trail with that sequence was written: what was said before
 * it was migrated is said of the drawing of then.
 */
export async function definitionsAt(
  { store, host }: Pick<Services, 'store' | 'host'>,
  stream: number,
  now: Key,
): Promise<(sequence: number) => ProcessDefinition> {
  const { trail, payload } = store.tables
  const rows = await store.read
    .select({ sequence: trail.sequence, heads: trail.heads, records: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, stream), eq(trail.kind, 'processInstance.migrate')))
    .orderBy(asc(trail.sequence))
  const before: { readonly sequence: number; readonly process: ProcessDefinition }[] = []
  for (const { sequence, heads, records } of rows) {
    const fact = readRecords(heads, records).find((record) => record?.kind === 'processInstance.migrated')
    if (!fact) continue
    const { from } = fact.value as unknown as FactValues['processInstance.migrated']
    before.push({ sequence, process: await host.definition(from.definitionKey) })
  }
  const current = await host.definition(now)
  return (sequence) => before.find((one) => one.sequence > sequence)?.process ?? current
}
