import { and, eq, gt, notInArray, sql } from 'drizzle-orm'
import { time, timeOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { internalJobTypes } from '../../host/internal-jobs.ts'
import { type Belonging, definitionOf } from '../../query/definition-of.ts'
import type { Services } from '../../services.ts'
import type { Route } from '../route.ts'
import { read, whether } from './filter.ts'
import { eventColumn, eventOf, eventWords, kindColumn, kindOf, kindWords } from './job-kind.ts'
import { type Filters, type Listing, searchRoute } from './search.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

const wireStates = {
  created: 'CREATED',
  failed: 'FAILED',
  completed: 'COMPLETED',
  canceled: 'CANCELED',
  errorThrown: 'ERROR_THROWN',
} as const
const ownStates = {
  CREATED: 'created',
  FAILED: 'failed',
  COMPLETED: 'completed',
  CANCELED: 'canceled',
  ERROR_THROWN: 'errorThrown',
  MIGRATED: null,
  RETRIES_UPDATED: null,
  TIMED_OUT: null,
}

interface Found extends Belonging {
  readonly job: Row<'job'>
  readonly instance: Row<'processInstance'>
  readonly elementType: string | null
}

const show = ({ job, instance, elementType, definitionKey, processId }: Found) => ({
  jobKey: String(job.key),
  type: job.type,
  state: wireStates[job.state],
  kind: kindOf(job, elementType),
  listenerEventType: eventOf(job),
  retries: job.retries,
  priority: job.priority,
  worker: job.worker ?? '',
  customHeaders: job.headers,
  deadline: timeOrNull(job.lentUntil),
  errorCode: job.errorCode,
  errorMessage: job.errorMessage,
  hasFailedWithRetriesLeft: job.state === 'failed' && job.retries > 0,
  isDenied: job.denied,
  deniedReason: job.deniedReason,
  elementId: job.elementId,
  elementInstanceKey: String(job.elementInstanceKey),
  processInstanceKey: String(instance.key),
  rootProcessInstanceKey: String(instance.key),
  processDefinitionId: processId,
  processDefinitionKey: String(definitionKey),
  tenantId: tenantOf(instance),
  creationTime: time(job.createdAt),
  endTime: timeOrNull(job.endedAt),
  lastUpdateTime: null,
})

/** Jobs that other systems do; what the host does itself is not among them. */
export function jobSearchRoutes({ store }: Services): Route[] {
  const { job: t, processInstance, elementInstance, processDefinition } = store.tables
  const { definitionKey, processId } = definitionOf(store, elementInstance.definitionKey)
  const listing: Listing<Found, object> = {
    rows: (from) =>
      from
        .select({
          job: t,
          instance: processInstance,
          elementType: elementInstance.elementType,
          definitionKey,
          processId,
        })
        .from(t)
        .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
        .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey)),
    key: t.key,
    keysOf: ({ job }) => [job.key],
    show: (rows) => rows.map(show),
  }
  const failing = and(eq(t.state, 'failed'), gt(t.retries, 0))
  const filters: Filters = {
    jobKey: { column: t.key, read: read.key },
    type: { column: t.type, read: read.text },
    state: { column: t.state, read: read.word(ownStates) },
    kind: { column: kindColumn(store), read: read.word(kindWords) },
    listenerEventType: { column: eventColumn(store), read: read.word(eventWords) },
    retries: { column: t.retries, read: read.integer },
    priority: { column: t.priority, read: read.integer },
    worker: { column: sql`coalesce(${t.worker}, '')`, read: read.text },
    deadline: { column: t.lentUntil, read: read.time },
    errorCode: { column: t.errorCode, read: read.text },
    errorMessage: { column: t.errorMessage, read: read.text },
    elementId: { column: t.elementId, read: read.text },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    processDefinitionId: { column: processId, read: read.text },
    processDefinitionKey: { column: definitionKey, read: read.key },
    isDenied: { column: t.denied, read: read.boolean },
    deniedReason: { column: t.deniedReason, read: read.text },
    creationTime: { column: t.createdAt, read: read.time },
    endTime: { column: t.endedAt, read: read.time },
    tenantId: { column: tenantColumn(store), read: read.text },
    ...(failing && { hasFailedWithRetriesLeft: whether(failing) }),
  }
  return [
    searchRoute(store, listing, {
      path: '/v2/jobs/search',
      policy: 'client',
      summary: 'Search jobs',
      filters,
      within: async () => notInArray(t.type, [...internalJobTypes]),
    }),
  ]
}
