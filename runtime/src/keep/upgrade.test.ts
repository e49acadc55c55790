import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import LibSql from 'libsql'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { openReader } from '../db/libsql-reader.ts'
import { openServer } from '../server.ts'
import { readSettings } from '../settings.ts'
import { checkBackup } from './restore.ts'
import { backUpBeforeUpgrade } from './upgrade.ts'

/** A database of an older version, with cases. */
const older = await readFile(fileURLToPath(new URL('../../test/older/before-elements.sql', import.meta.url)), 'utf8')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-upgrade-'))
  const database = new LibSql(join(folder, 'bihuan.db'))
  database.exec(older)
  database.close()
  return () => rm(folder, { recursive: true, force: true })
})

const start = () =>
  openServer(readSettings({ BIHUAN_DATA: folder }, folder), pino({ level: 'silent' }), { poll: false })

function rowsOf(path: string, table: string): number {
  const database = new LibSql(path, { readonly: true })
  const [rows] = database.prepare(`SELECT count(*) FROM ${table}`).raw().get() as [number]
  database.close()
  return rows
}

test('before the tables of a database with a trail are changed it is backed up, once', async () => {
  const migrations = rowsOf(join(folder, 'bihuan.db'), 'migration')
  const trail = rowsOf(join(folder, 'bihuan.db'), 'trail')
  await (await start()).close()
  expect(rowsOf(join(folder, 'bihuan.db'), 'migration')).toBeGreaterThan(migrations)
  const [name, ...more] = await readdir(join(folder, 'backups'))
  expect(more).toEqual([])
  expect(name).toMatch(/^\d{8}T\d{6}Z-before-0002_/)
  const saved = join(folder, 'backups', name!)
  expect(rowsOf(join(saved, 'bihuan.db'), 'migration')).toBe(migrations)
  // Its chains are of older tables: digests and numbers of rows are checked.
  expect(await checkBackup(saved)).toMatchObject({ trail: null, manifest: { rows: { trail } } })
  await (await start()).close()
  expect(await readdir(join(folder, 'backups'))).toHaveLength(1)
})

test('an upgrade that cannot be backed up does not happen', async () => {
  const migrations = rowsOf(join(folder, 'bihuan.db'), 'migration')
  await writeFile(join(folder, 'backups'), 'a file where the folder should be')
  await expect(start()).rejects.toThrow(/^Expected .*backups/)
  expect(rowsOf(join(folder, 'bihuan.db'), 'migration')).toBe(migrations)
})

test('the last three are kept; a new database needs none', async () => {
  let at = Date.parse('2026-01-01T00:00:00Z')
  const once = () =>
    backUpBeforeUpgrade({
      databasePath: join(folder, 'bihuan.db'),
      dataFolder: folder,
      version: 'test',
      now: () => {
        at += 60_000
        return at
      },
    })
  for (let i = 0; i < 5; i += 1) await once()
  const names = await readdir(join(folder, 'backups'))
  expect(names).toHaveLength(3)
  expect(names.sort()[0]).toMatch(/^20260101T00[0-9]+Z-before-/)
  await rm(join(folder, 'bihuan.db'))
  expect(await once()).toBeNull()
})

test('a database of a newer version is refused and left as it is: what its tables mean is not known', async () => {
  await (await start()).close()
  const path = join(folder, 'bihuan.db')
  const newer = new LibSql(path)
  newer.prepare('INSERT INTO migration (at, hash) VALUES (?, ?)').run([Date.parse('2999-01-01T00:00:00Z'), 'x'])
  newer.close()
  const before = [rowsOf(path, 'migration'), rowsOf(path, 'trail')]
  const refusal = /^Expected a database of this version, but .* newer/
  await expect(start()).rejects.toThrow(refusal)
  const reader = openReader(path)
  expect(() => reader.pending()).toThrow(refusal)
  reader.close()
  expect([rowsOf(path, 'migration'), rowsOf(path, 'trail')]).toEqual(before)
})
