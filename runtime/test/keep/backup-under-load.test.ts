import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLibsqlStore } from '../../src/db/libsql-store.ts'
import { takeBackup } from '../../src/keep/backup.ts'
import { checkBackup, restoreBackup } from '../../src/keep/restore.ts'
import { differingTables, rebuild } from '../../src/projection/rebuild.ts'
import { openTestApp } from '../../src/route/test-app.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const PASSWORD = 'a-long-password'
/** Cases that have to be there before the backup begins, and after it. */
const CASES = 40

let place: string
const servers: { stop(): Promise<unknown> }[] = []

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'bihuan-load-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  await rm(place, { recursive: true, force: true })
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type Call = (method: string, path: string, body?: unknown) => Promise<Response>

/** A server in a process of its own on a data folder. */
async function serve(data: string, database: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env.PATH, PORT: '0', BIHUAN_DATA: data, BIHUAN_DATABASE_URL: `file:${database}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((done) => child.on('close', done))
  const server = {
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
  servers.push(server)
  const address = await new Promise<string>((done, failed) => {
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
      const found = /listens on (\S+)/.exec(printed)
      if (found) done(found[1]!)
    })
    child.on('close', () => failed(new Error('Expected the server to start, but it ended')))
  })
  const signIn = async (username: string): Promise<Call> => {
    const headers = { origin: address, 'content-type': 'application/json' }
    const session = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ username, password: PASSWORD }),
    })
    const cookie = session.headers.getSetCookie().map((one) => one.split(';')[0])
    return (method, path, body) =>
      fetch(address + path, {
        method,
        headers: {
          origin: address,
          cookie: cookie.join('; '),
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      })
  }
  return { ...server, signIn }
}

/** What the server has acknowledged. */
interface Acknowledged {
  readonly cases: {
    readonly key: string
    readonly by: string
    readonly file: string
    readonly digest: string
    /** Whether its first task is left to be done. */
    readonly isOpen: boolean
  }[]
  /** Keys of tasks that were completed. */
  readonly done: string[]
}

/** Uploads, starts a case with the upload, and completes every other first task; again and again until told. */
async function work(by: string, who: Call, seen: Acknowledged, isOver: () => boolean): Promise<void> {
  let isOpen = false
  while (!isOver()) {
    const bytes = Buffer.concat([png, randomBytes(24)])
    const form = new FormData()
    form.append('file', new File([new Uint8Array(bytes)], 'photo.png'))
    const file = (await (await who('POST', '/api/files', form)).json()) as { id: string }
    const answers = { subject: 'x', photos: [file] }
    const begun = await who('POST', '/api/cases', { processId: 'petition', unitId: 'east', formKey: null, answers })
    expect(begun.status).toBe(201)
    const { caseKey } = (await begun.json()) as { caseKey: string }
    const digest = sha256(bytes)
    isOpen = !isOpen
    seen.cases.push({ key: caseKey, by, file: file.id, digest, isOpen })
    if (isOpen) continue
    const task = await firstTask(who, caseKey)
    await who('POST', `/api/tasks/${task}/claim`)
    const completed = await who('POST', `/api/tasks/${task}/complete`, { formKey: null, answers: { report: 'done' } })
    expect(completed.status).toBe(200)
    seen.done.push(task)
  }
}

async function firstTask(who: Call, caseKey: string): Promise<string> {
  const { tasks } = (await (await who('GET', `/api/cases/${caseKey}`)).json()) as { tasks: { key: string }[] }
  return tasks[0]!.key
}

test('F15 G10 a backup under load, restored elsewhere, holds all that was acknowledged before; its tasks are finished, its files opened', async () => {
  const app = await openTestApp()
  await app.server.close()
  try {
    const server = await serve(app.folder, join(app.folder, 'test.db'))
    const seen: Acknowledged = { cases: [], done: [] }
    let isOver = false
    const people = ['clerk.east', 'second.east']
    const load = Promise.all(people.map(async (by) => work(by, await server.signIn(by), seen, () => isOver)))
    await Promise.race([load, expect.poll(() => seen.cases.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(CASES)])

    const before = { cases: [...seen.cases], done: [...seen.done] }
    const target = join(place, 'saved')
    const began = performance.now()
    const manifest = await takeBackup({
      databasePath: join(app.folder, 'test.db'),
      dataFolder: app.folder,
      target,
      version: 'test',
      now: Date.now,
      secrets: true,
    })
    const taken = performance.now() - began
    await Promise.race([
      load,
      expect.poll(() => seen.cases.length, { timeout: 60_000 }).toBeGreaterThan(before.cases.length + 10),
    ])
    isOver = true
    await load
    await server.stop()

    expect(manifest.trail.verified).toBe(true)
    expect(manifest.lost).toEqual([])
    await checkBackup(target)
    const restoring = performance.now()
    const data = join(place, 'data')
    await restoreBackup(target, data)
    const restored = performance.now() - restoring
    expect(await readdir(join(data, 'files'))).not.toEqual([])

    // Every table is what the trail says: no case is half there.
    const store = await openLibsqlStore(join(data, 'bihuan.db'), { lock: false })
    const fresh = await openLibsqlStore(join(place, 'fresh.db'), { lock: false })
    await rebuild(store, fresh)
    expect(await differingTables(store, fresh)).toEqual([])
    const { processInstance, userTask } = store.tables
    const cases = new Set((await store.read.select().from(processInstance)).map(({ key }) => String(key)))
    const tasks = await store.read.select().from(userTask)
    await store.close()
    await fresh.close()
    for (const { key } of before.cases) expect(cases.has(key)).toBe(true)
    const completed = new Set(tasks.filter(({ state }) => state === 'completed').map(({ key }) => String(key)))
    for (const key of before.done) expect(completed.has(key)).toBe(true)
    expect(cases.size).toBe(manifest.rows.process_instance)

    const elsewhere = await serve(data, join(data, 'bihuan.db'))
    const ready = performance.now() - restoring
    const left = before.cases.filter(({ isOpen }) => isOpen).slice(-6)
    expect(left).toHaveLength(6)
    for (const { key, by, file, digest } of left) {
      const clerk = await elsewhere.signIn(by)
      const opened = await clerk('GET', `/api/files/${file}`)
      expect(opened.status).toBe(200)
      expect(sha256(Buffer.from(await opened.arrayBuffer()))).toBe(digest)
      const task = await firstTask(clerk, key)
      await clerk('POST', `/api/tasks/${task}/claim`)
      const answer = await clerk('POST', `/api/tasks/${task}/complete`, { formKey: null, answers: { report: 'later' } })
      expect(answer.status).toBe(200)
    }
    console.log(
      `backup ${Math.round(taken)} ms under load, lost 0 of ${before.cases.length} cases acknowledged before it; ` +
        `restored in ${Math.round(restored)} ms, served after ${Math.round(ready)} ms`,
    )
  } finally {
    for (const one of servers.splice(0)) await one.stop()
    await rm(app.folder, { recursive: true, force: true })
  }
}, 180_000)
