import type { Column } from 'drizzle-orm'
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { described, type TableName } from './schema/index.ts'

/** Properties of the primary key of a table, in order: from the description, the same in both dialects. */
export function primaryKeyOf(name: TableName): readonly string[] {
  const table = described[name].libsql
  const columns = Object.entries(getTableColumns(table) as Record<string, Column>)
  const { primaryKeys } = getTableConfig(table)
  const composed = primaryKeys[0]?.columns.map((column) => column.name)
  if (composed) return composed.map((sqlName) => columns.find(([, column]) => column.name === sqlName)![0])
  return columns.filter(([, column]) => column.primary).map(([property]) => property)
}
