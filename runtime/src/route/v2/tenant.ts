import { Rejection } from '@bihuan/engine'
import { rootUnit, unitLine } from '../../identity/person.ts'
import type { UnitName } from '../../identity/who.ts'
import type { Services } from '../../services.ts'

/** Camunda's tenant is our unit; its default tenant is the root. */
export const DEFAULT_TENANT = '<default>'

/** The unit a tenant id names, with its ancestors. Throws `BODY_INVALID` when there is none. */
export async function unitsOfTenant(
  { store }: Services,
  tenantId: string | null | undefined,
): Promise<readonly UnitName[]> {
  const id = tenantId == null || tenantId === '' || tenantId === DEFAULT_TENANT ? await rootUnit(store) : tenantId
  const line = id === null ? [] : await unitLine(store, id)
  if (line.length > 0) return line
  throw new Rejection('BODY_INVALID', { field: 'tenantId', why: 'the id of a unit' })
}

/** The tenant of a case: its unit, or the default one for the root. */
export const tenantOf = (row: { readonly unitId: string; readonly unitPath: string }): string =>
  row.unitPath === `/${row.unitId}/` || row.unitId === '' ? DEFAULT_TENANT : row.unitId
