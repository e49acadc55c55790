import { eq, isNotNull, sql } from 'drizzle-orm'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Services } from '../../services.ts'
import { startForm } from '../../work/start.ts'
import { type Route, route } from '../route.ts'
import { read, whether } from './filter.ts'
import { findRow, getRoute, type Listing, searchRoute } from './search.ts'
import { DEFAULT_TENANT } from './tenant.ts'

const show = (row: Row<'processDefinition'>) => ({
  name: row.name,
  resourceName: row.resource,
  version: row.version,
  versionTag: row.versionTag,
  processDefinitionId: row.processId,
  processDefinitionKey: String(row.key),
  tenantId: DEFAULT_TENANT,
  hasStartForm: row.startFormId !== null,
  state: 'ACTIVE',
})

/** Every version of every process. */
export function definitionListing(store: Store): Listing<Row<'processDefinition'>, object> {
  const { processDefinition: t } = store.tables
  return {
    rows: (from) => from.select().from(t),
    key: t.key,
    keysOf: (row) => [row.key],
    show: (rows) => rows.map(show),
  }
}

export function processDefinitionRoutes(services: Services): Route[] {
  const { store } = services
  const { processDefinition: t } = store.tables
  const listing = definitionListing(store)
  const filters = {
    processDefinitionKey: { column: t.key, read: read.key },
    processDefinitionId: { column: t.processId, read: read.text },
    name: { column: t.name, read: read.text },
    resourceName: { column: t.resource, read: read.text },
    version: { column: t.version, read: read.integer },
    versionTag: { column: t.versionTag, read: read.text },
    // Every definition is every unit's, and none is ever withdrawn.
    tenantId: { column: sql`cast(${DEFAULT_TENANT} as text)`, read: read.text },
    state: {
      column: sql`cast('ACTIVE' as text)`,
      read: read.word({ ACTIVE: 'ACTIVE', DRAINING: null, DELETED: null }),
    },
    isLatestVersion: whether(eq(t.latest, true)),
    hasStartForm: whether(isNotNull(t.startFormId)),
  }
  return [
    searchRoute(store, listing, {
      path: '/v2/process-definitions/search',
      policy: 'definitions',
      summary: 'Search process definitions',
      filters,
    }),
    getRoute(store, listing, {
      path: '/v2/process-definitions/:key',
      policy: 'definitions',
      summary: 'One process definition',
    }),
    route({
      method: 'GET',
      path: '/v2/process-definitions/:key/xml',
      policy: 'definitions',
      summary: 'Its BPMN file as deployed',
      input: null,
      output: 'stream',
      handler: async (call) =>
        new Response((await findRow(store, listing, call)).xml, {
          headers: { 'content-type': 'text/xml; charset=utf-8' },
        }),
    }),
    route({
      method: 'GET',
      path: '/v2/process-definitions/:key/form',
      policy: 'definitions',
      summary: 'Its start form; 204 when it has none',
      input: null,
      output: 'stream',
      async handler(call) {
        const form = await startForm(services, await findRow(store, listing, call))
        if (!form) return new Response(null, { status: 204 })
        return Response.json(showForm(form))
      },
    }),
  ]
}

/** A form in Camunda's shape: the schema is JSON text. */
export const showForm = ({ row, form }: NonNullable<Awaited<ReturnType<typeof startForm>>>) => ({
  formId: row.formId,
  formKey: String(row.key),
  version: row.version,
  schema: JSON.stringify(form.schema),
  tenantId: DEFAULT_TENANT,
})
