import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from '../db/libsql-lock.ts'
import { openSnapshot } from '../db/libsql-snapshot.ts'
import { takeBackup, UPGRADE_BACKUPS } from './backup.ts'

/** How many of them are kept. */
const KEPT = 3
const NAME = /^\d{8}T\d{6}Z-before-/

/**
 * Takes a backup into `backups` of the data folder when this version would change the tables of a database that has a
 * trail; gives its path, or null when there is nothing to change. Older ones of its kind are removed, but the last three.
 * Throws `KeepError` when it could not be taken: then the database must not be changed. Throws `AlreadyOpen`.
 */
export async function backUpBeforeUpgrade(given: {
  readonly databasePath: string
  readonly dataFolder: string
  readonly version: string
  readonly now: () => number
}): Promise<string | null> {
  const { databasePath, dataFolder, now } = given
  if (!(await stat(databasePath).catch(() => null))?.size) return null
  const lock = takeLock(databasePath)
  try {
    const [first] = pendingOn(databasePath)
    if (first === undefined) return null
    const time = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '')
    const folder = join(dataFolder, UPGRADE_BACKUPS)
    const target = join(folder, `${time}-before-${first}`)
    await takeBackup({ ...given, target, secrets: true })
    const taken = (await readdir(folder)).filter((name) => NAME.test(name) && !name.includes('.partial-')).sort()
    for (const name of taken.slice(0, -KEPT)) await rm(join(folder, name), { recursive: true, force: true })
    return target
  } finally {
    lock.release()
  }
}

/** Migrations that would run on a database with a trail; none on one that is new. */
function pendingOn(databasePath: string): readonly string[] {
  const database = openSnapshot(databasePath)
  try {
    return database.outdated()
  } finally {
    database.close()
  }
}
