import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const xml = model(
    `${node('startEvent', 's')}${node('receiveTask', 'r', '', '', 'messageRef="m"')}${node('endEvent', 'e')}${line('s', 'r', 'e')}`,
    '<bpmn:message id="m" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
  ).replaceAll('id="process"', 'id="awaiting"')
  const form = new FormData()
  form.append('resources', new File([xml], 'p.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
})
afterAll(() => app.close())

const publish = (body: object, headers = {}) => app.client('POST', '/v2/messages/publication', body, headers)
const start = async (order: string): Promise<string> => {
  const asked = { processDefinitionId: 'awaiting', tenantId: 'east', variables: { order } }
  const answer = await app.client('POST', '/v2/process-instances', asked)
  await app.advance(0)
  return ((await answer.json()) as { processInstanceKey: string }).processInstanceKey
}
const stateOf = async (key: string): Promise<string> =>
  ((await (await app.client('GET', `/v2/process-instances/${key}`)).json()) as { state: string }).state

test('a message id counts once while its message waits: a second one is 409, as with Zeebe', async () => {
  const message = { name: 'paid', correlationKey: 'A', messageId: 'receipt-1', timeToLive: 60_000 }
  expect((await publish(message)).status).toBe(200)
  const again = await publish(message)
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ code: 'MESSAGE_ID_TAKEN' })
  // The id is of name and key: another key is another message.
  expect((await publish({ ...message, correlationKey: 'B' })).status).toBe(200)
  expect((await publish({ ...message, name: 'refunded' })).status).toBe(200)
  // An empty id is none.
  for (let i = 0; i < 2; i++) expect((await publish({ ...message, messageId: '' })).status).toBe(200)
  // Many at once are one.
  const racing = { ...message, messageId: 'receipt-2' }
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await publish(racing)).status))
  expect(statuses.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
  await app.advance(60_001)
  expect((await publish(message)).status).toBe(200)
  await app.advance(60_001)
})

test('F13 the same request id gives the first answer, id or not', async () => {
  const message = { name: 'paid', correlationKey: 'C', messageId: 'receipt-3', timeToLive: 60_000 }
  const headers = { 'idempotency-key': 'once' }
  const first = await (await publish(message, headers)).json()
  const second = await publish(message, headers)
  expect([second.status, await second.json()]).toEqual([200, first])
  expect((await publish({ ...message, correlationKey: 'D' }, headers)).status).toBe(422)
})

test('a message is kept for its time, and not a moment longer', async () => {
  await publish({ name: 'paid', correlationKey: 'E', timeToLive: 1000 })
  await app.advance(999)
  expect(await stateOf(await start('E'))).toBe('COMPLETED')
  // It has reached its process once: the next case waits.
  expect(await stateOf(await start('E'))).toBe('ACTIVE')
  await publish({ name: 'paid', correlationKey: 'F', timeToLive: 1000 })
  await app.advance(1000)
  expect(await stateOf(await start('F'))).toBe('ACTIVE')
  // Without a time it is for who waits now, and for nobody later.
  await publish({ name: 'paid', correlationKey: 'G' })
  expect(await stateOf(await start('G'))).toBe('ACTIVE')
})
