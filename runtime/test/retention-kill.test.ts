import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { highestStream } from '../src/host/archival.ts'
import type { RetentionPoint } from '../src/host/kill-point.ts'
import { differingRows } from '../src/projection/differences.ts'
import { rebuild } from '../src/projection/rebuild.ts'
import { openTestApp, START, type TestApp } from '../src/route/test-app.ts'
import { verifyPackage } from '../verifier/verify-bihuan.mjs'
import { type Petition, petition } from './retention-case.ts'

const CHILD = fileURLToPath(new URL('./retention-child.ts', import.meta.url))
const LATER = START + 31 * 86_400_000

let app: TestApp
let small: Petition
let large: Petition

beforeAll(async () => {
  app = await openTestApp()
  const { host } = app.server
  small = await petition(app, 'lamp', true)
  large = await petition(app, 'road', false)
  const actor = { type: 'system', id: 'test' } as const
  const { key } = large
  for (let i = 0; i < 150; i += 1)
    await host.submit({
      kind: 'variables.set',
      key,
      actor,
      requestId: `set ${i}`,
      value: { scopeKey: key, variables: { count: i }, local: false },
    })
  await host.submit({ kind: 'processInstance.cancel', key, actor, requestId: 'end', value: { reason: 'test' } })
  await host.seal()
  await app.server.close()
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

/** Runs retention in a process of its own, which may be killed at a point; gives the signal it ended by. */
function retain(point: RetentionPoint | '', time: number): Promise<NodeJS.Signals | number | null> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CHILD, app.folder, String(LATER), '30', point, String(time)],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  return new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)))
}

/** What is in the database, and what is wrong: each case is in the tables, or its package is there as it was recorded. */
async function look() {
  const store = await openLibsqlStore(join(app.folder, 'test.db'), { lock: false })
  const fresh = await openLibsqlStore(join(app.folder, 'fresh.db'), { lock: false })
  try {
    const { processInstance, archivedCase, trail, file } = store.tables
    const here = new Set((await store.read.select().from(processInstance)).map(({ key }) => key))
    const moved = new Map((await store.read.select().from(archivedCase)).map((row) => [row.key, row]))
    const rows = await store.read.select({ stream: trail.stream }).from(trail)
    await rebuild(store, fresh)
    const wrong: unknown[] = [...(await differingRows(store, fresh))]
    for (const { key, stream } of [small, large]) {
      const archived = moved.get(key)
      if (!archived) {
        if (!here.has(key)) wrong.push(`case ${key} is lost`)
        continue
      }
      if (here.has(key)) wrong.push(`case ${key} is there twice`)
      const content = readFileSync(join(app.folder, 'archive', archived.path))
      if (createHash('sha256').update(content).digest('hex') !== archived.digest) wrong.push(`package of ${key}`)
      if (!(await verifyPackage(content)).holds) wrong.push(`package of ${key} does not hold`)
      if (archived.rows < rows.filter((row) => row.stream === stream).length) wrong.push(`rows of ${key}`)
    }
    const whole = await verifyDatabase(join(app.folder, 'test.db'))
    if (!whole.intact) wrong.push(whole.trail.breaks, whole.seal.breaks)
    return {
      wrong,
      moved: [small, large].filter(({ key }) => moved.has(key)).map(({ number }) => number),
      left: [small, large].map(({ stream }) => rows.filter((row) => row.stream === stream).length),
      files: (await store.read.select().from(file)).length,
    }
  } finally {
    await store.close()
    await fresh.close()
    rmSync(join(app.folder, 'fresh.db'), { force: true })
  }
}

it('F01 retention killed at every point loses nothing, and the next run goes on', { timeout: 120_000 }, async () => {
  const whole = await look()
  expect(whole).toMatchObject({ wrong: [], moved: [], files: 2 })
  const [few = 0, many = 0] = whole.left
  expect(many).toBeGreaterThan(150)

  expect(await retain('retention.exported', 1)).toBe('SIGKILL')
  expect(existsSync(join(app.folder, 'archive', '2026', `${small.number}.zip`))).toBe(true)
  expect(await look()).toEqual({ wrong: [], moved: [], left: [few, many], files: 2 })

  expect(await retain('retention.removing', 1)).toBe('SIGKILL')
  expect(await look()).toEqual({ wrong: [], moved: [small.number], left: [few, many], files: 2 })

  // The first slice is what is left of the small one, the second the first of the large one.
  expect(await retain('retention.removing', 3)).toBe('SIGKILL')
  expect(await look()).toEqual({ wrong: [], moved: [small.number, large.number], left: [0, many - 100], files: 1 })

  expect(await retain('', 0)).toBe(0)
  expect(await look()).toEqual({ wrong: [], moved: [small.number, large.number], left: [0, 0], files: 0 })
  // Their streams are over: a host that is opened now does not begin them anew, since their leaves are there.
  const store = await openLibsqlStore(join(app.folder, 'test.db'), { lock: false })
  expect(await highestStream(store)).toBe(large.stream)
  await store.close()
})
