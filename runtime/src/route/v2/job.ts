import { Rejection, type Variables as Values } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { ActivatedJob } from '../../host/host.ts'
import { isBuiltIn } from '../../host/internal-jobs.ts'
import { streamOf } from '../../host/live-instance.ts'
import { definitionOf } from '../../query/definition-of.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { eventOf, kindOf } from './job-kind.ts'
import { Result, readResult } from './job-result.ts'
import { userTaskOf } from './job-user-task.ts'
import { JobWaits } from './job-wait.ts'
import { closed, Item, optional, Variables } from './shape.ts'
import { pathsOfTenants, tenantOf } from './tenant.ts'

const MAX_TIMEOUT = 7 * 24 * 60 * 60 * 1000
const Activate = closed({
  type: Type.String({ minLength: 1, maxLength: 200 }),
  worker: optional(Type.String({ maxLength: 200 })),
  timeout: Type.Integer({ minimum: 1, maximum: MAX_TIMEOUT }),
  maxJobsToActivate: Type.Integer({ minimum: 1, maximum: 1000 }),
  fetchVariable: optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1000 })),
  requestTimeout: optional(Type.Integer()),
  tenantIds: optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1000 })),
  tenantFilter: optional(Type.Union([Type.Literal('PROVIDED'), Type.Literal('ASSIGNED')])),
})
const Complete = closed({ variables: Variables, result: optional(Result) })
/** Variables of a failure have no place in a model that retries with what the job was given. */
const Fail = closed({
  retries: optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  errorMessage: optional(Type.String({ maxLength: 10_000 })),
  retryBackOff: optional(Type.Integer({ minimum: 0, maximum: 366 * 24 * 60 * 60 * 1000 })),
  variables: optional(closed({})),
})
const Update = closed({
  changeset: closed({
    retries: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    timeout: optional(Type.Integer({ minimum: 1, maximum: MAX_TIMEOUT })),
  }),
  operationReference: optional(Type.Integer()),
})
const ThrowError = closed({
  errorCode: Type.String({ minLength: 1, maxLength: 200 }),
  errorMessage: optional(Type.String({ maxLength: 10_000 })),
  variables: Variables,
})

export function jobRoutes(services: Services): Route[] {
  const { store, host } = services
  const { job, processInstance, elementInstance, processDefinition } = store.tables
  const definition = definitionOf(store, elementInstance.definitionKey)
  const waits = new JobWaits(host, services.load)
  const findAny = async (text: string | undefined) => {
    const [row] = await store.read
      .select()
      .from(job)
      .where(eq(job.key, readKey(text)))
      .limit(1)
    if (!row) throw new Rejection('NOT_FOUND')
    return row
  }
  const find = async (text: string | undefined) => {
    const row = await findAny(text)
    // What the host does itself is not for others to finish.
    if (isBuiltIn(row.type)) throw new Rejection('NOT_FOUND')
    return row
  }
  const show = async (one: ActivatedJob, worker: string) => {
    const [found] = await store.read
      .select({ instance: processInstance, elementType: elementInstance.elementType, ...definition })
      .from(processInstance)
      .leftJoin(elementInstance, eq(elementInstance.key, one.elementInstanceKey))
      .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey))
      .where(eq(processInstance.key, one.instanceKey))
      .limit(1)
    const instance = found?.instance
    return {
      jobKey: String(one.key),
      type: one.type,
      kind: kindOf(one, found?.elementType ?? null),
      listenerEventType: eventOf(one),
      processDefinitionId: found?.processId ?? '',
      processDefinitionVersion: found?.version ?? 0,
      processDefinitionKey: String(found?.definitionKey ?? ''),
      processInstanceKey: String(one.instanceKey),
      rootProcessInstanceKey: String(one.instanceKey),
      elementId: one.elementId,
      elementInstanceKey: String(one.elementInstanceKey),
      customHeaders: one.headers,
      worker,
      retries: one.retries,
      priority: one.priority,
      deadline: one.lentUntil,
      variables: one.variables,
      tenantId: instance ? tenantOf(instance) : '',
      tags: [],
      userTask: userTaskOf(one),
    }
  }

  return [
    route({
      method: 'POST',
      path: '/v2/jobs/activation',
      waits: true,
      keyed: false,
      policy: 'client',
      summary: 'Lend waiting jobs of a type to a worker',
      input: Activate,
      output: Type.Object({ jobs: Type.Array(Item) }),
      async handler({ body, signal }) {
        const worker = body.worker ?? ''
        if (isBuiltIn(body.type)) return { jobs: [] }
        // Which units an asker of `ASSIGNED` tenants works for: all, as every client.
        const tenantIds = body.tenantFilter === 'ASSIGNED' ? [] : (body.tenantIds ?? [])
        const within = await pathsOfTenants(store, tenantIds)
        const ask = () =>
          host.activateJobs({
            type: body.type,
            worker,
            timeout: body.timeout,
            maxJobs: body.maxJobsToActivate,
            ...(within && { within }),
            ...(body.fetchVariable?.length && { variables: body.fetchVariable }),
          })
        const timeout = body.requestTimeout ?? 0
        const { giveBackJobs: giveBack } = host
        const isForAll = within === null
        const jobs = await waits.until({ type: body.type, timeout, signal, ask, isForAll, giveBack })
        return { jobs: await Promise.all(jobs.map((one) => show(one, worker))) }
      },
    }),
    route({
      method: 'POST',
      path: '/v2/jobs/:key/completion',
      policy: 'client',
      summary: 'Complete a job',
      input: Complete,
      bodyOptional: true,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { key } = await find(params.key)
        const result = readResult(body.result)
        await host.submit({
          kind: 'job.complete',
          key,
          actor: actorOf(who),
          requestId,
          value: { variables: (body.variables ?? {}) as Values, ...(result && { result }) },
        })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/jobs/:key/failure',
      policy: 'client',
      summary: 'Fail a job; without retries left it becomes an incident',
      input: Fail,
      bodyOptional: true,
      output: null,
      async handler({ who, params, body, requestId }) {
        const row = await find(params.key)
        const backOff = body.retryBackOff ?? 0
        await host.submit({
          kind: 'job.fail',
          key: row.key,
          actor: actorOf(who),
          requestId,
          value: {
            retries: body.retries ?? 0,
            message: body.errorMessage ?? '',
            retryAt: backOff > 0 ? host.clock.now() + backOff : null,
          },
          asked: body,
        })
      },
    }),
    route({
      method: 'PATCH',
      path: '/v2/jobs/:key',
      policy: 'client',
      summary: 'Say how often a job may still fail, or lend it for longer',
      input: Update,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { retries, timeout } = body.changeset
        if (retries == null && timeout == null) throw invalid('changeset', 'missing')
        const about = { key: (await findAny(params.key)).key, actor: actorOf(who) }
        const setRetries = (requestId: string) =>
          host.submit({ kind: 'job.updateRetries', ...about, requestId, value: { retries: retries! } })
        if (timeout == null) return void (await setRetries(requestId))
        await host.once({ stream: streamOf(about.key), actor: about.actor, requestId, asked: body }, async () => {
          const row = await findAny(params.key)
          if (row.endedAt !== null) throw new Rejection('NOT_FOUND')
          // The lease first: it is no record, and can be taken back when the case refuses the rest.
          const takeBack = await host.extendJob(row.key, timeout)
          if (takeBack === null) throw new Rejection('STATE_CONFLICT', { state: row.state })
          if (retries == null) return
          try {
            await setRetries(`${requestId}:retries`)
          } catch (error) {
            await takeBack()
            throw error
          }
        })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/jobs/:key/error',
      policy: 'client',
      summary: 'Throw a BPMN error from a job',
      input: ThrowError,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { key } = await find(params.key)
        await host.submit({
          kind: 'job.throwError',
          key,
          actor: actorOf(who),
          requestId,
          value: {
            errorCode: body.errorCode,
            message: body.errorMessage ?? '',
            variables: (body.variables ?? {}) as Values,
          },
        })
      },
    }),
  ]
}
