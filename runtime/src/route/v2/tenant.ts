import { inArray, type SQL, sql } from 'drizzle-orm'
import { invalid } from '../../contract/fault.ts'
import type { Store } from '../../db/store.ts'
import { rootUnit, unitLine } from '../../identity/person.ts'
import type { UnitName } from '../../identity/who.ts'
import type { Services } from '../../services.ts'

/** Camunda's tenant is our unit; its default tenant is the root. */
export const DEFAULT_TENANT = '<default>'

/**
 * What goes to whoever waits for it, or is every unit's to use, is of no tenant of its own. Throws `BODY_INVALID` for
 * another tenant than the default one: it would reach those of all others.
 */
export function noTenantOfItsOwn(tenantId: unknown): void {
  if (tenantId == null || tenantId === '' || tenantId === DEFAULT_TENANT) return
  throw invalid('tenantId', 'oneOf', [DEFAULT_TENANT])
}

/** The unit a tenant id names, with its ancestors. Throws `BODY_INVALID` when there is none. */
export async function unitsOfTenant(
  { store }: Services,
  tenantId: string | null | undefined,
): Promise<readonly UnitName[]> {
  const id = tenantId == null || tenantId === '' || tenantId === DEFAULT_TENANT ? await rootUnit(store) : tenantId
  const line = id === null ? [] : await unitLine(store, id)
  if (line.length > 0) return line
  throw invalid('tenantId', 'unit')
}

/** The tenant of a case: its unit, or the default one for the root. */
export const tenantOf = (row: { readonly unitId: string; readonly unitPath: string }): string =>
  row.unitPath === `/${row.unitId}/` || row.unitId === '' ? DEFAULT_TENANT : row.unitId

/** The same as an expression, to filter and sort by. */
export function tenantColumn({ tables }: Store): SQL {
  const { unitId, unitPath } = tables.processInstance
  return sql`case when ${unitId} = '' or ${unitPath} = '/' || ${unitId} || '/' then ${DEFAULT_TENANT} else ${unitId} end`
}

/**
 * Paths of the units that tenant ids name: who works for a unit works for those below it, and for the default tenant for
 * all (null). Ids that are no unit's are `BODY_INVALID`.
 */
export async function pathsOfTenants(
  { read, tables }: Store,
  tenantIds: readonly string[],
): Promise<readonly string[] | null> {
  if (tenantIds.length === 0 || tenantIds.includes(DEFAULT_TENANT)) return null
  const rows = await read
    .select({ id: tables.unit.id, path: tables.unit.path })
    .from(tables.unit)
    .where(inArray(tables.unit.id, [...tenantIds]))
  if (rows.length < new Set(tenantIds).size) throw invalid('tenantIds', 'unit')
  return rows.map((row) => row.path)
}
