import { resolve } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../host/clock.ts'
import { restoreBackup } from '../keep/restore.ts'
import type { Settings } from '../settings.ts'
import { linesOf, summaryOf } from './backup-command.ts'
import { explainFailure, print } from './output.ts'

/** `bihuan restore`: a backup into an empty data folder, checked before it is named. */
export function addRestoreCommand(program: Command, settings: () => Settings): void {
  program
    .command('restore')
    .description('restore a backup into an empty data folder; checks digests, numbers of rows and every chain')
    .argument('<folder>', 'the backup')
    .option('--into <folder>', 'the data folder to make; BIHUAN_DATA when absent')
    .option('--json', 'print JSON')
    .action(async (folder: string, { into, json }: { into?: string; json?: boolean }) => {
      try {
        const began = systemClock.now()
        const target = resolve(into ?? settings().dataFolder)
        const { manifest, trail } = await restoreBackup(folder, target)
        const seconds = (systemClock.now() - began) / 1000
        print(json, { ...summaryOf(manifest), into: target, seconds }, [
          `Restored to ${target} in ${seconds.toFixed(1)} s.`,
          ...linesOf(manifest),
          `Start a server on it with BIHUAN_DATA=${target}, and without BIHUAN_DATABASE_URL. Stop the one it was taken from first: both would send the same notices.`,
        ])
        if (trail?.intact === false) process.exitCode = 1
      } catch (error) {
        explainFailure(error)
      }
    })
}
