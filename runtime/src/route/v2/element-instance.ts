import { Rejection } from '@bihuan/engine'
import { and, eq, exists, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { readKey, time, timeOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Database } from '../../db/store.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { caseOfRows, read, whether } from './filter.ts'
import { Activations, readActivations } from './job-result.ts'
import { getRoute, type Listing, searchRoute } from './search.ts'
import { closed, optional } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

/** Camunda's words for the elements of a model. */
const wireTypes: { readonly [type: string]: string } = {
  'bpmn:Process': 'PROCESS',
  'bpmn:StartEvent': 'START_EVENT',
  'bpmn:EndEvent': 'END_EVENT',
  'bpmn:IntermediateCatchEvent': 'INTERMEDIATE_CATCH_EVENT',
  'bpmn:IntermediateThrowEvent': 'INTERMEDIATE_THROW_EVENT',
  'bpmn:BoundaryEvent': 'BOUNDARY_EVENT',
  'bpmn:Task': 'TASK',
  'bpmn:ManualTask': 'MANUAL_TASK',
  'bpmn:UserTask': 'USER_TASK',
  'bpmn:ServiceTask': 'SERVICE_TASK',
  'bpmn:SendTask': 'SEND_TASK',
  'bpmn:ReceiveTask': 'RECEIVE_TASK',
  'bpmn:ScriptTask': 'SCRIPT_TASK',
  'bpmn:BusinessRuleTask': 'BUSINESS_RULE_TASK',
  'bpmn:CallActivity': 'CALL_ACTIVITY',
  'bpmn:ExclusiveGateway': 'EXCLUSIVE_GATEWAY',
  'bpmn:ParallelGateway': 'PARALLEL_GATEWAY',
  'bpmn:InclusiveGateway': 'INCLUSIVE_GATEWAY',
  'bpmn:EventBasedGateway': 'EVENT_BASED_GATEWAY',
  'bpmn:SubProcess': 'SUB_PROCESS',
  'bpmn:AdHocSubProcess': 'AD_HOC_SUB_PROCESS',
  adHocSubProcessInnerInstance: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
  multiInstanceBody: 'MULTI_INSTANCE_BODY',
}
const ownTypes = Object.fromEntries(Object.entries(wireTypes).map(([own, wire]) => [wire, own]))
/** Words that no element here ever is. */
const noTypes = { UNSPECIFIED: null, SEQUENCE_FLOW: null, UNKNOWN: null }
const wireStates = { active: 'ACTIVE', completed: 'COMPLETED', terminated: 'TERMINATED' } as const
/** States of element instances, by Camunda's words. */
export const elementStates = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' }

const Activate = closed({ elements: Activations, cancelRemainingInstances: optional(Type.Boolean()) })

interface Found {
  readonly element: Row<'elementInstance'>
  readonly instance: Row<'processInstance'>
  readonly incidentKey: number | null
  /** Of the called process it stands in. */
  readonly processId: string | null
}

const show = ({ element, instance, incidentKey, processId }: Found) => ({
  processDefinitionId: processId ?? instance.processId,
  startDate: time(element.startedAt),
  endDate: timeOrNull(element.endedAt),
  elementId: element.elementId,
  elementName: element.name ?? element.elementId,
  type: wireTypes[element.elementType] ?? 'UNKNOWN',
  state: wireStates[element.state],
  hasIncident: incidentKey !== null,
  incidentKey: incidentKey === null ? null : String(incidentKey),
  tenantId: tenantOf(instance),
  elementInstanceKey: String(element.key),
  processInstanceKey: String(instance.key),
  rootProcessInstanceKey: String(instance.key),
  processDefinitionKey: String(element.definitionKey ?? instance.definitionKey),
})

export function elementInstanceRoutes({ store, host }: Services): Route[] {
  const { elementInstance: t, processInstance, incident, processDefinition } = store.tables
  const active = and(eq(incident.elementInstanceKey, t.key), eq(incident.state, 'active'))
  const incidentKey = sql`(select min(${incident.key}) from ${incident} where ${active})`
  const filters = {
    incidentKey: { column: incidentKey, read: read.key },
    elementInstanceKey: { column: t.key, read: read.key },
    processInstanceKey: caseOfRows(t.instanceKey, t.key),
    processDefinitionKey: {
      column: sql`coalesce(${t.definitionKey}, ${processInstance.definitionKey})`,
      read: read.key,
    },
    processDefinitionId: {
      column: sql`coalesce(${processDefinition.processId}, ${processInstance.processId})`,
      read: read.text,
    },
    elementId: { column: t.elementId, read: read.text },
    elementName: { column: sql`coalesce(${t.name}, ${t.elementId})`, read: read.text },
    elementInstanceScopeKey: { column: t.scopeKey, read: read.key },
    type: { column: t.elementType, read: read.word({ ...ownTypes, ...noTypes }) },
    state: { column: t.state, read: read.word(elementStates) },
    startDate: { column: t.startedAt, read: read.time },
    endDate: { column: t.endedAt, read: read.time },
    tenantId: { column: tenantColumn(store), read: read.text },
    hasIncident: whether(exists(store.read.select({ one: sql`1` }).from(incident).where(active))),
  }
  const rows = (from: Database) =>
    from
      .select({
        element: t,
        instance: processInstance,
        processId: processDefinition.processId,
        incidentKey: sql<number | null>`${incidentKey}`.mapWith((key) => (key === null ? null : Number(key))),
      })
      .from(t)
      .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
      .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey))
  const listing: Listing<Found, object> = {
    rows,
    key: t.key,
    keysOf: ({ element }) => [element.key],
    show: (found) => found.map(show),
  }
  return [
    searchRoute(store, listing, {
      path: '/v2/element-instances/search',
      policy: 'client',
      summary: 'Search element instances',
      filters,
    }),
    getRoute(store, listing, { path: '/v2/element-instances/:key', policy: 'client', summary: 'One element instance' }),
    route({
      method: 'POST',
      path: '/v2/element-instances/ad-hoc-activities/:key/activation',
      policy: 'client',
      summary: 'Begin elements of an ad-hoc sub-process',
      input: Activate,
      output: null,
      async handler({ who, params, body, requestId }) {
        const key = readKey(params.key)
        const [row] = await store.read.select({ type: t.elementType }).from(t).where(eq(t.key, key)).limit(1)
        if (row?.type !== 'bpmn:AdHocSubProcess') throw new Rejection('NOT_FOUND')
        await host.submit({
          kind: 'adHocSubProcess.activate',
          key,
          actor: actorOf(who),
          requestId,
          value: {
            elements: readActivations(body.elements),
            cancelRemainingInstances: body.cancelRemainingInstances ?? false,
          },
        })
      },
    }),
  ]
}
