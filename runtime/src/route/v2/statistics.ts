import { and, asc, eq, exists, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { ofCase } from '../../db/of-case.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { instanceOf } from './instance-of.ts'
import { definitionListing } from './process-definition.ts'
import { instanceFilters } from './process-instance.ts'
import { conditions, findRow } from './search.ts'
import { closed, Item, optional } from './shape.ts'
import { tenantOf } from './tenant.ts'

const Items = Type.Object({ items: Type.Array(Item) })

/** How often elements were reached, and the ways gone: what a diagram of running cases is coloured by. */
export function statisticsRoutes(services: Services): Route[] {
  const { store } = services
  const { elementInstance: t, processInstance, incident, flowTaken } = store.tables
  const stopped = exists(
    store.read
      .select({ one: sql`1` })
      .from(incident)
      .where(and(eq(incident.elementInstanceKey, t.key), eq(incident.state, 'active'))),
  )
  const count = (condition: SQL | undefined) =>
    sql<number>`sum(case when ${condition} then 1 else 0 end)`.mapWith(Number)
  /** Element instances counted by element; the process as a whole is none. */
  const countBy = async (where: SQL | undefined) => {
    const items = await store.scan
      .select({
        elementId: t.elementId,
        active: count(and(eq(t.state, 'active'), sql`not (${stopped})`)),
        canceled: count(eq(t.state, 'terminated')),
        incidents: count(and(eq(t.state, 'active'), stopped)),
        completed: count(eq(t.state, 'completed')),
      })
      .from(t)
      .innerJoin(processInstance, and(eq(processInstance.key, t.instanceKey), ofCase(t.key, processInstance.key)))
      .where(and(ne(t.elementType, 'bpmn:Process'), where))
      .groupBy(t.elementId)
      .orderBy(asc(t.elementId))
    return { items }
  }
  return [
    route({
      method: 'GET',
      path: '/v2/process-instances/:key/statistics/element-instances',
      policy: 'client',
      summary: 'Element instances of a process instance, counted by element and state',
      input: null,
      output: Items,
      async handler({ params }) {
        const { key } = await instanceOf(store, params.key)
        return countBy(and(ofCase(t.key, key), isNull(t.definitionKey)))
      },
    }),
    route({
      method: 'POST',
      path: '/v2/process-definitions/:key/statistics/element-instances',
      policy: 'client',
      summary: 'Element instances of a process definition, counted by element and state',
      input: closed({ filter: optional(Item) }),
      bodyOptional: true,
      output: Items,
      async handler(call) {
        const { key } = await findRow(store, definitionListing(store), call)
        const own = sql`coalesce(${t.definitionKey}, ${processInstance.definitionKey}) = ${key}`
        return countBy(and(own, conditions(store, call.body.filter ?? {}, instanceFilters(store), true)))
      },
    }),
    route({
      method: 'GET',
      path: '/v2/process-instances/:key/sequence-flows',
      policy: 'client',
      summary: 'Sequence flows a process instance has taken',
      input: null,
      output: Items,
      async handler({ params }) {
        const instance = await instanceOf(store, params.key)
        const rows = await store.read
          .select({ flowId: flowTaken.flowId })
          .from(flowTaken)
          .where(eq(flowTaken.instanceKey, instance.key))
          .orderBy(asc(flowTaken.flowId))
        const items = rows.map(({ flowId }) => ({
          sequenceFlowId: `${instance.key}_${flowId}`,
          processInstanceKey: String(instance.key),
          rootProcessInstanceKey: String(instance.key),
          processDefinitionKey: String(instance.definitionKey),
          processDefinitionId: instance.processId,
          elementId: flowId,
          tenantId: tenantOf(instance),
        }))
        return { items }
      },
    }),
    route({
      method: 'GET',
      path: '/v2/process-instances/:key/call-hierarchy',
      policy: 'client',
      summary: 'The process instance alone: what a case calls runs in the case itself',
      input: null,
      output: Type.Array(Item),
      async handler({ params }) {
        const { key, definitionKey, processName } = await instanceOf(store, params.key)
        return [
          {
            processInstanceKey: String(key),
            processDefinitionKey: String(definitionKey),
            processDefinitionName: processName,
          },
        ]
      },
    }),
  ]
}
