import { rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type DatabaseVerification, verifyDatabase } from '../audit/verify-database.ts'
import { openSnapshot } from '../db/libsql-snapshot.ts'
import { copyFile, isEmptyFolder, type Sum, stagingFor, sumOf, syncPath } from './copy.ts'
import { explainDisk, KeepError } from './keep-error.ts'
import { filePath, type Manifest, readManifest } from './manifest.ts'
import { passing } from './passing.ts'

/** A backup that holds what its manifest says. */
export interface CheckedBackup {
  readonly manifest: Manifest
  /** What the chains and the seal say; null when the tables are of an older version and were not walked. */
  readonly trail: DatabaseVerification | null
}

interface Item {
  readonly path: string
  readonly digest: string
  readonly bytes: number
}

const itemsOf = (manifest: Manifest): readonly Item[] => [
  manifest.database,
  ...manifest.files.map(({ digest, bytes }) => ({ path: filePath(digest), digest, bytes })),
  ...manifest.others,
]

/**
 * Checks a backup where it lies: every file against its digest, every table against its number of rows, every chain row
 * by row. Changes nothing. Throws `KeepError` with all that does not fit.
 */
export async function checkBackup(folder: string): Promise<CheckedBackup> {
  const manifest = await readManifest(folder)
  const findings: string[] = []
  for (const item of itemsOf(manifest)) judge(item, await sumOf(join(folder, item.path)).catch(unlessGone), findings)
  refuse(folder, findings)
  return { manifest, trail: await checkDatabase(folder, manifest) }
}

/**
 * Restores a backup into a data folder that is absent or empty: copied under another name, checked there as `checkBackup`
 * does, and named at the end. Throws `KeepError`; then nothing is left. A test may let `copy` fail.
 */
export async function restoreBackup(folder: string, into: string, copy = copyFile): Promise<CheckedBackup> {
  const target = resolve(into)
  const manifest = await readManifest(folder)
  if (!(await isEmptyFolder(target)))
    throw new KeepError(`Expected ${target} to be a new or an empty data folder, but something is there already.`)
  const staging = await stagingFor(target)
  return passing(staging, async () => {
    const findings: string[] = []
    for (const item of itemsOf(manifest))
      judge(item, await copy(join(folder, item.path), join(staging, item.path)).catch(unlessGone), findings)
    refuse(folder, findings)
    const trail = await checkDatabase(staging, manifest)
    await syncPath(staging)
    await rename(staging, target)
    await syncPath(dirname(target))
    return { manifest, trail }
  }).catch((error) => {
    throw explainDisk(error, dirname(target))
  })
}

function judge({ path, digest }: Item, found: Sum | null, findings: string[]): void {
  if (found === null) findings.push(`${path} is missing`)
  else if (found.digest !== digest) findings.push(`${path} has other bytes than when it was taken`)
}

function unlessGone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

function refuse(folder: string, findings: readonly string[]): void {
  if (findings.length > 0)
    throw new KeepError(`Expected the backup ${folder} to hold what its manifest says, but:`, findings)
}

/** The database of a backup against its manifest. */
async function checkDatabase(folder: string, manifest: Manifest): Promise<DatabaseVerification | null> {
  const path = join(folder, manifest.database.path)
  const snapshot = openSnapshot(path)
  try {
    const findings: string[] = []
    const rows = snapshot.rows()
    for (const table of new Set([...Object.keys(rows), ...Object.keys(manifest.rows)])) {
      const wanted = manifest.rows[table]
      if (rows[table] !== wanted)
        findings.push(`table ${table} has ${rows[table] ?? 'no'} rows, the manifest says ${wanted ?? 'none'}`)
    }
    if (snapshot.head() !== manifest.trail.head) findings.push('the heads of the streams are others')
    const trail = snapshot.pending().length > 0 ? null : await verifyDatabase(path)
    // A trail that was broken when it was saved is restored as it was, and said to be so.
    if (trail && manifest.trail.verified !== false) findings.push(...breaksOf(trail))
    refuse(folder, findings)
    return trail
  } finally {
    snapshot.close()
  }
}

function breaksOf({ trail, seal }: DatabaseVerification): readonly string[] {
  return [
    ...trail.breaks.map(({ stream, sequence, fault }) => `stream ${stream}, row ${sequence}: ${fault}`),
    ...seal.breaks.map(({ what, number, fault }) => `${what} ${number}: ${fault}`),
  ]
}
