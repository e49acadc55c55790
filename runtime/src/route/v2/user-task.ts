import { Rejection, type Variables as Values } from '@bihuan/engine'
import { and, count, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey, time, timeOrNull, wireKeyOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { caseVisible, claimableBy, contains } from '../../identity/access.ts'
import type { Who } from '../../identity/who.ts'
import type { Services } from '../../services.ts'
import { claimTask, completeTask, findTask, openTask, placeOf, releaseTask, submitCompletion } from '../../work/task.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { compare, read } from './filter.ts'
import { showForm } from './process-definition.ts'
import { pageOf, planSearch, SearchAnswer, SearchRequest } from './search.ts'
import { closed, Item, optional, Variables } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'
import { holdsVariables } from './variable.ts'

const Assign = closed({
  assignee: Type.String({ minLength: 1, maxLength: 200 }),
  allowOverride: optional(Type.Boolean()),
  action: optional(Type.String({ maxLength: 200 })),
})
const Complete = closed({ variables: Variables, action: optional(Type.String({ maxLength: 200 })) })
const Update = closed({
  // Whom a task is offered to follows from the model and the organisation; it is not changed from outside.
  changeset: closed({
    dueDate: optional(Type.String({ maxLength: 40 })),
    priority: optional(Type.Integer({ minimum: 0, maximum: 100 })),
  }),
  action: optional(Type.String({ maxLength: 200 })),
})

const states = {
  CREATED: 'created',
  COMPLETED: 'completed',
  CANCELED: 'canceled',
  CREATING: 'creating',
  ASSIGNING: 'assigning',
  UPDATING: 'updating',
  COMPLETING: 'completing',
  CANCELING: 'canceling',
  FAILED: null,
}

interface Found {
  readonly task: Row<'userTask'>
  readonly instance: Row<'processInstance'>
}

function show({ task, instance }: Found, candidates: readonly Row<'taskCandidate'>[]) {
  return {
    userTaskKey: String(task.key),
    elementInstanceKey: String(task.elementInstanceKey),
    processInstanceKey: String(instance.key),
    rootProcessInstanceKey: String(instance.key),
    processDefinitionKey: String(task.definitionKey ?? instance.definitionKey),
    processDefinitionId: instance.processId,
    processDefinitionVersion: instance.version,
    processName: instance.processName,
    elementId: task.elementId,
    name: task.name,
    state: (task.pending ?? task.state).toUpperCase(),
    assignee: task.assignee,
    candidateGroups: candidates.map((one) => `${one.role}@${one.unitId}`),
    candidateUsers: [...task.candidateUsers],
    formKey: wireKeyOrNull(task.formKey),
    externalFormReference: null,
    creationDate: time(task.createdAt),
    completionDate: timeOrNull(task.endedAt),
    dueDate: timeOrNull(task.dueAt),
    followUpDate: timeOrNull(task.followUpAt),
    priority: task.priority,
    customHeaders: {},
    tenantId: tenantOf(instance),
    tags: [],
  }
}

export function userTaskRoutes(services: Services): Route[] {
  const { store, host } = services
  const { userTask: t, processInstance, taskCandidate } = store.tables
  const fields = {
    userTaskKey: { column: t.key, read: read.key },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    processDefinitionKey: { column: processInstance.definitionKey, read: read.key },
    processDefinitionId: { column: processInstance.processId, read: read.text },
    elementId: { column: t.elementId, read: read.text },
    name: { column: t.name, read: read.text },
    state: { column: sql`coalesce(${t.pending}, ${t.state})`, read: read.word(states) },
    assignee: { column: t.assignee, read: read.text },
    creationDate: { column: t.createdAt, read: read.time },
    completionDate: { column: t.endedAt, read: read.time },
    dueDate: { column: t.dueAt, read: read.time },
    followUpDate: { column: t.followUpAt, read: read.time },
    priority: { column: t.priority, read: read.integer },
    tenantId: { column: tenantColumn(store), read: read.text },
    // As shown: `role@unit`.
    candidateGroup: (value: unknown, name: string) =>
      exists(
        store.read
          .select({ one: sql`1` })
          .from(taskCandidate)
          .where(
            and(
              eq(taskCandidate.taskKey, t.key),
              compare(name, value, {
                column: sql`${taskCandidate.role} || '@' || ${taskCandidate.unitId}`,
                read: read.text,
              }),
            ),
          ),
      ),
    candidateUser: (value: unknown, name: string) => contains(t.candidateUsers, JSON.stringify(read.text(value, name))),
  }
  // Not for people: by filters one could guess values that no form shows him.
  const fieldsOfSystems = {
    ...fields,
    processInstanceVariables: holdsVariables(store, t.instanceKey),
    localVariables: holdsVariables(store, t.elementInstanceKey),
  }
  const visible = (who: Who): SQL | undefined =>
    who.type === 'person' ? or(eq(t.assignee, who.id), claimableBy(store, who), caseVisible(store, who)) : undefined
  /** A task that exists for the one who asks. */
  const find = async (who: Who, text: string | undefined) => {
    const key = readKey(text)
    const found = who.type === 'person' ? await openTask(services, who, key) : await findTask(services, key)
    if (!found) throw new Rejection('NOT_FOUND')
    return found
  }

  return [
    route({
      method: 'POST',
      path: '/v2/user-tasks/search',
      policy: 'tasks',
      summary: 'Search user tasks; people find those they may see',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ who, body }) {
        const plan = planSearch(body, who.type === 'client' ? fieldsOfSystems : fields, t.key)
        const where = and(plan.where, visible(who))
        const rows = await store.read
          .select({ task: t, instance: processInstance })
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
        const keys = rows.map((row) => row.task.key)
        const candidates =
          keys.length === 0
            ? []
            : await store.read.select().from(taskCandidate).where(inArray(taskCandidate.taskKey, keys))
        const items = rows.map((row) =>
          show(
            row,
            candidates.filter((one) => one.taskKey === row.task.key),
          ),
        )
        return pageOf(plan, items, total?.n ?? 0)
      },
    }),
    route({
      method: 'GET',
      path: '/v2/user-tasks/:key',
      policy: 'tasks',
      summary: 'One user task',
      input: null,
      output: Item,
      async handler({ who, params }) {
        const found = await find(who, params.key)
        return show(found, found.candidates)
      },
    }),
    route({
      method: 'GET',
      path: '/v2/user-tasks/:key/form',
      policy: 'tasks',
      summary: 'Its form; 204 when it has none',
      input: null,
      output: 'stream',
      async handler({ who, params }) {
        const { task, instance } = await find(who, params.key)
        const form = await services.forms.forStep(task.formKey, placeOf(task, instance))
        return form ? Response.json(showForm(form)) : new Response(null, { status: 204 })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/user-tasks/:key/assignment',
      policy: 'tasks',
      summary: 'Assign a user task; people can only take it themselves',
      input: Assign,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { task } = await find(who, params.key)
        if (who.type === 'person') {
          if (body.assignee !== who.id) throw new Rejection('FORBIDDEN')
          return claimTask(services, who, task.key, requestId)
        }
        await host.submit({
          kind: 'userTask.assign',
          key: task.key,
          actor: actorOf(who),
          requestId,
          value: { assignee: body.assignee, allowOverride: body.allowOverride ?? true },
        })
      },
    }),
    route({
      method: 'DELETE',
      path: '/v2/user-tasks/:key/assignee',
      policy: 'tasks',
      summary: 'Take the assignee off a user task',
      input: null,
      output: null,
      async handler({ who, params, requestId }) {
        const { task } = await find(who, params.key)
        if (who.type === 'person') return releaseTask(services, who, task.key, requestId)
        await host.submit({ kind: 'userTask.unassign', key: task.key, actor: actorOf(who), requestId, value: {} })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/user-tasks/:key/completion',
      policy: 'tasks',
      summary: 'Complete a user task; people by their form, systems with any variables',
      input: Complete,
      bodyOptional: true,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { task } = await find(who, params.key)
        if (who.type === 'person') {
          await completeTask(services, who, task.key, { formKey: null, answers: body.variables ?? {} }, requestId)
          return
        }
        await submitCompletion(services, task.key, actorOf(who), requestId, (body.variables ?? {}) as Values, null)
      },
    }),
    route({
      method: 'PATCH',
      path: '/v2/user-tasks/:key',
      policy: 'client',
      summary: 'Change due date or priority of a user task',
      input: Update,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { task } = await find(who, params.key)
        const { dueDate, priority } = body.changeset
        if (dueDate == null && priority == null) throw invalid('changeset', 'missing')
        // An empty text takes the due date away; null leaves it as it is.
        const dueAt = dueDate === '' ? null : dueDate == null ? undefined : read.time(dueDate, 'changeset.dueDate')
        await host.submit({
          kind: 'userTask.update',
          key: task.key,
          actor: actorOf(who),
          requestId,
          value: { ...(dueAt !== undefined && { dueAt }), ...(priority != null && { priority }) },
        })
      },
    }),
  ]
}
