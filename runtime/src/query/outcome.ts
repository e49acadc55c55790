import type { ProcessDefinition } from '@bihuan/engine'
import { and, desc, eq } from 'drizzle-orm'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import type { Services } from '../services.ts'

/**
 * How a completed case came out: the name of the end event it reached last, in the process itself or in one of its event
 * sub-processes. Null for a case that has not completed, and where the drawing knows one end only: that says nothing.
 */
export async function outcomeOf(
  { store, host }: Pick<Services, 'store' | 'host'>,
  row: Pick<Row<'processInstance'>, 'key' | 'definitionKey' | 'state'>,
): Promise<string | null> {
  if (row.state !== 'completed') return null
  const ends = endsOf(await host.definition(row.definitionKey))
  if (ends.size < 2) return null
  const { elementInstance: t } = store.tables
  const reached = await store.read
    .select({ elementId: t.elementId, definitionKey: t.definitionKey })
    .from(t)
    .where(and(ofCase(t.key, row.key), eq(t.elementType, 'bpmn:EndEvent'), eq(t.state, 'completed')))
    .orderBy(desc(t.key))
  const last = reached.find(({ elementId, definitionKey }) => definitionKey === null && ends.has(elementId))
  return last ? (ends.get(last.elementId) ?? null) : null
}

/** End events by id, with their names, at which all of a case may come to its end. */
function endsOf({ id, nodes, scopes }: ProcessDefinition): ReadonlyMap<string, string | null> {
  const own = new Set([id, ...(scopes[id]?.eventSubProcesses ?? [])])
  const ends = Object.values(nodes).filter((node) => node.type === 'bpmn:EndEvent' && own.has(node.scopeId))
  return new Map(ends.map((node) => [node.id, node.name]))
}
