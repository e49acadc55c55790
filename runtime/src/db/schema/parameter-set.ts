import type { ParameterDeclaration, Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

/** Values of a package's parameters for one unit from a day on; unit `*` holds for all and comes with the package. */
export const parameterSet = table(
  'parameter_set',
  (c) => ({
    key: c.key('key').primaryKey(),
    packageId: c.text('package_id').notNull(),
    unitId: c.text('unit_id').notNull(),
    effectiveFrom: c.time('effective_from').notNull(),
    values: c.json<Variables>('values').notNull(),
    /** Titles, types and marks, on rows of unit `*`. */
    declarations: c.json<readonly ParameterDeclaration[]>('declarations'),
  }),
  (t, k) => [k.index('parameter_set_package', t.packageId, t.unitId, t.effectiveFrom)],
)
