import { table } from '../columns.ts'

/** One decision of a deployed DMN file. Decisions of one file share `drgKey`; the XML stands in each row of the file. */
export const decision = table(
  'decision',
  (c) => ({
    key: c.key('key').primaryKey(),
    decisionId: c.text('decision_id').notNull(),
    version: c.integer('version').notNull(),
    latest: c.boolean('latest').notNull(),
    name: c.text('name').notNull(),
    /** Decision requirements graph: id and key of the file as a whole. */
    drgId: c.text('drg_id').notNull(),
    drgKey: c.key('drg_key').notNull(),
    /** Its name; null where it was deployed before this was kept. */
    drgName: c.text('drg_name'),
    deploymentKey: c.key('deployment_key').notNull(),
    resource: c.text('resource').notNull(),
    xml: c.text('xml').notNull(),
    digest: c.text('digest').notNull(),
  }),
  (t, k) => [k.unique('decision_version', t.decisionId, t.version)],
)
