import { and, count, eq, gt, notInArray } from 'drizzle-orm'
import { time, timeOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { internalJobTypes } from '../../host/internal-jobs.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { read, whether } from './filter.ts'
import { eventOf, eventWords, kindColumn, kindOf } from './job-kind.ts'
import { pageOf, planSearch, SearchAnswer, SearchRequest } from './search.ts'
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

interface Found {
  readonly job: Row<'job'>
  readonly instance: Row<'processInstance'>
  readonly elementType: string | null
}

const show = ({ job, instance, elementType }: Found) => ({
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
  processDefinitionId: instance.processId,
  processDefinitionKey: String(instance.definitionKey),
  tenantId: tenantOf(instance),
  creationTime: time(job.createdAt),
  endTime: timeOrNull(job.endedAt),
  lastUpdateTime: null,
})

/** Jobs that other systems do; what the host does itself is not among them. */
export function jobSearchRoutes({ store }: Services): Route[] {
  const { job: t, processInstance, elementInstance } = store.tables
  const failing = and(eq(t.state, 'failed'), gt(t.retries, 0))
  const fields = {
    jobKey: { column: t.key, read: read.key },
    type: { column: t.type, read: read.text },
    state: { column: t.state, read: read.word(ownStates) },
    kind: { column: kindColumn(store), read: read.text },
    listenerEventType: { column: t.listenerEvent, read: read.word(eventWords) },
    retries: { column: t.retries, read: read.integer },
    priority: { column: t.priority, read: read.integer },
    worker: { column: t.worker, read: read.text },
    deadline: { column: t.lentUntil, read: read.time },
    errorCode: { column: t.errorCode, read: read.text },
    errorMessage: { column: t.errorMessage, read: read.text },
    elementId: { column: t.elementId, read: read.text },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    processDefinitionId: { column: processInstance.processId, read: read.text },
    processDefinitionKey: { column: processInstance.definitionKey, read: read.key },
    creationTime: { column: t.createdAt, read: read.time },
    endTime: { column: t.endedAt, read: read.time },
    tenantId: { column: tenantColumn(store), read: read.text },
    ...(failing && { hasFailedWithRetriesLeft: whether(failing) }),
  }
  return [
    route({
      method: 'POST',
      path: '/v2/jobs/search',
      policy: 'client',
      summary: 'Search jobs',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ body }) {
        const plan = planSearch(body, fields, t.key)
        const where = and(plan.where, notInArray(t.type, [...internalJobTypes]))
        const rows = await store.read
          .select({ job: t, instance: processInstance, elementType: elementInstance.elementType })
          .from(t)
          .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
          .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
          .where(where)
          .orderBy(...plan.order)
          .limit(plan.limit)
          .offset(plan.offset)
        const [total] = await store.read
          .select({ n: count() })
          .from(t)
          .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
          .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
          .where(where)
        return pageOf(plan, rows.map(show), total?.n ?? 0)
      },
    }),
  ]
}
