import { Rejection } from '@bihuan/engine'
import { count, eq, isNotNull, sql } from 'drizzle-orm'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Services } from '../../services.ts'
import { startForm } from '../../work/start.ts'
import { type Route, route } from '../route.ts'
import { read, whether } from './filter.ts'
import { pageOf, planSearch, SearchAnswer, SearchRequest } from './search.ts'
import { Item } from './shape.ts'
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

export function processDefinitionRoutes(services: Services): Route[] {
  const { store } = services
  const { processDefinition: t } = store.tables
  const find = async (key: string | undefined) => {
    const [row] = await store.read
      .select()
      .from(t)
      .where(eq(t.key, readKey(key)))
      .limit(1)
    if (!row) throw new Rejection('NOT_FOUND')
    return row
  }
  const fields = {
    processDefinitionKey: { column: t.key, read: read.key },
    processDefinitionId: { column: t.processId, read: read.text },
    name: { column: t.name, read: read.text },
    resourceName: { column: t.resource, read: read.text },
    version: { column: t.version, read: read.integer },
    versionTag: { column: t.versionTag, read: read.text },
    // Every definition is every unit's, and none is ever withdrawn.
    tenantId: { column: sql`${DEFAULT_TENANT}`, read: read.text },
    state: { column: sql`'ACTIVE'`, read: read.word({ ACTIVE: 'ACTIVE', DRAINING: null, DELETED: null }) },
    isLatestVersion: whether(eq(t.latest, true)),
    hasStartForm: whether(isNotNull(t.startFormId)),
  }
  return [
    route({
      method: 'POST',
      path: '/v2/process-definitions/search',
      policy: 'definitions',
      summary: 'Search process definitions',
      input: SearchRequest,
      bodyOptional: true,
      output: SearchAnswer,
      async handler({ body }) {
        const plan = planSearch(body, fields, t.key)
        const rows = await store.read
          .select()
          .from(t)
          .where(plan.where)
          .orderBy(...plan.order)
          .limit(plan.limit)
          .offset(plan.offset)
        const [total] = await store.read.select({ n: count() }).from(t).where(plan.where)
        return pageOf(plan, rows.map(show), total?.n ?? 0)
      },
    }),
    route({
      method: 'GET',
      path: '/v2/process-definitions/:key',
      policy: 'definitions',
      summary: 'One process definition',
      input: null,
      output: Item,
      handler: async ({ params }) => show(await find(params.key)),
    }),
    route({
      method: 'GET',
      path: '/v2/process-definitions/:key/xml',
      policy: 'definitions',
      summary: 'Its BPMN file as deployed',
      input: null,
      output: 'stream',
      handler: async ({ params }) =>
        new Response((await find(params.key)).xml, { headers: { 'content-type': 'text/xml; charset=utf-8' } }),
    }),
    route({
      method: 'GET',
      path: '/v2/process-definitions/:key/form',
      policy: 'definitions',
      summary: 'Its start form; 204 when it has none',
      input: null,
      output: 'stream',
      async handler({ params }) {
        const form = await startForm(services, await find(params.key))
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
