import { rmSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import LibSql from 'libsql'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { type BackupRequest, takeBackup } from './backup.ts'
import { copyFile } from './copy.ts'
import { KeepError } from './keep-error.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { checkBackup, restoreBackup } from './restore.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let app: TestApp
let place: string
let count = 0

beforeAll(async () => {
  app = await openTestApp()
  await upload(png)
  await upload(Buffer.concat([png, Buffer.from('another')]))
})
afterAll(() => app.close())
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'bihuan-keep-'))
  return () => rm(place, { recursive: true, force: true })
})

async function upload(bytes: Uint8Array): Promise<void> {
  const form = new FormData()
  count += 1
  form.append('file', new File([new Uint8Array(bytes)], `${count}.png`))
  const clerk = await app.as('clerk.east')
  expect((await clerk('POST', '/api/files', form)).status).toBe(201)
}

const backup = (more: Partial<BackupRequest> = {}): Promise<Manifest> =>
  takeBackup({
    databasePath: join(app.folder, 'test.db'),
    dataFolder: app.folder,
    target: join(place, 'saved'),
    version: 'test',
    now: () => 1_000_000 + count,
    secrets: true,
    ...more,
  })
const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC' })
const saved = (...path: string[]) => join(place, 'saved', ...path)
const into = () => join(place, 'restored')

test('G10 a backup holds the database, every upload, the keys and what it says of itself', async () => {
  const manifest = await backup()
  expect(manifest.files).toHaveLength(2)
  expect(manifest).toMatchObject({ lost: [], trail: { verified: true, erased: 0 } })
  expect(manifest.trail.rows).toBeGreaterThan(5)
  expect(manifest.rows.file).toBe(2)
  expect(manifest.others.map(({ path }) => path)).toContain('session-secret')
  expect(JSON.parse(await readFile(saved('manifest.json'), 'utf8'))).toEqual(manifest)
  expect((await stat(saved('session-secret'))).mode & 0o777).toBe(0o600)
  expect((await stat(saved())).mode & 0o777).toBe(0o700)
  expect(await readdir(place)).toEqual(['saved'])
  expect((await checkBackup(saved())).trail).toMatchObject({ intact: true })
  // Checking leaves nothing beside the database, and changes nothing.
  expect((await readdir(saved())).filter((name) => name.startsWith('bihuan.db'))).toEqual(['bihuan.db'])
})

test('F05 the disk is full in the middle of a backup: it is refused in words, and nothing is left', async () => {
  let copied = 0
  const copy: typeof copyFile = async (from, to) => {
    copied += 1
    if (copied > 2) throw full()
    return copyFile(from, to)
  }
  await expect(backup({ copy })).rejects.toThrow(/disk is full/)
  expect(await readdir(place)).toEqual([])
  await expect(backup({ free: async () => 1000 })).rejects.toThrow(/free bytes/)
  expect(await readdir(place)).toEqual([])
})

test('a backup that is being written has another name and does not look whole', async () => {
  const seen: string[] = []
  const copy: typeof copyFile = async (from, to) => {
    seen.push(...(await readdir(place)))
    for (const name of await readdir(place))
      await expect(checkBackup(join(place, name))).rejects.toThrow(/has no manifest.json/)
    return copyFile(from, to)
  }
  await backup({ copy })
  expect(seen.length).toBeGreaterThan(0)
  expect(seen).not.toContain('saved')
})

test.each([
  ['a folder with something in it', () => writeFile(join(place, 'saved'), 'x').then(() => join(place, 'saved'))],
  ['a folder within the data', async () => join(app.folder, 'saved')],
  ['the data folder', async () => app.folder],
])('a target that is %s is refused', async (_what, make) => {
  await expect(backup({ target: await make() })).rejects.toThrow(KeepError)
})

test('a second backup beside the first links the uploads it has, unless their bytes have changed', async () => {
  const { files } = await backup()
  const [one, two] = files.map(({ digest }) => join('files', digest.slice(0, 2), digest)) as [string, string]
  await writeFile(saved(two), 'damaged')
  const again = await backup({ target: join(place, 'again') })
  expect(again.files).toEqual(files)
  const inode = async (...path: string[]) => (await stat(join(place, ...path))).ino
  expect(await inode('again', one)).toBe(await inode('saved', one))
  expect(await inode('again', two)).not.toBe(await inode('saved', two))
  await checkBackup(join(place, 'again'))
})

test('keys and secrets can be left out', async () => {
  const named = join(app.folder, 'partner-keys.json')
  await writeFile(named, '{}')
  const { others, secrets } = await backup({ secrets: false, secretFiles: [named] })
  // Settings may name the data folder by a link to it, and the file by where it is.
  const link = join(place, 'link')
  await symlink(app.folder, link)
  const byLink = await backup({ secrets: false, secretFiles: [named], dataFolder: link, target: join(place, 'linked') })
  const within = { dataFolder: link, target: join(app.folder, 'within') }
  await expect(backup(within)).rejects.toThrow('outside the data folder')
  await rm(named)
  expect(secrets).toBe(false)
  for (const found of [others, byLink.others])
    expect(found.filter(({ path }) => /secret|^keys|partner/.test(path))).toEqual([])
})

test('an upload that was lost before is named and holds nothing up', async () => {
  const { files } = await backup()
  const { digest } = files[0]!
  const path = join(app.folder, 'files', digest.slice(0, 2), digest)
  const bytes = await readFile(path)
  await rm(path)
  try {
    const found = await backup({ target: join(place, 'elsewhere', 'saved') })
    expect(found.lost).toEqual([digest])
    expect(found.files).toHaveLength(1)
  } finally {
    await writeFile(path, bytes)
  }
})

test('G10 an upload that is removed while the backup is taken, as when its case is archived, is in it', async () => {
  const { files } = await backup()
  const { digest } = files[0]!
  const path = join(app.folder, 'files', digest.slice(0, 2), digest)
  const bytes = await readFile(path)
  const now = () => {
    rmSync(path, { force: true })
    return 1_000_000
  }
  try {
    const target = join(place, 'elsewhere', 'saved')
    expect(await backup({ target, now })).toMatchObject({ lost: [], files })
    await checkBackup(target)
  } finally {
    await writeFile(path, bytes)
  }
})

const damages: readonly (readonly [what: string, damage: (manifest: Manifest) => Promise<void>, told: RegExp])[] = [
  ['an upload has other bytes', ({ files }) => writeFile(uploadOf(files[0]!.digest), 'x'), /files\/.*other bytes/],
  ['an upload is missing', ({ files }) => rm(uploadOf(files[1]!.digest)), /files\/.*missing/],
  ['the secret is missing', () => rm(saved('session-secret')), /session-secret is missing/],
  ['the database is another', () => sql('DELETE FROM person'), /bihuan.db has other bytes/],
  [
    'a row is gone and the digest put right',
    (manifest) => forged(manifest, 'DELETE FROM person'),
    /table person has 0/,
  ],
  [
    'a row of the trail is changed and the digest put right',
    (manifest) => forged(manifest, `UPDATE trail SET actor_id = 'x' WHERE stream = 2 AND sequence = 1`),
    /stream 2, row 1: hash/,
  ],
  ['the manifest is cut off', () => writeFile(saved('manifest.json'), '{"format":"bihuan.ba'), /cannot be read/],
  [
    'the manifest leads out of the folder',
    (manifest) => rewrite({ ...manifest, others: [{ path: '../outside', bytes: 1, digest: '0'.repeat(64) }] }),
    /cannot be read/,
  ],
]

const uploadOf = (digest: string) => saved('files', digest.slice(0, 2), digest)

async function sql(statement: string): Promise<void> {
  const database = new LibSql(saved('bihuan.db'))
  database.exec(statement)
  database.close()
}

const rewrite = (manifest: Manifest) => writeFile(saved('manifest.json'), JSON.stringify(manifest))

/** Changes the database of a backup and its digest in the manifest. */
async function forged(manifest: Manifest, statement: string): Promise<void> {
  await sql(statement)
  const { createHash } = await import('node:crypto')
  const digest = createHash('sha256')
    .update(await readFile(saved('bihuan.db')))
    .digest('hex')
  await rewrite({ ...manifest, database: { ...manifest.database, digest } })
}

test.each(damages)('F15 when %s, check and restore say so, and nothing is restored', async (_what, damage, told) => {
  await damage(await backup())
  await expect(checkBackup(saved())).rejects.toThrow(told)
  await expect(restoreBackup(saved(), into())).rejects.toThrow(told)
  expect(await readdir(place)).toEqual(['saved'])
})

test('F15 a restored folder has the same rows, files and secrets; one that is not empty is refused', async () => {
  const manifest = await backup()
  const { trail } = await restoreBackup(saved(), into())
  expect(trail).toMatchObject({ intact: true, trail: { rows: manifest.trail.rows } })
  expect(await readFile(join(into(), 'session-secret'), 'utf8')).toBe(
    await readFile(join(app.folder, 'session-secret'), 'utf8'),
  )
  expect((await stat(into())).mode & 0o777).toBe(0o700)
  await expect(restoreBackup(saved(), into())).rejects.toThrow(/empty data folder/)
  expect(await readManifest(saved())).toEqual(manifest)
})

test('F15 the disk is full in the middle of a restore: it is refused in words, and nothing is left', async () => {
  await backup()
  let copied = 0
  const copy: typeof copyFile = async (from, to) => {
    copied += 1
    if (copied > 1) throw full()
    return copyFile(from, to)
  }
  await expect(restoreBackup(saved(), into(), copy)).rejects.toThrow(/disk is full/)
  expect(await readdir(place)).toEqual(['saved'])
})

test('a trail that was broken when it was saved is restored as it was, and said to be so', async () => {
  const copied = join(place, 'data')
  await cp(app.folder, copied, { recursive: true })
  const database = new LibSql(join(copied, 'test.db'))
  database.exec(`UPDATE trail SET actor_id = 'x' WHERE stream = 2 AND sequence = 1`)
  database.close()
  const manifest = await backup({ databasePath: join(copied, 'test.db'), dataFolder: copied })
  expect(manifest.trail.verified).toBe(false)
  expect((await restoreBackup(saved(), into())).trail).toMatchObject({
    intact: false,
    trail: { breaks: [{ stream: 2 }] },
  })
})

test('G10 a link in the data folder is refused in words: what it leads to would be missing', async () => {
  const link = join(app.folder, 'archive-elsewhere')
  await symlink(place, link)
  await expect(backup()).rejects.toThrow(/archive-elsewhere to be a file or a folder, but it is a link/)
  await rm(link)
  expect(await readdir(place)).toEqual([])
})

test('G10 a data folder that was copied from a backup by hand is backed up whole, without what that one says of itself', async () => {
  const stray = join(app.folder, 'manifest.json')
  await writeFile(stray, '{}')
  const { others } = await backup().finally(() => rm(stray))
  expect(others.map(({ path }) => path)).not.toContain('manifest.json')
  expect((await checkBackup(saved())).trail).toMatchObject({ intact: true })
})

test('G10 a database of the name that the copy gets, beside another one, is told of in words', async () => {
  const stray = join(app.folder, 'bihuan.db')
  await writeFile(stray, 'an older one')
  await expect(backup().finally(() => rm(stray))).rejects.toThrow(/bihuan\.db .* is not the database/)
  expect(await readdir(place)).toEqual([])
})
