import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deliveries } from '../contract/contract.ts'
import { connectorModel } from '../testing/connector-play.ts'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const xml = connectorModel('bihuan.notify', { title: '="T"' }, {}, { id: 'calling' })
  await app.server.host.deploy(
    [{ name: 'p.bpmn', content: Buffer.from(xml) }],
    { type: 'system', id: 'test' },
    'calling',
  )
  for (const tenantId of ['east', 'west'])
    await app.client('POST', '/v2/process-instances', { processDefinitionId: 'calling', tenantId })
})
afterAll(() => app.close())

test('what is still to be sent is shown to systems, and to nobody who is no operator', async () => {
  const answer = await app.client('GET', '/api/deliveries')
  expect(answer.status).toBe(200)
  const { items, next } = (await answer.json()) as Deliveries
  expect(next).toBeNull()
  expect(items).toHaveLength(2)
  expect(items[0]).toMatchObject({
    type: 'bihuan.notify',
    target: 'bihuan.notify',
    attempts: 0,
    retries: 3,
    error: null,
  })
  expect((await (await app.as('clerk.east'))('GET', '/api/deliveries')).status).toBe(403)
  expect((await app.request('GET', '/api/deliveries')).status).toBe(401)
})

test('an operator sees those of his units', async () => {
  const { store, host } = app.server.services
  const { person, position } = store.tables
  const [clerk] = (await store.read.select().from(person)).filter(({ username }) => username === 'second.east')
  await store.single.delete(position)
  await store.single
    .insert(position)
    .values({ personId: clerk!.id, role: 'operator', unitId: 'east', since: host.clock.now() })
  const read = async () => (await (await (await app.as('second.east'))('GET', '/api/deliveries')).json()) as Deliveries
  expect((await read()).items).toHaveLength(1)
  await store.single.update(position).set({ unitId: 'town' })
  expect((await read()).items).toHaveLength(2)
})
