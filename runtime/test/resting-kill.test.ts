import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readStream } from '../src/audit/stream-rows.ts'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import type { KillPoint } from '../src/host/kill-point.ts'
import { differingRows } from '../src/projection/differences.ts'
import { rebuild } from '../src/projection/rebuild.ts'
import { openTestApp, START, type TestApp } from '../src/route/test-app.ts'
import { petition } from './retention-case.ts'

const CHILD = fileURLToPath(new URL('./resting-child.ts', import.meta.url))
const LATER = START + 2 * 86_400_000

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  await petition(app, 'lamp', true)
  await petition(app, 'road', false)
  await app.server.host.seal()
  await app.server.close()
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

/** Works in a process of its own, which may be killed at a point; gives the signal or the code it ended by. */
function run(what: 'rest' | 'wake', point: KillPoint | ''): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, app.folder, String(LATER), what, point], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)))
}

/** How many cases rest, everything that the trail says, and what does not fit together. */
async function look() {
  const store = await openLibsqlStore(join(app.folder, 'test.db'), { lock: false })
  const fresh = await openLibsqlStore(join(app.folder, 'fresh.db'), { lock: false })
  try {
    const { stream, restingCase } = store.tables
    const all = await store.read.select().from(stream).orderBy(asc(stream.stream))
    const said = []
    for (const one of all) said.push(await readStream(store, one.stream))
    const resting = (await store.read.select().from(restingCase)).length
    await rebuild(store, fresh)
    const { trail, seal } = await verifyDatabase(join(app.folder, 'test.db'))
    return { resting, said, wrong: [...(await differingRows(store, fresh)), ...trail.breaks, ...seal.breaks] }
  } finally {
    await store.close()
    await fresh.close()
    rmSync(join(app.folder, 'fresh.db'), { force: true })
  }
}

it('F01 a case that is put to rest or woken is never half of it, wherever it is killed', {
  timeout: 120_000,
}, async () => {
  const { said, ...before } = await look()
  expect(before).toEqual({ resting: 0, wrong: [] })
  for (const point of ['rest.packed', 'trail.written', 'unit.written'] as const) {
    expect(await run('rest', point), point).toBe('SIGKILL')
    expect(await look()).toEqual({ resting: 0, said, wrong: [] })
  }
  expect(await run('rest', 'group.committed')).toBe('SIGKILL')
  expect(await look()).toEqual({ resting: 1, said, wrong: [] })
  for (const point of ['rest.unpacked', 'trail.written', 'projection.halfWritten'] as const) {
    expect(await run('wake', point), point).toBe('SIGKILL')
    expect(await look()).toEqual({ resting: 1, said, wrong: [] })
  }
  expect(await run('wake', 'group.committed')).toBe('SIGKILL')
  expect(await look()).toEqual({ resting: 0, said, wrong: [] })
  expect(await run('rest', '')).toBe(0)
  expect(await run('rest', '')).toBe(0)
  expect(await look()).toEqual({ resting: 1, said, wrong: [] })
})
