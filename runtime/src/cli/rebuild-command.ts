import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { takeLock } from '../db/libsql-lock.ts'
import { replaceTables } from '../db/libsql-replace.ts'
import { copyDatabase, openSnapshot } from '../db/libsql-snapshot.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { OlderDatabase } from '../host/open.ts'
import { passing } from '../keep/passing.ts'
import { differingTables, rebuild } from '../projection/rebuild.ts'
import type { Settings } from '../settings.ts'
import { findDatabase } from './find-database.ts'
import { counted, explainFailure, print } from './output.ts'

/**
 * `bihuan rebuild`: folds the trail into fresh tables and compares them with those that screens read. With `--replace`
 * the fresh ones take the place of those that differ. Exit code 1 when some differ and were not replaced.
 */
export function addRebuildCommand(program: Command, settings: () => Settings): void {
  program
    .command('rebuild')
    .description('fold the trail anew and compare it with the tables; the server may run')
    .option('--replace', 'put the folded tables in the place of those that differ; the server must not run')
    .option('--json', 'print JSON')
    .action(async ({ replace = false, json }: { replace?: boolean; json?: boolean }) => {
      try {
        const found = await refold(findDatabase(settings().databaseUrl), replace)
        const { rows, erased, differing } = found
        const fault = replace ? `Replaced: ${differing.join(', ')}.` : `These tables differ: ${differing.join(', ')}.`
        print(json, found, [
          `Folded ${counted(rows, 'row')} of the trail${erased > 0 ? `, ${erased} of them with erased records` : ''}.`,
          differing.length === 0 ? 'Every table is what the trail says.' : fault,
        ])
        if (differing.length > 0 && !replace) process.exitCode = 1
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function refold(path: string, replace: boolean) {
  const lock = replace ? takeLock(path) : null
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-rebuild-'))
  return passing(folder, async () => {
    // A copy that stands still: without --replace a server may go on writing.
    const still = join(folder, 'still.db')
    copyDatabase(path, still)
    const snapshot = openSnapshot(still)
    if (snapshot.pending().length > 0) throw new OlderDatabase(path)
    const fresh = join(folder, 'fresh.db')
    const store = await openLibsqlStore(fresh, { lock: false })
    const { rows, erased } = await rebuild(snapshot, store)
    const differing = await differingTables(snapshot, store)
    snapshot.close()
    await store.close()
    if (replace && differing.length > 0) replaceTables(path, fresh, differing)
    return { rows, erased, differing, replaced: replace }
  }).finally(() => lock?.release())
}
