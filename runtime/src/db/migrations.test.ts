import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { pendingMigration } from './migrations.ts'

describe('migrations', () => {
  it.each(['libsql', 'postgresql'] as const)(
    '%s: the committed migrations make the described tables',
    async (dialect) => {
      const folder = fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))
      const { statements } = await pendingMigration(dialect, folder)
      expect(statements).toEqual([])
    },
  )
})
