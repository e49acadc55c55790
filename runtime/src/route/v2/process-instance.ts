import { Rejection, type Variables as Values } from '@bihuan/engine'
import { and, count, eq, exists, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey, time, timeOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { caseVisible } from '../../identity/access.ts'
import type { Who } from '../../identity/who.ts'
import type { Services } from '../../services.ts'
import { startCase } from '../../work/start.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { read, whether } from './filter.ts'
import { pageOf, planSearch, SearchAnswer, SearchRequest } from './search.ts'
import { closed, Item, Key, operationReference, optional, Variables } from './shape.ts'
import { tenantColumn, tenantOf, unitsOfTenant } from './tenant.ts'
import { holdsVariables } from './variable.ts'

/** What Camunda can do at a start and this engine cannot is taken only where it asks for nothing. */
const none = optional(Type.Array(Type.Unknown(), { maxItems: 0 }))
const Create = closed({
  processDefinitionId: Type.Optional(Type.String({ maxLength: 200 })),
  processDefinitionKey: Type.Optional(Key),
  processDefinitionVersion: optional(Type.Integer()),
  variables: Variables,
  tenantId: optional(Type.String({ maxLength: 200 })),
  operationReference,
  awaitCompletion: optional(Type.Literal(false)),
  requestTimeout: optional(Type.Integer()),
  startInstructions: none,
  runtimeInstructions: none,
  fetchVariables: none,
  tags: none,
})

const Cancel = closed({ operationReference, reason: Type.Optional(Type.String({ maxLength: 1000 })) })

const states = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' }
const wireStates = { active: 'ACTIVE', completed: 'COMPLETED', terminated: 'TERMINATED' } as const

const show = (row: Row<'processInstance'>, hasIncident: boolean, versionTag: string | null) => ({
  processInstanceKey: String(row.key),
  rootProcessInstanceKey: String(row.key),
  processDefinitionId: row.processId,
  processDefinitionName: row.processName,
  processDefinitionVersion: row.version,
  processDefinitionVersionTag: versionTag,
  processDefinitionKey: String(row.definitionKey),
  parentProcessInstanceKey: null,
  parentElementInstanceKey: null,
  startDate: time(row.startedAt),
  endDate: timeOrNull(row.endedAt),
  state: wireStates[row.state],
  hasIncident,
  tenantId: tenantOf(row),
  businessId: row.number,
  tags: [],
})

export function processInstanceRoutes(services: Services): Route[] {
  const { store, host } = services
  const { processInstance: t, incident, processDefinition } = store.tables
  const stopped = exists(
    store.read
      .select({ one: sql`1` })
      .from(incident)
      .where(and(eq(incident.instanceKey, t.key), eq(incident.state, 'active'))),
  )
  const fields = {
    processInstanceKey: { column: t.key, read: read.key },
    processDefinitionKey: { column: t.definitionKey, read: read.key },
    processDefinitionId: { column: t.processId, read: read.text },
    processDefinitionName: { column: t.processName, read: read.text },
    processDefinitionVersion: { column: t.version, read: read.integer },
    state: { column: t.state, read: read.word(states) },
    startDate: { column: t.startedAt, read: read.time },
    endDate: { column: t.endedAt, read: read.time },
    businessId: { column: t.number, read: read.text },
    processDefinitionVersionTag: { column: processDefinition.versionTag, read: read.text },
    tenantId: { column: tenantColumn(store), read: read.text },
    // No case has a parent: what a case calls runs in the case itself.
    parentProcessInstanceKey: { column: sql`null`, read: read.key },
    parentElementInstanceKey: { column: sql`null`, read: read.key },
    hasIncident: whether(stopped),
  }
  // Not for people: by filters one could guess values that no form shows him.
  const fieldsOfSystems = { ...fields, variables: holdsVariables(store, t.key) }
  const visible = (who: Who): SQL | undefined => (who.type === 'person' ? caseVisible(store, who) : undefined)
  const select = (where: SQL | undefined) =>
    store.read
      .select({ row: t, hasIncident: sql<number | boolean>`${stopped}`, versionTag: processDefinition.versionTag })
      .from(t)
      .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey))
      .where(where)

  return [
    route({
      method: 'POST',
      path: '/v2/process-instances',
      policy: 'tasks',
      summary: 'Start a process instance by key or by id (newest version); tenantId is the unit',
      input: Create,
      output: Item,
      async handler({ who, body, requestId }) {
        const { processDefinitionId: processId, processDefinitionKey, variables } = body
        if ((processId === undefined) === (processDefinitionKey === undefined)) {
          throw invalid('processDefinitionId', 'either', 'processDefinitionKey')
        }
        const wanted = await definitionKeyOf(services, body)
        const units = await unitsOfTenant(services, body.tenantId)
        let instanceKey: number
        if (who.type === 'person') {
          const [row] = await store.read
            .select()
            .from(processDefinition)
            .where(eq(processDefinition.key, wanted))
            .limit(1)
          // People start as in the app: the newest version, by its form, where they may.
          if (!row?.latest) throw new Rejection('NOT_FOUND')
          const given = { processId: row.processId, unitId: units[0]!.id, formKey: null, answers: variables ?? {} }
          instanceKey = (await startCase(services, who, given, requestId)).instanceKey
        } else {
          const started = await host.start({
            definitionKey: wanted,
            units,
            variables: (variables ?? {}) as Values,
            actor: actorOf(who),
            requestId,
          })
          instanceKey = started.instanceKey
        }
        const [found] = await select(eq(t.key, instanceKey)).limit(1)
        if (!found) throw new Rejection('NOT_FOUND')
        const { row } = found
        return {
          processInstanceKey: String(row.key),
          processDefinitionId: row.processId,
          processDefinitionKey: String(row.definitionKey),
          processDefinitionVersion: row.version,
          tenantId: tenantOf(row),
          variables: {},
          businessId: row.number,
          tags: [],
        }
      },
    }),
    route({
      method: 'POST',
      path: '/v2/process-instances/search',
      policy: 'tasks',
      summary: 'Search process instances; people find those they may see',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ who, body }) {
        const plan = planSearch(body, who.type === 'client' ? fieldsOfSystems : fields, t.key)
        const where = and(plan.where, visible(who))
        const rows = await select(where)
          .orderBy(...plan.order)
          .limit(plan.limit)
          .offset(plan.offset)
        const [total] = await store.read
          .select({ n: count() })
          .from(t)
          .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey))
          .where(where)
        return pageOf(
          plan,
          rows.map((one) => show(one.row, Boolean(one.hasIncident), one.versionTag)),
          total?.n ?? 0,
        )
      },
    }),
    route({
      method: 'GET',
      path: '/v2/process-instances/:key',
      policy: 'tasks',
      summary: 'One process instance',
      input: null,
      output: Item,
      async handler({ who, params }) {
        const [found] = await select(and(eq(t.key, readKey(params.key)), visible(who))).limit(1)
        if (!found) throw new Rejection('NOT_FOUND')
        return show(found.row, Boolean(found.hasIncident), found.versionTag)
      },
    }),
    route({
      method: 'POST',
      path: '/v2/process-instances/:key/cancellation',
      policy: 'client',
      summary: 'Cancel a process instance',
      input: Cancel,
      bodyOptional: true,
      output: null,
      async handler({ who, params, body, requestId }) {
        const key = readKey(params.key)
        const rows = await store.read.select({ key: t.key }).from(t).where(eq(t.key, key)).limit(1)
        if (rows.length === 0) throw new Rejection('NOT_FOUND')
        await host.submit({
          kind: 'processInstance.cancel',
          key,
          actor: actorOf(who),
          requestId,
          value: { reason: body.reason ?? '' },
        })
      },
    }),
  ]
}

/** The definition a request names. Throws `NOT_FOUND`. */
async function definitionKeyOf(
  { store }: Services,
  body: { processDefinitionId?: string; processDefinitionKey?: string; processDefinitionVersion?: number | null },
): Promise<number> {
  const { processDefinition: t } = store.tables
  const version = body.processDefinitionVersion
  const where =
    body.processDefinitionKey !== undefined
      ? eq(t.key, readKey(body.processDefinitionKey))
      : and(
          eq(t.processId, body.processDefinitionId!),
          version == null || version < 0 ? eq(t.latest, true) : eq(t.version, version),
        )
  const [row] = await store.read.select({ key: t.key }).from(t).where(where).limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row.key
}
