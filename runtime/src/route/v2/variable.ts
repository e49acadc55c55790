import { type Json, Rejection, type Variables as Values } from '@bihuan/engine'
import { and, count, eq } from 'drizzle-orm'
import { Type } from 'typebox'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { Item, pageOf, planSearch, read, SearchAnswer, SearchRequest } from './search.ts'
import { tenantOf } from './tenant.ts'

const SetVariables = Type.Object({
  variables: Type.Record(Type.String(), Type.Unknown()),
  local: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  operationReference: Type.Optional(Type.Unknown()),
})

/** Values longer than this are cut in a search, and whole when read by key (as Camunda does). */
const MAX_SHOWN = 8192

interface Found {
  readonly variable: Row<'variable'>
  readonly instance: Pick<Row<'processInstance'>, 'unitId' | 'unitPath'>
}

const show = ({ variable, instance }: Found) => ({
  name: variable.name,
  value: JSON.stringify(variable.value),
  variableKey: String(variable.key),
  scopeKey: String(variable.scopeKey),
  processInstanceKey: String(variable.instanceKey),
  rootProcessInstanceKey: String(variable.instanceKey),
  tenantId: tenantOf(instance),
})

export function variableRoutes({ store, host }: Services): Route[] {
  const { variable: t, processInstance, elementInstance } = store.tables
  const fields = {
    variableKey: { column: t.key, read: read.key },
    scopeKey: { column: t.scopeKey, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    name: { column: t.name, read: read.text },
    // A value is searched for as the JSON text it is shown as.
    value: { column: t.value, read: (value: unknown): Json => parse(read.text(value)) },
    tenantId: { column: processInstance.unitId, read: read.text },
  }
  const select = () =>
    store.read
      .select({ variable: t, instance: { unitId: processInstance.unitId, unitPath: processInstance.unitPath } })
      .from(t)
      .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))

  return [
    route({
      method: 'POST',
      path: '/v2/variables/search',
      policy: 'client',
      summary: 'Search variables; long values are cut',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ body }) {
        const plan = planSearch(body, fields, t.key)
        const rows = await select()
          .where(and(plan.where))
          .orderBy(...plan.order)
          .limit(plan.limit)
          .offset(plan.offset)
        const [total] = await store.read
          .select({ n: count() })
          .from(t)
          .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
          .where(plan.where)
        const items = rows.map((row) => {
          const shown = show(row)
          const isTruncated = shown.value.length > MAX_SHOWN
          return { ...shown, value: isTruncated ? shown.value.slice(0, MAX_SHOWN) : shown.value, isTruncated }
        })
        return pageOf(plan, items, total?.n ?? 0)
      },
    }),
    route({
      method: 'GET',
      path: '/v2/variables/:key',
      policy: 'client',
      summary: 'One variable, whole',
      input: null,
      output: Item,
      async handler({ params }) {
        const [row] = await select()
          .where(eq(t.key, readKey(params.key)))
          .limit(1)
        if (!row) throw new Rejection('NOT_FOUND')
        return show(row)
      },
    }),
    route({
      method: 'PUT',
      path: '/v2/element-instances/:key/variables',
      policy: 'client',
      summary: 'Set variables of an element instance or of the whole case',
      input: SetVariables,
      output: null,
      async handler({ who, params, body, requestId }) {
        const scopeKey = readKey(params.key)
        const [element] = await store.read
          .select({ instanceKey: elementInstance.instanceKey })
          .from(elementInstance)
          .where(eq(elementInstance.key, scopeKey))
          .limit(1)
        const [instance] = await store.read
          .select({ key: processInstance.key })
          .from(processInstance)
          .where(eq(processInstance.key, element?.instanceKey ?? scopeKey))
          .limit(1)
        if (!instance) throw new Rejection('NOT_FOUND')
        await host.submit({
          kind: 'variables.set',
          key: instance.key,
          actor: actorOf(who),
          requestId,
          value: { scopeKey, variables: body.variables as Values, local: body.local ?? false },
        })
      },
    }),
  ]
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Rejection('BODY_INVALID', { field: 'value', why: 'JSON text' })
  }
}
