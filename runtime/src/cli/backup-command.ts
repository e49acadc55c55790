import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../host/clock.ts'
import { databasePath } from '../host/open.ts'
import { takeBackup } from '../keep/backup.ts'
import type { Manifest } from '../keep/manifest.ts'
import { checkBackup } from '../keep/restore.ts'
import type { Settings } from '../settings.ts'
import { version } from '../version.ts'
import { counted, explainFailure, print } from './output.ts'

/** `bihuan backup`: takes one, beside a running server too, or checks one that is there. */
export function addBackupCommand(program: Command, settings: () => Settings): void {
  program
    .command('backup')
    .description('copy database, files and keys to a new folder, while the server runs or not')
    .argument('<folder>', 'the new backup; with --verify the one to check')
    .option('--verify', 'check a backup: digests, numbers of rows, every chain')
    .option('--without-secrets', 'leave private keys and the session secret out')
    .option('--json', 'print JSON')
    .action(async (folder: string, options: { verify?: boolean; withoutSecrets?: boolean; json?: boolean }) => {
      try {
        if (options.verify) await check(folder, options.json)
        else await take(settings(), folder, options)
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function take(
  settings: Settings,
  target: string,
  { withoutSecrets, json }: { withoutSecrets?: boolean; json?: boolean },
): Promise<void> {
  const began = systemClock.now()
  const manifest = await takeBackup({
    databasePath: databasePath(settings.databaseUrl),
    dataFolder: settings.dataFolder,
    target,
    version,
    now: systemClock.now,
    secrets: !withoutSecrets,
    secretFiles: [settings.connectors.secretsFile, settings.edge.tls?.key ?? null].filter((path) => path !== null),
  })
  const seconds = (systemClock.now() - began) / 1000
  print(json, { ...summaryOf(manifest), seconds }, [
    `Backed up to ${target} in ${seconds.toFixed(1)} s.`,
    ...linesOf(manifest),
  ])
  if (manifest.trail.verified === false || manifest.lost.length > 0) process.exitCode = 1
}

async function check(folder: string, json: boolean | undefined): Promise<void> {
  const { manifest, trail } = await checkBackup(folder)
  print(json, { ...summaryOf(manifest), whole: true }, [
    `The backup ${join(folder)} is whole${trail === null ? '; its chains are of older tables and were not walked' : ''}.`,
    ...linesOf(manifest),
  ])
  if (trail?.intact === false) process.exitCode = 1
}

/** A manifest without its long lists. */
export function summaryOf({ files, others, ...manifest }: Manifest) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { ...manifest, files: { count: files.length, bytes }, others: others.map(({ path }) => path) }
}

/** A manifest in sentences. */
export function linesOf(manifest: Manifest): readonly string[] {
  const { trail, rows, files, lost, secrets } = manifest
  const chains = { true: 'every chain holds', false: 'THE TRAIL DOES NOT HOLD, see: bihuan verify', null: 'not walked' }
  return [
    `It holds all that was acknowledged before ${manifest.takenAt}: what came later is lost with the machine.`,
    `Trail: ${counted(trail.rows, 'row')} in ${counted(trail.streams, 'stream')}, ${counted(trail.erased, 'record')} erased, ${chains[`${trail.verified}`]}.`,
    trail.checkpoint === null
      ? 'Nothing of it is sealed by a checkpoint yet.'
      : `Sealed by checkpoint ${trail.checkpoint.number} of ${new Date(trail.checkpoint.at).toISOString()}; not sealed yet: ${counted(trail.unsealed, 'row')}.`,
    `Cases: ${rows.process_instance ?? 0}. Files: ${files.length}. Database: ${manifest.database.bytes} bytes.`,
    ...(lost.length > 0 ? [`Files that were lost before: ${lost.join(', ')}`] : []),
    secrets
      ? 'Private keys and the session secret are in it: guard it like the data folder.'
      : 'Keys and secrets are not in it.',
  ]
}
