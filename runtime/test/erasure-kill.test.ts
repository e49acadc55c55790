import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../src/route/test-app.ts'
import { openServer } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'
import { petition } from './retention-case.ts'

const CHILD = fileURLToPath(new URL('./erasure-child.ts', import.meta.url))

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

/** Erases a case in a process of its own, which is killed between commit and removal; gives the signal it ended by. */
function erase(key: number): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, app.folder, String(key)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)))
}

it('F01 T06 an erasure that is killed before its files are removed is finished by the next start', async () => {
  const lamp = await petition(app, 'lamp', true)
  const road = await petition(app, 'road', true)
  // The same bytes, handed in once more.
  await petition(app, 'road', false)
  const paths = [lamp, road].map(({ file }) => join(app.folder, 'files', file.slice(0, 2), file.slice(0, 64)))
  await app.server.close()
  for (const { key } of [lamp, road]) expect(await erase(key)).toBe('SIGKILL')
  expect(paths.map((path) => existsSync(path))).toEqual([true, true])
  const settings = {
    ...readSettings({}, app.folder),
    dataFolder: app.folder,
    databaseUrl: `file:${join(app.folder, 'test.db')}`,
  }
  const server = await openServer(settings, pino({ level: 'silent' }), { poll: false })
  const { store } = server.services
  expect(paths.map((path) => existsSync(path))).toEqual([false, true])
  expect(await store.read.select().from(store.tables.fileRemoval)).toEqual([])
  await server.close()
})
