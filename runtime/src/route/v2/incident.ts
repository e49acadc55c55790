import { Rejection } from '@bihuan/engine'
import { and, type Column, count, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import { readKey, time, wireKeyOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { incidentWords } from '../../query/case.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { type Filter, read } from './filter.ts'
import { pageOf, planSearch, SearchAnswer, SearchRequest } from './search.ts'
import { closed, Item, operationReference } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

/** Camunda's error types, by our codes; all else is UNSPECIFIED. */
const errorTypes: { readonly [code: string]: string } = {
  JOB_RETRIES_EXHAUSTED: 'JOB_NO_RETRIES',
  NO_FLOW_TAKEN: 'CONDITION_ERROR',
  CONDITION_NOT_BOOLEAN: 'CONDITION_ERROR',
  EXPRESSION_FAILED: 'EXTRACT_VALUE_ERROR',
  COLLECTION_NOT_A_LIST: 'EXTRACT_VALUE_ERROR',
  CORRELATION_KEY_INVALID: 'EXTRACT_VALUE_ERROR',
  DECISION_FAILED: 'DECISION_EVALUATION_ERROR',
  ERROR_NOT_CAUGHT: 'UNHANDLED_ERROR_EVENT',
}

interface Found {
  readonly incident: Row<'incident'>
  readonly instance: Row<'processInstance'>
}

const show = ({ incident, instance }: Found) => ({
  incidentKey: String(incident.key),
  processInstanceKey: String(instance.key),
  rootProcessInstanceKey: String(instance.key),
  processDefinitionKey: String(instance.definitionKey),
  processDefinitionId: instance.processId,
  elementInstanceKey: String(incident.elementInstanceKey),
  elementId: incident.elementId,
  jobKey: wireKeyOrNull(incident.jobKey),
  errorType: errorTypes[incident.code] ?? 'UNSPECIFIED',
  errorMessage: `${incident.code}: ${incidentWords(incident).en.text}`,
  creationTime: time(incident.createdAt),
  state: incident.state.toUpperCase(),
  tenantId: tenantOf(instance),
})

/** Codes whose error type is the given one, as a condition on the code. */
function errorTypeFilter(code: Column): Filter {
  const known = Object.keys(errorTypes)
  return (value, name) => {
    const wanted = read.text(value, name)
    const codes = known.filter((one) => errorTypes[one] === wanted)
    if (wanted === 'UNSPECIFIED') return notInArray(code, known)
    return codes.length === 0 ? sql`1 = 0` : inArray(code, codes)
  }
}

export function incidentRoutes({ store, host }: Services): Route[] {
  const { incident: t, processInstance } = store.tables
  const fields = {
    incidentKey: { column: t.key, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    processDefinitionKey: { column: processInstance.definitionKey, read: read.key },
    processDefinitionId: { column: processInstance.processId, read: read.text },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    elementId: { column: t.elementId, read: read.text },
    jobKey: { column: t.jobKey, read: read.key },
    errorType: errorTypeFilter(t.code),
    state: {
      column: t.state,
      read: read.word({ ACTIVE: 'active', RESOLVED: 'resolved', PENDING: null, MIGRATED: null, UNKNOWN: null }),
    },
    creationTime: { column: t.createdAt, read: read.time },
    tenantId: { column: tenantColumn(store), read: read.text },
  }
  const find = async (request: Parameters<typeof planSearch>[0], within?: SQL) => {
    const plan = planSearch(request, fields, t.key)
    const where = and(plan.where, within)
    const rows = await store.read
      .select({ incident: t, instance: processInstance })
      .from(t)
      .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
      .where(where)
      .orderBy(...plan.order)
      .limit(plan.limit)
      .offset(plan.offset)
    const [total] = await store.read
      .select({ n: count() })
      .from(t)
      .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
      .where(where)
    return pageOf(plan, rows.map(show), total?.n ?? 0)
  }
  return [
    route({
      method: 'POST',
      path: '/v2/incidents/search',
      policy: 'client',
      summary: 'Search incidents',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      handler: async ({ body }) => find(body),
    }),
    route({
      method: 'POST',
      path: '/v2/process-instances/:key/incidents/search',
      policy: 'client',
      summary: 'Search the incidents of one process instance',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ params, body }) {
        const key = readKey(params.key)
        const rows = await store.read
          .select({ key: processInstance.key })
          .from(processInstance)
          .where(eq(processInstance.key, key))
          .limit(1)
        if (rows.length === 0) throw new Rejection('NOT_FOUND')
        return find(body, eq(t.instanceKey, key))
      },
    }),
    route({
      method: 'GET',
      path: '/v2/incidents/:key',
      policy: 'client',
      summary: 'One incident',
      input: null,
      output: Item,
      async handler({ params }) {
        const [row] = await store.read
          .select({ incident: t, instance: processInstance })
          .from(t)
          .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
          .where(eq(t.key, readKey(params.key)))
          .limit(1)
        if (!row) throw new Rejection('NOT_FOUND')
        return show(row)
      },
    }),
    route({
      method: 'POST',
      path: '/v2/incidents/:key/resolution',
      policy: 'client',
      summary: 'Try again what failed',
      input: closed({ operationReference }),
      bodyOptional: true,
      output: null,
      async handler({ who, params, requestId }) {
        const key = readKey(params.key)
        const rows = await store.read.select({ key: t.key }).from(t).where(eq(t.key, key)).limit(1)
        if (rows.length === 0) throw new Rejection('NOT_FOUND')
        await host.submit({ kind: 'incident.resolve', key, actor: actorOf(who), requestId, value: {} })
      },
    }),
  ]
}
