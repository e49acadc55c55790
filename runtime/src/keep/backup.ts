import { readdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { verifyDatabase } from '../audit/verify-database.ts'
import { copyDatabase, openSnapshot, type Snapshot } from '../db/libsql-snapshot.ts'
import { ARCHIVE_FOLDER } from './archive-folder.ts'
import { copyFile, filesBelow, isEmptyFolder, linkFile, type Sum, stagingFor, sumOf, syncPath } from './copy.ts'
import { explainDisk, KeepError } from './keep-error.ts'
import { DATABASE, filePath, MANIFEST, type Manifest, readManifest } from './manifest.ts'
import { passing } from './passing.ts'

/** Folder within the data folder that holds the backups taken before an upgrade. */
export const UPGRADE_BACKUPS = 'backups'
/** Written in step with the database: copied before it, so that it never speaks of rows the copy does not have. */
const LOGS = ['checkpoints.jsonl']
/** What a backup for a less trusted place leaves out. */
const SECRETS = /^(session-secret(\.new)?|secrets\.json|keys[/\\].*)$/

export interface BackupRequest {
  readonly databasePath: string
  readonly dataFolder: string
  /** A folder that is absent or empty, outside the data folder. */
  readonly target: string
  readonly version: string
  readonly now: () => number
  /** False leaves keys and secrets out. */
  readonly secrets: boolean
  /** Files that the settings name as secret: left out with the others when they lie in the data folder. */
  readonly secretFiles?: readonly string[]
  /** Copies one file; a test may let it fail. */
  readonly copy?: typeof copyFile
  /** Free bytes where a folder lies. */
  readonly free?: (folder: string) => Promise<number>
}

/**
 * Takes a backup, beside a running server or without one: database, uploaded files, keys. It is written under another
 * name and named `target` at the end, so that half a backup never looks whole; when it fails nothing is left. Files that
 * the newest backup beside it holds are linked instead of copied. Throws `KeepError`.
 */
export async function takeBackup(request: BackupRequest): Promise<Manifest> {
  const target = resolve(request.target)
  await checkPlace(request, target)
  const staging = await stagingFor(target)
  return passing(staging, async () => {
    await checkRoom(request, dirname(target))
    const manifest = await fill(request, staging, await newestBeside(target))
    const path = join(staging, MANIFEST)
    await writeFile(path, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 })
    await syncPath(path)
    await syncPath(staging)
    await rename(staging, target)
    await syncPath(dirname(target))
    return manifest
  }).catch((error) => {
    throw explainDisk(error, dirname(target))
  })
}

/** Where a path leads, as far as it is there: a folder may be named by a link to it, and places are compared, not names. */
async function placeOf(path: string): Promise<string> {
  const whole = resolve(path)
  const found = await realpath(whole).catch(() => null)
  return found ?? (dirname(whole) === whole ? whole : join(await placeOf(dirname(whole)), basename(whole)))
}

async function checkPlace({ databasePath, dataFolder }: BackupRequest, target: string): Promise<void> {
  if (!(await stat(databasePath).catch(() => null))?.isFile())
    throw new KeepError(`Expected a database at ${databasePath}, but there is none. Nothing was backed up.`)
  const below = relative(await placeOf(dataFolder), await placeOf(target))
  const isInside = below === '' || !(below === '..' || below.startsWith(`..${sep}`))
  if (isInside && !below.startsWith(UPGRADE_BACKUPS + sep))
    throw new KeepError(`Expected a target outside the data folder, but ${target} lies in it.`)
  if (!(await isEmptyFolder(target)))
    throw new KeepError(`Expected ${target} to be a new or an empty folder, but something is there already.`)
}

/** Refuses at once what cannot end well: the copy of the database alone needs as much as the database has. */
async function checkRoom({ databasePath, free = freeBytes }: BackupRequest, folder: string): Promise<void> {
  const needed = (await stat(databasePath)).size
  const room = await free(folder)
  if (room < needed)
    throw new KeepError(
      `Expected at least ${needed} free bytes in ${folder} for the database, but there are ${room}. Nothing was left there.`,
    )
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

async function fill(request: BackupRequest, staging: string, earlier: string | null): Promise<Manifest> {
  const { databasePath, dataFolder, version, now, secrets, copy = copyFile } = request
  const others: Manifest['others'] = []
  const keep = async (name: string) => {
    const from = join(dataFolder, name)
    const to = join(staging, name)
    // A package of an archived case is written once: it is linked like an upload.
    const known = earlier !== null && name.startsWith(ARCHIVE_FOLDER + sep) ? await sumOf(from).catch(unlessGone) : null
    const sum =
      (known && (await linked(join(earlier!, name), to, known.digest))) ?? (await copy(from, to).catch(unlessGone))
    if (sum) others.push({ path: name.split(sep).join('/'), ...sum })
  }
  const names = await otherFiles(request)
  if (names.includes(DATABASE))
    throw new KeepError(
      `Expected no ${DATABASE} in ${dataFolder} beside ${basename(databasePath)}, but there is one, and it is not the database: the copy gets that name. Move it out.`,
    )
  for (const name of names) if (LOGS.includes(name)) await keep(name)
  // Before the database: what is removed meanwhile, as when its case is archived, is named by its copy all the same.
  const early = await copyUploads(request, staging, earlier, await uploadsIn(dataFolder))
  const takenAt = new Date(now()).toISOString()
  copyDatabase(databasePath, join(staging, DATABASE))
  await syncPath(join(staging, DATABASE))
  const snapshot = openSnapshot(join(staging, DATABASE))
  try {
    // Asked again: what was moved out of the database meanwhile is in the folder now.
    for (const name of await otherFiles(request)) if (!LOGS.includes(name)) await keep(name)
    const { files, lost } = await settleUploads(request, staging, earlier, snapshot, early)
    return {
      format: 'bihuan.backup.1',
      version,
      takenAt,
      database: { path: DATABASE, ...(await sumOf(join(staging, DATABASE))) },
      rows: snapshot.rows(),
      trail: await trailOf(join(staging, DATABASE), snapshot),
      files,
      lost,
      others,
      secrets,
    }
  } finally {
    snapshot.close()
  }
}

/** What lies in the data folder beside the database and the uploads. */
async function otherFiles({ databasePath, dataFolder, secrets, secretFiles = [] }: BackupRequest): Promise<string[]> {
  const database = basename(databasePath)
  const root = await placeOf(dataFolder)
  const named = new Set(await Promise.all(secretFiles.map(placeOf)))
  const isSecret = (path: string) => SECRETS.test(path) || named.has(join(root, path))
  const skip = (path: string) =>
    path === 'files' ||
    // Of the backup that the folder was copied from.
    path === MANIFEST ||
    path === UPGRADE_BACKUPS ||
    path === database ||
    path.startsWith(`${database}-`) ||
    path === `${database}.lock` ||
    path.startsWith(`${database}.lock-`) ||
    (path.startsWith(ARCHIVE_FOLDER + sep) && path.endsWith('.partial')) ||
    (!secrets && isSecret(path))
  return filesBelow(dataFolder, skip)
}

/** Digests of the uploads whose bytes are there. */
async function uploadsIn(dataFolder: string): Promise<readonly string[]> {
  const names = (await readdir(join(dataFolder, 'files'), { recursive: true }).catch(unlessGone)) ?? []
  return names.map((name) => basename(name)).filter((name) => /^[0-9a-f]{64}$/.test(name))
}

/** Copies uploads; gives the bytes of each by its digest. Those that are gone or damaged are left out. */
async function copyUploads(
  { dataFolder, copy = copyFile }: BackupRequest,
  staging: string,
  earlier: string | null,
  digests: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const copied = new Map<string, number>()
  for (const digest of digests) {
    const to = join(staging, filePath(digest))
    const sum =
      (earlier === null ? null : await linked(join(earlier, filePath(digest)), to, digest)) ??
      (await copy(join(dataFolder, filePath(digest)), to).catch(unlessGone))
    if (sum?.digest === digest) copied.set(digest, sum.bytes)
    else await rm(to, { force: true })
  }
  return copied
}

/** Every upload the snapshot names, once, and no other; those that are gone or damaged are told by digest and hold up nothing. */
async function settleUploads(
  request: BackupRequest,
  staging: string,
  earlier: string | null,
  snapshot: Snapshot,
  early: ReadonlyMap<string, number>,
): Promise<Pick<Manifest, 'files' | 'lost'>> {
  const { file } = snapshot.tables
  const rows = await snapshot.read.selectDistinct({ digest: file.digest }).from(file).orderBy(file.digest)
  const named = new Set(rows.map(({ digest }) => digest))
  for (const digest of early.keys()) if (!named.has(digest)) await rm(join(staging, filePath(digest)), { force: true })
  const missing = [...named].filter((digest) => !early.has(digest))
  const copied = new Map([...early, ...(await copyUploads(request, staging, earlier, missing))])
  const files = [...named].flatMap((digest) => (copied.has(digest) ? [{ digest, bytes: copied.get(digest)! }] : []))
  return { files, lost: missing.filter((digest) => !copied.has(digest)) }
}

/** Links a file of an earlier backup when its bytes are still what its name says. */
async function linked(from: string, to: string, digest: string): Promise<Sum | null> {
  const sum = await sumOf(from).catch(() => null)
  return sum?.digest === digest && (await linkFile(from, to)) ? sum : null
}

function unlessGone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** What the trail of a snapshot says of itself. */
async function trailOf(path: string, snapshot: Snapshot): Promise<Manifest['trail']> {
  const { trail: rows = 0, stream: streams = 0 } = snapshot.rows()
  const about = { streams, rows, head: snapshot.head() }
  if (snapshot.pending().length > 0) return { ...about, erased: 0, unsealed: rows, checkpoint: null, verified: null }
  const { intact, trail, seal, unsealed } = await verifyDatabase(path)
  return { ...about, rows: trail.rows, erased: trail.erased, unsealed, checkpoint: seal.last, verified: intact }
}

/** The newest whole backup in the folder that the target will lie in; null when there is none. */
async function newestBeside(target: string): Promise<string | null> {
  let newest: { folder: string; takenAt: string } | null = null
  for (const entry of await readdir(dirname(target), { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.includes('.partial-')) continue
    const folder = join(dirname(target), entry.name)
    const takenAt = await readManifest(folder).then(
      (manifest) => manifest.takenAt,
      () => null,
    )
    if (takenAt !== null && (newest === null || takenAt > newest.takenAt)) newest = { folder, takenAt }
  }
  return newest?.folder ?? null
}
