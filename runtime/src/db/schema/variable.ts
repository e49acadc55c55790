import type { Json } from '@bihuan/engine'
import { table } from '../columns.ts'

export const variable = table(
  'variable',
  (c) => ({
    /** Process instance or element instance that holds it. */
    scopeKey: c.key('scope_key').notNull(),
    name: c.text('name').notNull(),
    /** 52 bits of SHA-256(scope key, name): a handle for reading it by key. */
    key: c.key('key').notNull(),
    instanceKey: c.key('instance_key').notNull(),
    value: c.json<Json>('value').notNull(),
  }),
  (t, k) => [k.primary(t.scopeKey, t.name), k.index('variable_key', t.key)],
)
