import type { Variables as Values } from '@bihuan/engine'
import { aliasedTable, and, eq, lt, notExists, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { showEvaluation } from './decision-evaluation.ts'
import { graphVersion } from './decision-graph.ts'
import { actorOf } from './deployment.ts'
import { read, whether } from './filter.ts'
import { findRow, getRoute, type Listing, searchRoute } from './search.ts'
import { closed, Item, Key, optional, Variables } from './shape.ts'
import { DEFAULT_TENANT, noTenantOfItsOwn } from './tenant.ts'

const Evaluate = closed({
  decisionDefinitionId: optional(Type.String({ minLength: 1, maxLength: 200 })),
  decisionDefinitionKey: optional(Key),
  variables: Variables,
  tenantId: optional(Type.String({ maxLength: 200 })),
})

interface Decision {
  readonly row: Row<'decision'>
  /** Of the graph it belongs to. */
  readonly version: number
}

const showDecision = ({ row, version }: Decision) => ({
  decisionDefinitionId: row.decisionId,
  decisionDefinitionKey: String(row.key),
  name: row.name,
  version: row.version,
  decisionRequirementsId: row.drgId,
  decisionRequirementsKey: String(row.drgKey),
  decisionRequirementsName: row.drgName ?? row.drgId,
  decisionRequirementsVersion: version,
  tenantId: DEFAULT_TENANT,
})

const showGraph = ({ row, version }: Decision) => ({
  decisionRequirementsId: row.drgId,
  decisionRequirementsKey: String(row.drgKey),
  decisionRequirementsName: row.drgName ?? row.drgId,
  version,
  resourceName: row.resource,
  tenantId: DEFAULT_TENANT,
})

const xml = ({ row }: Decision) => new Response(row.xml, { headers: { 'content-type': 'text/xml; charset=utf-8' } })

export function decisionRoutes({ store, host }: Services): Route[] {
  const { decision: t } = store.tables
  const version = graphVersion(store)
  const columns = { row: t, version }
  const decisions: Listing<Decision, object> = {
    rows: (from) => from.select(columns).from(t),
    key: t.key,
    keysOf: ({ row }) => [row.key],
    show: (rows) => rows.map(showDecision),
  }
  const other = aliasedTable(t, 'other')
  /** Decisions of one file share a graph: one of them stands for it. */
  const firstOfFile = notExists(
    store.read
      .select({ one: sql`1` })
      .from(other)
      .where(and(eq(other.drgKey, t.drgKey), lt(other.key, t.key))),
  )
  const tenantId = { column: sql`cast(${DEFAULT_TENANT} as text)`, read: read.text }
  const drgName = { column: sql`coalesce(${t.drgName}, ${t.drgId})`, read: read.text }
  return [
    searchRoute(store, decisions, {
      path: '/v2/decision-definitions/search',
      policy: 'definitions',
      summary: 'Search decision definitions',
      filters: {
        decisionDefinitionKey: { column: t.key, read: read.key },
        decisionDefinitionId: { column: t.decisionId, read: read.text },
        name: { column: t.name, read: read.text },
        version: { column: t.version, read: read.integer },
        decisionRequirementsId: { column: t.drgId, read: read.text },
        decisionRequirementsKey: { column: t.drgKey, read: read.key },
        decisionRequirementsName: drgName,
        decisionRequirementsVersion: { column: version, read: read.integer },
        isLatestVersion: whether(eq(t.latest, true)),
        tenantId,
      },
    }),
    getRoute(store, decisions, {
      path: '/v2/decision-definitions/:key',
      policy: 'definitions',
      summary: 'One decision definition',
    }),
    route({
      method: 'GET',
      path: '/v2/decision-definitions/:key/xml',
      policy: 'definitions',
      summary: 'Its DMN file as deployed',
      input: null,
      output: 'stream',
      handler: async (call) => xml(await findRow(store, decisions, call)),
    }),
    route({
      method: 'POST',
      path: '/v2/decision-definitions/evaluation',
      policy: 'client',
      keyed: false,
      summary: 'Evaluate a decision by key or by id (newest version)',
      input: Evaluate,
      output: Item,
      async handler({ who, body, requestId }) {
        const { decisionDefinitionId: decisionId, decisionDefinitionKey: key, variables } = body
        if ((decisionId == null) === (key == null))
          throw invalid('decisionDefinitionId', 'either', 'decisionDefinitionKey')
        noTenantOfItsOwn(body.tenantId)
        const evaluated = await host.evaluateDecision({
          ...(decisionId != null && { decisionId }),
          ...(key != null && { decisionKey: readKey(key) }),
          variables: (variables ?? {}) as Values,
          actor: actorOf(who),
          requestId,
        })
        return showEvaluation(store, evaluated)
      },
    }),
    ...graphRoutes(),
  ]

  /** Decision requirements graphs: one a DMN file. */
  function graphRoutes(): Route[] {
    const graphs: Listing<Decision, object> = {
      rows: (from) => from.select(columns).from(t),
      key: t.drgKey,
      keysOf: ({ row }) => [row.drgKey],
      show: (rows) => rows.map(showGraph),
    }
    return [
      searchRoute(store, graphs, {
        path: '/v2/decision-requirements/search',
        policy: 'definitions',
        summary: 'Search decision requirements graphs',
        within: async () => firstOfFile,
        filters: {
          decisionRequirementsKey: { column: t.drgKey, read: read.key },
          decisionRequirementsId: { column: t.drgId, read: read.text },
          decisionRequirementsName: drgName,
          version: { column: version, read: read.integer },
          resourceName: { column: t.resource, read: read.text },
          tenantId,
        },
      }),
      getRoute(store, graphs, {
        path: '/v2/decision-requirements/:key',
        policy: 'definitions',
        summary: 'One decision requirements graph',
      }),
      route({
        method: 'GET',
        path: '/v2/decision-requirements/:key/xml',
        policy: 'definitions',
        summary: 'Its DMN file as deployed',
        input: null,
        output: 'stream',
        handler: async (call) => xml(await findRow(store, graphs, call)),
      }),
    ]
  }
}
