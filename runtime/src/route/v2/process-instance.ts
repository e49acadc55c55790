import { Rejection, type Variables as Values } from '@bihuan/engine'
import { and, count, eq, exists, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { readKey, time, timeOrNull } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { caseVisible } from '../../identity/access.ts'
import type { Who } from '../../identity/who.ts'
import type { Services } from '../../services.ts'
import { startCase } from '../../work/start.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { Item, pageOf, planSearch, read, SearchAnswer, SearchRequest, Variables } from './search.ts'
import { tenantOf, unitsOfTenant } from './tenant.ts'

const Create = Type.Object({
  processDefinitionId: Type.Optional(Type.String({ maxLength: 200 })),
  processDefinitionKey: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  processDefinitionVersion: Type.Optional(Type.Integer()),
  variables: Variables,
  tenantId: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
})

const Cancel = Type.Object({
  operationReference: Type.Optional(Type.Unknown()),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
})

const states = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' }

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
  state: row.state.toUpperCase(),
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
    state: { column: t.state, read: read.state(states) },
    startDate: { column: t.startedAt, read: read.time },
    endDate: { column: t.endedAt, read: read.time },
    businessId: { column: t.number, read: read.text },
    tenantId: { column: t.unitId, read: read.text },
  }
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
          throw new Rejection('BODY_INVALID', {
            field: 'processDefinitionId',
            why: 'either this or processDefinitionKey',
          })
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
        const plan = planSearch(body, fields, t.key, ['hasIncident'])
        const wanted = body.filter?.hasIncident
        const where = and(
          plan.where,
          visible(who),
          wanted === true ? stopped : wanted === false ? sql`not ${stopped}` : undefined,
        )
        const rows = await select(where)
          .orderBy(...plan.order)
          .limit(plan.limit)
          .offset(plan.offset)
        const [total] = await store.read.select({ n: count() }).from(t).where(where)
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
  body: { processDefinitionId?: string; processDefinitionKey?: string; processDefinitionVersion?: number },
): Promise<number> {
  const { processDefinition: t } = store.tables
  const version = body.processDefinitionVersion
  const where =
    body.processDefinitionKey !== undefined
      ? eq(t.key, readKey(body.processDefinitionKey))
      : and(
          eq(t.processId, body.processDefinitionId!),
          version === undefined || version < 0 ? eq(t.latest, true) : eq(t.version, version),
        )
  const [row] = await store.read.select({ key: t.key }).from(t).where(where).limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row.key
}
