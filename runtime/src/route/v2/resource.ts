import { Rejection } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { readKey } from '../../contract/wire.ts'
import type { Store } from '../../db/store.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { graphVersions } from './decision-graph.ts'
import { Item } from './shape.ts'
import { DEFAULT_TENANT } from './tenant.ts'

/** A deployed file, by the key of what was read from it. */
interface Resource {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly versionTag: string | null
  readonly content: string
  readonly type: 'text/xml' | 'text/plain'
}

/** Looks a key up among processes, decisions, their graphs and forms. Throws `NOT_FOUND`. */
async function findResource(store: Store, key: number): Promise<Resource> {
  const { read, tables } = store
  const { processDefinition: p, decision: d, form: f } = tables
  const [process] = await read.select().from(p).where(eq(p.key, key)).limit(1)
  if (process) {
    const { processId: id, resource: name, version, versionTag, xml: content } = process
    return { id, name, version, versionTag, content, type: 'text/xml' }
  }
  const [decision] = await read.select().from(d).where(eq(d.key, key)).limit(1)
  const [graph] = decision ? [] : await read.select().from(d).where(eq(d.drgKey, key)).limit(1)
  const dmn = decision ?? graph
  if (dmn) {
    const { resource: name, xml: content } = dmn
    const version = decision?.version ?? (await graphVersions(store, [key])).get(key) ?? dmn.version
    return { id: decision?.decisionId ?? dmn.drgId, name, version, versionTag: null, content, type: 'text/xml' }
  }
  const [form] = await read.select().from(f).where(eq(f.key, key)).limit(1)
  if (!form) throw new Rejection('NOT_FOUND')
  const { formId: id, resource: name, version, schema } = form
  return { id, name, version, versionTag: null, content: JSON.stringify(schema), type: 'text/plain' }
}

/** Deployed files. None is ever deleted: cases stand on them. */
export function resourceRoutes({ store }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v2/resources/:key',
      policy: 'definitions',
      summary: 'A deployed file: of a process, decision, decision requirements graph or form',
      input: null,
      output: Item,
      async handler({ params }) {
        const key = readKey(params.key)
        const { id, name, version, versionTag } = await findResource(store, key)
        return {
          resourceKey: String(key),
          resourceId: id,
          resourceName: name,
          version,
          versionTag,
          tenantId: DEFAULT_TENANT,
        }
      },
    }),
    route({
      method: 'GET',
      path: '/v2/resources/:key/content',
      policy: 'definitions',
      summary: 'Its text',
      input: null,
      output: 'stream',
      async handler({ params }) {
        const { content, type } = await findResource(store, readKey(params.key))
        return new Response(content, { headers: { 'content-type': `${type}; charset=utf-8` } })
      },
    }),
  ]
}
