import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Actor, CommandKind, CommandValues, Key } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import LibSql from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { verifyTrail } from '../../src/audit/verify.ts'
import { openLibsqlStore } from '../../src/db/libsql-store.ts'
import type { Row } from '../../src/db/schema/index.ts'
import { controllableClock } from '../../src/host/clock.ts'
import type { Host } from '../../src/host/host.ts'
import { openHost } from '../../src/host/open.ts'
import { begunLater, differingTables, rebuild } from '../../src/projection/rebuild.ts'

/**
 * A database as the version before the whole dialect was executed left it: migrations 0000 and 0001, snapshots of format
 * 1. Case `fresh` is in its first task and a message for it is kept; case `half` has voted once of three times, a timer
 * that repeats runs, a job waits, and the outbox has a message for it that was published and not yet handed on.
 */
const before = readFileSync(fileURLToPath(new URL('./before-elements.sql', import.meta.url)), 'utf8')
const clerk: Actor = { type: 'person', id: 'clerk' }
const DAY = 86_400_000

let folder: string
let host: Host
const clock = controllableClock(Date.parse('2026-03-02T09:00:00+08:00'))
const reported: unknown[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-older-'))
  const database = new LibSql(join(folder, 'bihuan.db'))
  database.exec(before)
  database.close()
  reported.length = 0
  const report = (...what: unknown[]) => reported.push(what)
  host = await openHost({ databaseUrl: join(folder, 'bihuan.db'), clock, poll: false, report })
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

let requests = 0
function submit<K extends CommandKind>(kind: K, key: Key, value: CommandValues[K]) {
  requests += 1
  return host.submit({ kind, key, actor: clerk, requestId: `r${requests}`, value } as Parameters<Host['submit']>[0])
}

/** Completes the open tasks of one element, oldest first. */
async function complete(elementId: string, variables = {}): Promise<number> {
  const { userTask: t } = host.store.tables
  const all: Row<'userTask'>[] = await host.store.read.select().from(t).where(eq(t.elementId, elementId)).orderBy(t.key)
  const open = all.filter(({ state }) => state === 'created')
  for (const { key } of open) await submit('userTask.complete', key, { variables, formKey: null })
  await host.settle()
  return open.length
}

it('goes on with the cases an older version left half way, to their end', async () => {
  clock.pin(clock.now() + DAY)
  await host.settle()
  // The cycle of `half` came once and runs on.
  const timers = await host.store.read.select().from(host.store.tables.timer)
  expect(timers).toMatchObject([{ elementId: 'late', createdAt: clock.now(), dueAt: clock.now() + DAY }])
  expect(await complete('a')).toBe(1)
  expect(await complete('each', { yes: true })).toBe(5)
  const jobs = await host.activateJobs({ type: 'stamp', worker: 'w', timeout: 60_000, maxJobs: 10 })
  expect(jobs.map(({ priority }) => priority)).toEqual([0, 0])
  for (const { key } of jobs) await submit('job.complete', key, { variables: {} })
  expect(await complete('b')).toBe(2)
  const cases = await host.store.read.select().from(host.store.tables.processInstance)
  expect(cases.map(({ state }) => state)).toEqual(['completed', 'completed'])
  expect(reported).toEqual([])
  expect(await verifyTrail(host.store)).toMatchObject({ intact: true, erased: 0 })
  const anew = await openLibsqlStore(join(folder, 'anew.db'), { lock: false })
  await rebuild(host.store, anew)
  const differing = await differingTables(host.store, anew)
  expect(differing.filter((table) => !begunLater.has(table))).toEqual([])
  await anew.close()
})

it('answers a request that an older version has answered, and deploys beside what that one deployed', async () => {
  const [{ key, xml }] = (await host.store.read.select().from(host.store.tables.processDefinition)) as [
    Row<'processDefinition'>,
  ]
  const units = [{ id: 'v1', name: 'Village', level: 'village' }]
  const variables = { subject: 'half', order: 'half', houses: [1, 2, 3] }
  const again = await host.start({ processId: 'process', units, variables, actor: clerk, requestId: 'half' })
  expect(again.definitionKey).toBe(key)
  expect(await host.store.read.select().from(host.store.tables.processInstance)).toHaveLength(2)
  const same = await host.deploy([{ name: 'p.bpmn', content: Buffer.from(xml) }], clerk, 'same')
  expect(same.processes).toMatchObject([{ key, version: 1 }])
  const newer = Buffer.from(xml.replace('name="A"', 'name="A2"'))
  expect((await host.deploy([{ name: 'p.bpmn', content: newer }], clerk, 'new')).processes).toMatchObject([
    { version: 2 },
  ])
  expect(await complete('a')).toBe(1)
  expect(reported).toEqual([])
})
