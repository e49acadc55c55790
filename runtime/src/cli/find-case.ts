import { eq, or } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { KeepError } from '../keep/keep-error.ts'

/** The case of a number or a key. Throws `KeepError` when there is none, or more than one. */
export async function findCaseNamed(
  { read, tables: { processInstance, archivedCase } }: Pick<Store, 'read' | 'tables'>,
  name: string,
): Promise<Row<'processInstance'>> {
  const key = /^[1-9][0-9]{0,15}$/.test(name) ? Number(name) : null
  const isNumber = eq(processInstance.number, name)
  const [row, other] = await read
    .select()
    .from(processInstance)
    .where(key !== null && Number.isSafeInteger(key) ? or(isNumber, eq(processInstance.key, key)) : isNumber)
    .limit(2)
  if (row && other)
    throw new KeepError(
      `Expected one case with the number or key "${name}", but there are ${row.key} and ${other.key}.`,
    )
  if (row) return row
  const [moved] = await read
    .select({ path: archivedCase.path })
    .from(archivedCase)
    .where(
      key !== null && Number.isSafeInteger(key)
        ? or(eq(archivedCase.number, name), eq(archivedCase.key, key))
        : eq(archivedCase.number, name),
    )
    .limit(1)
  throw new KeepError(
    moved
      ? `Expected case ${name} in the database, but it was archived: its package is ${moved.path} in the folder of archives.`
      : `Expected a case with the number or key "${name}", but there is none.`,
  )
}
