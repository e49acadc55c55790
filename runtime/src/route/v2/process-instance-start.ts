import { Rejection, type Variables as Values } from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Services } from '../../services.ts'
import { keepNothing } from '../../work/draft.ts'
import { startCase } from '../../work/start.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { InstanceEnds } from './instance-end.ts'
import { closed, Item, Key, operationReference, optional, Variables } from './shape.ts'
import { tenantOf, unitsOfTenant } from './tenant.ts'

/** What Camunda can do at a start and this engine cannot is taken only where it asks for nothing. */
const none = optional(Type.Array(Type.Unknown(), { maxItems: 0 }))
const Create = closed({
  processDefinitionId: optional(Type.String({ maxLength: 200 })),
  processDefinitionKey: optional(Key),
  processDefinitionVersion: optional(Type.Integer()),
  variables: Variables,
  tenantId: optional(Type.String({ maxLength: 200 })),
  operationReference,
  awaitCompletion: optional(Type.Boolean()),
  requestTimeout: optional(Type.Integer({ minimum: 0 })),
  startInstructions: none,
  runtimeInstructions: none,
  fetchVariables: optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1000 })),
  tags: none,
})
type Asked = Type.Static<typeof Create>

export function startRoutes(services: Services): Route[] {
  const { store, host } = services
  const { processDefinition, processInstance } = store.tables
  const ends = new InstanceEnds(host, store, services.load)
  const find = async (key: number): Promise<Row<'processInstance'>> => {
    const [row] = await store.read.select().from(processInstance).where(eq(processInstance.key, key)).limit(1)
    if (!row) throw new Rejection('NOT_FOUND')
    return row
  }
  return [
    route({
      method: 'POST',
      path: '/v2/process-instances',
      policy: 'tasks',
      summary: 'Start a process instance by key or by id (newest version); tenantId is the unit',
      input: Create,
      output: Item,
      async handler({ who, body, requestId, signal }) {
        const { processDefinitionId: processId, processDefinitionKey, variables } = body
        if ((processId == null) === (processDefinitionKey == null)) {
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
          // People start as in the app: the newest version, by its form, where they may. They read results there, too.
          if (!row?.latest) throw new Rejection('NOT_FOUND')
          if (body.awaitCompletion === true) throw new Rejection('FORBIDDEN')
          const given = { processId: row.processId, unitId: units[0]!.id, formKey: null, answers: variables ?? {} }
          instanceKey = (await startCase(services, who, given, requestId, keepNothing)).instanceKey
        } else {
          const actor = actorOf(who)
          const given = { definitionKey: wanted, units, variables: (variables ?? {}) as Values, actor, requestId }
          instanceKey = (await host.start({ ...given, asked: body })).instanceKey
        }
        const result = body.awaitCompletion === true ? await resultOf(instanceKey, body, signal) : {}
        const row = await find(instanceKey)
        return {
          processInstanceKey: String(row.key),
          processDefinitionId: row.processId,
          processDefinitionKey: String(row.definitionKey),
          processDefinitionVersion: row.version,
          tenantId: tenantOf(row),
          variables: result,
          businessId: row.number,
          tags: [],
        }
      },
    }),
  ]

  /** Variables of the case once it has completed. */
  async function resultOf(instanceKey: number, { requestTimeout, fetchVariables }: Asked, signal: AbortSignal) {
    await ends.completion(instanceKey, requestTimeout ?? 0, signal)
    const { variable: t } = store.tables
    const wanted = fetchVariables && fetchVariables.length > 0 ? inArray(t.name, fetchVariables) : undefined
    const rows = await store.read
      .select({ name: t.name, value: t.value })
      .from(t)
      .where(and(eq(t.scopeKey, instanceKey), wanted))
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }
}

/** The definition a request names. Throws `NOT_FOUND`. */
async function definitionKeyOf({ store }: Services, body: Asked): Promise<number> {
  const { processDefinition: t } = store.tables
  const version = body.processDefinitionVersion
  const where =
    body.processDefinitionKey != null
      ? and(
          eq(t.key, readKey(body.processDefinitionKey)),
          version == null || version < 0 ? undefined : eq(t.version, version),
        )
      : and(
          eq(t.processId, body.processDefinitionId!),
          version == null || version < 0 ? eq(t.latest, true) : eq(t.version, version),
        )
  const [row] = await store.read.select({ key: t.key }).from(t).where(where).limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row.key
}
