import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Rejection } from '@bihuan/engine'
import { DrizzleQueryError } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FileStore } from '../file/file-store.ts'
import type { Person } from '../identity/who.ts'
import { code } from '../testing/suite/host-play.ts'
import { createApp } from './app.ts'
import { InboxEvents } from './inbox-events.ts'
import { route } from './route.ts'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

test.each([
  ['SQLITE_FULL', 507, 'STORAGE_FULL'],
  ['SQLITE_IOERR_FSYNC', 503, 'STORAGE_UNAVAILABLE'],
  ['SQLITE_BUSY', 503, 'STORAGE_UNAVAILABLE'],
])(
  'F04 a single statement that fails with %s is answered %i, not as a fault of ours',
  async (driverCode, status, name) => {
    const failing = createApp(app.server.services, [
      route({
        method: 'GET',
        path: '/api/failing',
        policy: 'public',
        summary: 'Fails',
        input: null,
        output: null,
        handler: async () => {
          throw new DrizzleQueryError('insert', [], Object.assign(new Error('disk'), { code: driverCode }))
        },
      }),
    ])
    const answer = await failing.request('/api/failing')
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: name })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  },
)

test('F05 an upload is refused before anything of it is on the disk when there is too little room', async () => {
  const files = new FileStore(app.server.services.store, app.folder, () => {
    throw new Rejection('STORAGE_FULL')
  })
  let isRead = false
  const content = (async function* () {
    isRead = true
    yield new Uint8Array(10)
  })()
  expect(await code(files.receive({ content, name: 'a.png', uploadedBy: 'p', at: 1 }))).toBe('STORAGE_FULL')
  expect(isRead).toBe(false)
  expect(await readdir(join(app.folder, 'files', 'incoming')).catch(() => [])).toEqual([])
})

test('F18 lines to pages are bounded in number, and a page that does not read is let go', async () => {
  const events = new InboxEvents(app.server.services)
  const person = (id: string) => ({ type: 'person', id, positions: [] }) as unknown as Person
  const listen = (id: string) => events.listen(person(id), null, new AbortController().signal)
  const lines: Response[] = []
  for (let i = 0; i < 2_000; i += 1) lines.push(listen(`p${i >> 3}`))
  expect(() => listen('another')).toThrow(expect.objectContaining({ code: 'OVERLOADED', facts: { seconds: 30 } }))
  // Nobody reads the first person's lines: when they are full they end, and make room.
  for (let i = 0; i < 100; i += 1) events.tellPeople(['p0'])
  const reopened = listen('another')
  expect(reopened.status).toBe(200)
  // What was sent before is read to the end.
  expect((await lines[0]!.text()).match(/event: changed/g)?.length).toBeGreaterThan(10)
  events.end()
  expect(await lines[1_999]!.text()).toBe('retry: 3000\n\n')
})
