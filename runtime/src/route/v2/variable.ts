import { type Json, Rejection, type Variables as Values } from '@bihuan/engine'
import { and, type Column, eq, exists, inArray, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Database, Store } from '../../db/store.ts'
import type { Services } from '../../services.ts'
import { scopesOf } from '../../work/case-data.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { caseOfRows, compare, every, type Filter, list, read, takingPatterns, whether } from './filter.ts'
import { getRoute, type Listing, searchRoute } from './search.ts'
import { closed, operationReference, optional, reason } from './shape.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

const SetVariables = closed({
  variables: Type.Record(Type.String(), Type.Unknown()),
  local: optional(Type.Boolean()),
  operationReference,
  reason,
})

/** Values longer than this are cut in a search, and whole when read by key (as Camunda does). */
const MAX_SHOWN = 8192

interface Found {
  readonly variable: Row<'variable'>
  readonly instance: Pick<Row<'processInstance'>, 'unitId' | 'unitPath'>
}

/** A value is searched for as the JSON text it is shown as. */
const readValue = takingPatterns((value, name = 'value'): Json => {
  const text = read.text(value, name)
  try {
    return JSON.parse(text) as Json
  } catch {
    throw invalid(name, 'jsonText')
  }
})

/** A filter over variables in the scope an outer row names: `[{name, value}]`, all of which must hold. */
export function holdsVariables(store: Store, scopeKey: Column): Filter {
  const { variable } = store.tables
  return (value, name) =>
    every(
      list(value, name).map((one) => {
        const wanted = (one !== null && typeof one === 'object' ? one : {}) as { name?: unknown; value?: unknown }
        const found = store.read
          .select({ one: sql`1` })
          .from(variable)
          .where(
            and(
              eq(variable.scopeKey, scopeKey),
              eq(variable.name, read.text(wanted.name, `${name}.name`)),
              compare(store, `${name}.value`, wanted.value, { column: variable.value, read: readValue }),
            ),
          )
        return exists(found)
      }),
    )
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
  const { variable: t, processInstance, elementInstance, userTask } = store.tables
  const filters = {
    variableKey: { column: t.key, read: read.key },
    scopeKey: { column: t.scopeKey, read: read.key },
    processInstanceKey: caseOfRows(t.instanceKey, t.scopeKey),
    name: { column: t.name, read: read.text },
    value: { column: t.value, read: readValue },
    isTruncated: whether(sql`length(${t.value}) > ${MAX_SHOWN}`),
    tenantId: { column: tenantColumn(store), read: read.text },
  }
  const select = (from: Database) =>
    from
      .select({ variable: t, instance: { unitId: processInstance.unitId, unitPath: processInstance.unitPath } })
      .from(t)
      .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
  const listing: Listing<Found, object> = {
    rows: select,
    key: t.key,
    keysOf: ({ variable }) => [variable.key],
    /** Long values are cut unless the caller asks for them whole. */
    show: (rows, { query }) =>
      rows.map((row) => {
        const shown = show(row)
        const isTruncated = query.truncateValues !== 'false' && shown.value.length > MAX_SHOWN
        return { ...shown, value: isTruncated ? shown.value.slice(0, MAX_SHOWN) : shown.value, isTruncated }
      }),
  }

  return [
    searchRoute(store, listing, {
      path: '/v2/variables/search',
      policy: 'client',
      summary: 'Search variables; long values are cut unless truncateValues is false',
      filters,
      query: ['truncateValues'],
    }),
    searchRoute(store, listing, {
      path: '/v2/user-tasks/:key/variables/search',
      policy: 'client',
      summary: 'Search the variables a user task sees: its own and those of the scopes around it',
      filters,
      query: ['truncateValues'],
      async within({ params }) {
        const [task] = await store.read
          .select({ instanceKey: userTask.instanceKey, elementInstanceKey: userTask.elementInstanceKey })
          .from(userTask)
          .where(eq(userTask.key, readKey(params.key)))
          .limit(1)
        if (!task) throw new Rejection('NOT_FOUND')
        return inArray(t.scopeKey, [...(await scopesOf(store, task.instanceKey, task.elementInstanceKey))])
      },
    }),
    getRoute(
      store,
      { ...listing, show: (rows) => rows.map(show) },
      { path: '/v2/variables/:key', policy: 'client', summary: 'One variable, whole' },
    ),
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
          value: {
            scopeKey,
            variables: body.variables as Values,
            local: body.local ?? false,
            ...(body.reason != null && { reason: body.reason }),
          },
        })
      },
    }),
  ]
}
