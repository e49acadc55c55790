import type { Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

export const form = table(
  'form',
  (c) => ({
    key: c.key('key').primaryKey(),
    formId: c.text('form_id').notNull(),
    version: c.integer('version').notNull(),
    latest: c.boolean('latest').notNull(),
    title: c.text('title'),
    deploymentKey: c.key('deployment_key').notNull(),
    resource: c.text('resource').notNull(),
    /** The form-js schema as authored. */
    schema: c.json<Variables>('schema').notNull(),
    digest: c.text('digest').notNull(),
  }),
  (t, k) => [k.unique('form_version', t.formId, t.version)],
)
