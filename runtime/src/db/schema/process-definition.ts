import type { CandidateRef, FieldDictionary, Stage } from '@bihuan/engine'
import { table } from '../columns.ts'

/**
 * Forms and decisions a definition uses whatever is deployed later: those of its package version, by id. A definition
 * that came without a package uses the latest (Camunda 8's `latest` binding).
 */
export interface Bound {
  readonly forms: { readonly [id: string]: number }
  readonly decisions: { readonly [id: string]: number }
}

export const processDefinition = table(
  'process_definition',
  (c) => ({
    key: c.key('key').primaryKey(),
    processId: c.text('process_id').notNull(),
    version: c.integer('version').notNull(),
    /** True for the highest version of the process id. */
    latest: c.boolean('latest').notNull(),
    name: c.text('name').notNull(),
    versionTag: c.text('version_tag'),
    /** From `package.yaml`; null when it was deployed without one. */
    description: c.text('description'),
    department: c.text('department'),
    packageId: c.text('package_id'),
    stages: c.json<readonly Stage[]>('stages').notNull(),
    starters: c.json<readonly CandidateRef[]>('starters'),
    startFormId: c.text('start_form_id'),
    numberPrefix: c.text('number_prefix'),
    deploymentKey: c.key('deployment_key').notNull(),
    deployedAt: c.time('deployed_at').notNull(),
    resource: c.text('resource').notNull(),
    xml: c.text('xml').notNull(),
    /** SHA-256 of the resource, hex. */
    digest: c.text('digest').notNull(),
    /** Fields and who fills which at which step (`fields.yaml`); null when it was deployed without them. */
    fields: c.json<FieldDictionary>('fields'),
    bound: c.json<Bound>('bound'),
    /** Its package takes no new cases. */
    retired: c.boolean('retired').notNull().default(false),
  }),
  (t, k) => [
    k.unique('process_definition_version', t.processId, t.version),
    k.index('process_definition_latest', t.latest),
    k.index('process_definition_package', t.packageId),
  ],
)
