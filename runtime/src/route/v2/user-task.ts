import { type CommandValues, type Key, Rejection, type Variables as Values } from '@bihuan/engine'
import { eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey, time, timeOrNull, wireKeyOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { caseWithPart, claimableBy } from '../../identity/access.ts'
import type { Who } from '../../identity/who.ts'
import { type Belonging, definitionOf } from '../../query/definition-of.ts'
import type { Services } from '../../services.ts'
import { keepNothing } from '../../work/draft.ts'
import {
  claimTask,
  completeTask,
  findTask,
  ofAnyTask,
  openTask,
  placeOf,
  releaseTask,
  submitCompletion,
} from '../../work/task.ts'
import { type Call, type Route, route } from '../route.ts'
import { offeredToGroup, offeredToUser } from './candidate-group.ts'
import { actorOf } from './deployment.ts'
import { caseOfRows, read } from './filter.ts'
import { showForm } from './process-definition.ts'
import { findRow, type Listing, searchRoute } from './search.ts'
import { closed, Item, optional, Variables } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'
import { holdsVariables } from './variable.ts'

const Assign = closed({
  assignee: Type.String({ minLength: 1, maxLength: 200 }),
  allowOverride: optional(Type.Boolean()),
  action: optional(Type.String({ maxLength: 200 })),
})
const Complete = closed({ variables: Variables, action: optional(Type.String({ maxLength: 200 })) })
const Names = optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 1000 }))
const Update = closed({
  changeset: closed({
    dueDate: optional(Type.String({ maxLength: 40 })),
    followUpDate: optional(Type.String({ maxLength: 40 })),
    candidateUsers: Names,
    candidateGroups: Names,
    priority: optional(Type.Integer({ minimum: 0, maximum: 100 })),
  }),
  action: optional(Type.String({ maxLength: 200 })),
})

/** What the asker calls what he asks; listeners of the task are told it. */
const called = (action: string | null | undefined) => (action ? { action } : {})

/** An empty text takes a date away; null leaves it as it is. */
const readDate = (text: string, name: string) => (text === '' ? null : read.time(text, `changeset.${name}`))

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

interface Found extends Belonging {
  readonly task: Row<'userTask'>
  readonly instance: Row<'processInstance'>
  readonly processName: string
  readonly version: number
}

function show({ task, instance, ...definition }: Found, candidates: readonly Row<'taskCandidate'>[]) {
  return {
    userTaskKey: String(task.key),
    elementInstanceKey: String(task.elementInstanceKey),
    processInstanceKey: String(instance.key),
    rootProcessInstanceKey: String(instance.key),
    processDefinitionKey: String(definition.definitionKey),
    processDefinitionId: definition.processId,
    processDefinitionVersion: definition.version,
    processName: definition.processName,
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
  const { userTask: t, processInstance, processDefinition, taskCandidate } = store.tables
  const definition = definitionOf(store, t.definitionKey)
  const filters = {
    userTaskKey: { column: t.key, read: read.key },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    processInstanceKey: caseOfRows(t.instanceKey, t.key),
    processDefinitionKey: { column: definition.definitionKey, read: read.key },
    processDefinitionId: { column: definition.processId, read: read.text },
    elementId: { column: t.elementId, read: read.text },
    name: { column: t.name, read: read.text },
    state: {
      column: sql`coalesce(${t.pending}, ${t.state})`,
      read: read.word(states),
      where: (state: unknown) => (state === 'completed' || state === 'canceled' ? isNotNull : isNull)(t.endedAt),
    },
    assignee: { column: t.assignee, read: read.text },
    creationDate: { column: t.createdAt, read: read.time },
    completionDate: { column: t.endedAt, read: read.time },
    dueDate: { column: t.dueAt, read: read.time },
    followUpDate: { column: t.followUpAt, read: read.time },
    priority: { column: t.priority, read: read.integer },
    tenantId: { column: tenantColumn(store), read: read.text },
    candidateGroup: offeredToGroup(store),
    candidateUser: offeredToUser(store),
  }
  // Not for people: by filters one could guess values that no form shows him.
  const filtersOfSystems = {
    ...filters,
    processInstanceVariables: holdsVariables(store, t.instanceKey),
    localVariables: holdsVariables(store, t.elementInstanceKey),
  }
  const visible = (who: Who, one?: Key): SQL | undefined =>
    who.type === 'person'
      ? or(
          eq(t.assignee, who.id),
          claimableBy(store, who),
          caseWithPart(store, who, one === undefined ? one : t.instanceKey),
        )
      : undefined
  const all: Listing<Found, object> = {
    rows: (from) =>
      from
        .select({ task: t, instance: processInstance, ...definition })
        .from(t)
        .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey)),
    key: t.key,
    keysOf: ({ task }) => [task.key],
    async show(rows) {
      const keys = [0, ...rows.map((row) => row.task.key)]
      const candidates = await store.read.select().from(taskCandidate).where(inArray(taskCandidate.taskKey, keys))
      return rows.map((row) =>
        show(
          row,
          candidates.filter((one) => one.taskKey === row.task.key),
        ),
      )
    },
  }
  /** A task that exists for the one who asks. */
  const find = async (who: Who, text: string | undefined) => {
    const key = readKey(text)
    const found = who.type === 'person' ? await openTask(services, who, key) : await findTask(services, key)
    if (!found) throw new Rejection('NOT_FOUND')
    return found
  }

  /** Gives or takes the task that a path names, as a system asks. */
  const submit = <K extends 'userTask.assign' | 'userTask.unassign'>(
    { who, params, requestId }: Pick<Call<unknown>, 'who' | 'params' | 'requestId'>,
    kind: K,
    value: CommandValues[K],
  ) =>
    ofAnyTask(services, readKey(params.key), (key) => host.submit({ kind, key, actor: actorOf(who), requestId, value }))

  return [
    searchRoute(
      store,
      { ...all, visible },
      {
        path: '/v2/user-tasks/search',
        policy: 'tasks',
        summary: 'Search user tasks; people find those they may see',
        filters: (who) => (who.type === 'client' ? filtersOfSystems : filters),
      },
    ),
    route({
      method: 'GET',
      path: '/v2/user-tasks/:key',
      policy: 'tasks',
      summary: 'One user task',
      input: null,
      output: Item,
      async handler(call) {
        await find(call.who, call.params.key)
        const [shown] = await all.show([await findRow(store, all, call)], call)
        return shown as { [name: string]: unknown }
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
        if (who.type === 'person') {
          const { task } = await find(who, params.key)
          if (body.assignee !== who.id) throw new Rejection('FORBIDDEN')
          return claimTask(services, who, task.key, requestId, called(body.action))
        }
        const value = { assignee: body.assignee, allowOverride: body.allowOverride ?? true, ...called(body.action) }
        await submit({ who, params, requestId }, 'userTask.assign', value)
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
        if (who.type === 'person') {
          const { task } = await find(who, params.key)
          return releaseTask(services, who, task.key, requestId)
        }
        try {
          await submit({ who, params, requestId }, 'userTask.unassign', {})
        } catch (error) {
          // Nobody has it, as was asked (Zeebe: an assignment to nobody).
          if (!(error instanceof Rejection) || error.code !== 'USER_TASK_NOT_ASSIGNED') throw error
        }
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
        if (who.type === 'person') {
          const { task } = await find(who, params.key)
          const given = { formKey: null, answers: body.variables ?? {} }
          await completeTask(services, who, task.key, given, requestId, keepNothing, called(body.action))
          return
        }
        await ofAnyTask(services, readKey(params.key), (key) =>
          submitCompletion(services, key, actorOf(who), requestId, (body.variables ?? {}) as Values, {
            formKey: null,
            ...called(body.action),
          }),
        )
      },
    }),
    route({
      method: 'PATCH',
      path: '/v2/user-tasks/:key',
      policy: 'client',
      summary: 'Change dates, priority or candidates of a user task',
      input: Update,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { task } = await find(who, params.key)
        const { dueDate, followUpDate, candidateUsers, candidateGroups, priority } = body.changeset
        const value = {
          ...(dueDate != null && { dueAt: readDate(dueDate, 'dueDate') }),
          ...(followUpDate != null && { followUpAt: readDate(followUpDate, 'followUpDate') }),
          ...(candidateUsers != null && { candidateUsers }),
          ...(candidateGroups != null && { candidateGroups }),
          ...(priority != null && { priority }),
        }
        if (Object.keys(value).length === 0) throw invalid('changeset', 'missing')
        const asked = { ...value, ...called(body.action) }
        await host.submit({ kind: 'userTask.update', key: task.key, actor: actorOf(who), requestId, value: asked })
      },
    }),
  ]
}
