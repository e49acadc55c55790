import { Rejection } from '@bihuan/engine'
import { type Column, eq, type SQL, sql } from 'drizzle-orm'
import { readKey, time, wireKeyOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import { incidentWords } from '../../query/case.ts'
import { type Belonging, definitionOf } from '../../query/definition-of.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { quoted, read } from './filter.ts'
import { instanceOf } from './instance-of.ts'
import { findRow, getRoute, type Listing, searchRoute } from './search.ts'
import { closed, operationReference, reason } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

/** Camunda's error types, by our codes; all else is UNSPECIFIED. */
const errorTypes: { readonly [code: string]: string } = {
  JOB_RETRIES_EXHAUSTED: 'JOB_NO_RETRIES',
  ROLE_HELD_BY_NOBODY: 'JOB_NO_RETRIES',
  NO_FLOW_TAKEN: 'CONDITION_ERROR',
  CONDITION_NOT_BOOLEAN: 'CONDITION_ERROR',
  EXPRESSION_FAILED: 'EXTRACT_VALUE_ERROR',
  COLLECTION_NOT_A_LIST: 'EXTRACT_VALUE_ERROR',
  CORRELATION_KEY_INVALID: 'EXTRACT_VALUE_ERROR',
  DECISION_FAILED: 'DECISION_EVALUATION_ERROR',
  ERROR_NOT_CAUGHT: 'UNHANDLED_ERROR_EVENT',
}

const errorWords: { readonly [word: string]: string | null } = {
  ...Object.fromEntries(
    [
      'UNKNOWN',
      'IO_MAPPING_ERROR',
      'EXECUTION_LISTENER_NO_RETRIES',
      'TASK_LISTENER_NO_RETRIES',
      'AD_HOC_SUB_PROCESS_NO_RETRIES',
      'CALLED_ELEMENT_ERROR',
      'MESSAGE_SIZE_EXCEEDED',
      'CALLED_DECISION_ERROR',
      'FORM_NOT_FOUND',
      'RESOURCE_NOT_FOUND',
    ].map((word) => [word, null]),
  ),
  ...Object.fromEntries([...Object.values(errorTypes), 'UNSPECIFIED'].map((word) => [word, word])),
}

interface Found extends Belonging {
  readonly incident: Row<'incident'>
  readonly instance: Row<'processInstance'>
}

const show = ({ incident, instance, definitionKey, processId }: Found) => ({
  incidentKey: String(incident.key),
  processInstanceKey: String(instance.key),
  rootProcessInstanceKey: String(instance.key),
  processDefinitionKey: String(definitionKey),
  processDefinitionId: processId,
  elementInstanceKey: String(incident.elementInstanceKey),
  elementId: incident.elementId,
  jobKey: wireKeyOrNull(incident.jobKey),
  errorType: errorTypes[incident.code] ?? 'UNSPECIFIED',
  errorMessage: `${incident.code}: ${incidentWords(incident).en.text}`,
  creationTime: time(incident.createdAt),
  state: incident.state.toUpperCase(),
  tenantId: tenantOf(instance),
})

/** The error type of a code, as an expression to filter and sort by. */
function errorTypeOf(code: Column): SQL {
  const cases = Object.entries(errorTypes).map(([own, wire]) => sql`when ${quoted(own)} then ${quoted(wire)}`)
  return sql`case ${code} ${sql.join(cases, sql` `)} else 'UNSPECIFIED' end`
}

export function incidentRoutes({ store, host }: Services): Route[] {
  const { incident: t, processInstance, elementInstance, processDefinition } = store.tables
  const definition = definitionOf(store, elementInstance.definitionKey)
  const { definitionKey, processId } = definition
  const listing: Listing<Found, object> = {
    rows: (from) =>
      from
        .select({ incident: t, instance: processInstance, definitionKey, processId })
        .from(t)
        .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
        .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey)),
    key: t.key,
    keysOf: ({ incident }) => [incident.key],
    show: (rows) => rows.map(show),
  }
  const filters = {
    incidentKey: { column: t.key, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    processDefinitionKey: { column: definitionKey, read: read.key },
    processDefinitionId: { column: processId, read: read.text },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    elementId: { column: t.elementId, read: read.text },
    jobKey: { column: t.jobKey, read: read.key },
    errorType: { column: errorTypeOf(t.code), read: read.word(errorWords) },
    state: {
      column: t.state,
      read: read.word({ ACTIVE: 'active', RESOLVED: 'resolved', PENDING: null, MIGRATED: null, UNKNOWN: null }),
    },
    creationTime: { column: t.createdAt, read: read.time },
    tenantId: { column: tenantColumn(store), read: read.text },
  }
  return [
    searchRoute(store, listing, {
      path: '/v2/incidents/search',
      policy: 'client',
      summary: 'Search incidents',
      filters,
    }),
    searchRoute(store, listing, {
      path: '/v2/process-instances/:key/incidents/search',
      policy: 'client',
      summary: 'Search the incidents of one process instance',
      filters,
      within: async ({ params }) => eq(t.instanceKey, (await instanceOf(store, params.key)).key),
    }),
    searchRoute(store, listing, {
      path: '/v2/element-instances/:key/incidents/search',
      policy: 'client',
      summary: 'Search the incidents of an element instance and of what stands in it',
      filters,
      within: ({ params }) => standingIn(store, readKey(params.key)),
    }),
    getRoute(store, listing, { path: '/v2/incidents/:key', policy: 'client', summary: 'One incident' }),
    route({
      method: 'POST',
      path: '/v2/incidents/:key/resolution',
      policy: 'client',
      summary: 'Try again what failed',
      input: closed({ operationReference, reason }),
      bodyOptional: true,
      output: null,
      async handler(call) {
        const { incident } = await findRow(store, listing, call)
        await host.submit({
          kind: 'incident.resolve',
          key: incident.key,
          actor: actorOf(call.who),
          requestId: call.requestId,
          value: { ...(call.body.reason != null && { reason: call.body.reason }) },
        })
      },
    }),
  ]
}

/**
 * Incidents of an element instance and of all that stands in it: from each of the case outwards, for those are few where
 * the elements may be many. Throws `NOT_FOUND`.
 */
async function standingIn({ read, tables }: Store, key: number): Promise<SQL> {
  const { elementInstance: t, incident } = tables
  const [root] = await read.select({ instanceKey: t.instanceKey }).from(t).where(eq(t.key, key)).limit(1)
  if (!root) throw new Rejection('NOT_FOUND')
  const own = sql`select ${incident.key}, ${incident.elementInstanceKey} from ${incident} where ${eq(incident.instanceKey, root.instanceKey)}`
  const around = sql`select outwards.incident_key, ${t.scopeKey} from outwards join ${t} on ${t.key} = outwards.element_key`
  return sql`${incident.key} in (
    with recursive outwards(incident_key, element_key) as (${own} union all ${around})
    select incident_key from outwards where element_key = ${key})`
}
