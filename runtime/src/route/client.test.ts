import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { recordingOn } from '../host/recording.ts'
import { addApiClient, removeApiClient } from '../identity/api-client.ts'
import { openTestApp, type TestApp } from './test-app.ts'

const by = { type: 'system', id: 'test' } as const

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const add = async () => {
  const { id, secret } = await addApiClient(app.server.host, 'other', by)
  const ask = async (given = secret) =>
    (await app.request('POST', '/v2/user-tasks/search', {}, { authorization: `Bearer ${id}.${given}` })).status
  return { id, ask }
}

/** Starts a case of the petition; gives the key of its first task. */
async function start(): Promise<string> {
  const variables = { place: 'East', text: 'A lamp is broken' }
  const started = await app.client('POST', '/v2/process-instances', { processDefinitionId: 'petition', variables })
  const { processInstanceKey } = (await started.json()) as { processInstanceKey: string }
  const filter = { processInstanceKey, state: 'CREATED' }
  const found = await (await app.client('POST', '/v2/user-tasks/search', { filter })).json()
  return (found as { items: { userTaskKey: string }[] }).items[0]!.userTaskKey
}
const complete = (key: string, headers = {}) => app.client('POST', `/v2/user-tasks/${key}/completion`, {}, headers)
const remembered = async () =>
  (await app.server.host.store.read.select().from(app.server.host.store.tables.request)).length

test('A08 a client that has been removed is let in no more', async () => {
  const { id, ask } = await add()
  expect(await ask()).toBe(200)
  expect(await removeApiClient(app.server.host, id, by)).toBe(true)
  expect(await ask()).toBe(401)
})

test('A08 nor one that was removed by the command line beside the server', async () => {
  const { id, ask } = await add()
  expect(await ask()).toBe(200)
  const beside = await openLibsqlStore(join(app.folder, 'test.db'), { lock: false })
  await nextTurn()
  expect(await ask()).toBe(200)
  expect(await removeApiClient(recordingOn(beside, 'sha256'), id, by)).toBe(true)
  await beside.close()
  await nextTurn()
  expect(await ask()).toBe(401)
})

test('A08 a wrong secret proves nothing, whoever has come before', async () => {
  const { ask } = await add()
  expect(await ask()).toBe(200)
  expect(await ask('wrong')).toBe(401)
})

test('P3 what nobody can ask again is not remembered; what has a key is', async () => {
  const [one, other] = [await start(), await start()]
  const before = await remembered()
  expect((await complete(one)).status).toBe(204)
  expect(await remembered()).toBe(before)
  const key = { 'idempotency-key': 'other' }
  expect((await complete(other, key)).status).toBe(204)
  expect(await remembered()).toBe(before + 1)
  expect((await complete(other, key)).status).toBe(204)
  expect((await complete(other)).status).toBe(404)
})

test('A02 a task that never was is not found, in a case that goes on, has ended, or never was', async () => {
  const going = Number(await start())
  const ended = Number(await start())
  const filter = { userTaskKey: String(ended) }
  const found = (await (await app.client('POST', '/v2/user-tasks/search', { filter })).json()) as {
    items: { processInstanceKey: string }[]
  }
  const { processInstanceKey } = found.items[0]!
  expect((await app.client('POST', `/v2/process-instances/${processInstanceKey}/cancellation`, {})).status).toBe(204)
  for (const key of [going + 500, ended + 500, ended + 2 ** 20 * 5000, 1]) {
    const answer = await complete(String(key))
    expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })])
  }
  const late = await complete(String(ended))
  expect([late.status, await late.json()]).toEqual([404, expect.objectContaining({ code: 'USER_TASK_COMPLETED' })])
})

test('an answer without a body says to browsers what every other says', async () => {
  const shown = await app.client('POST', '/v2/user-tasks/search', {})
  const done = await complete(await start())
  expect([shown.status, done.status]).toEqual([200, 204])
  const ofBody = ['cache-control', 'content-encoding', 'content-length', 'content-type', 'transfer-encoding', 'vary']
  const said = ({ headers }: Response) => [...headers].filter(([name]) => !ofBody.includes(name))
  expect(said(done)).toEqual(said(shown))
  expect(done.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})
