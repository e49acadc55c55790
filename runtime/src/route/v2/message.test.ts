import { flow, line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const key = '<bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements>'
  const waits = model(
    node('startEvent', 's') +
      node('receiveTask', 'r', '', '', 'messageRef="m"') +
      node('endEvent', 'e') +
      line('s', 'r', 'e'),
    `<bpmn:message id="m" name="reply">${key}</bpmn:message>`,
  )
  const call = (id: string, processId: string) =>
    node('callActivity', id, `<zeebe:calledElement processId="${processId}"/>`)
  const calling = model(
    `${node('startEvent', 's')}${node('parallelGateway', 'fork')}${node('receiveTask', 'r', '', '', 'messageRef="m"')}
     ${call('c1', 'one')}${call('c2', 'two')}${node('endEvent', 'e')}
     ${flow('s', 'fork')}${['r', 'c1', 'c2'].map((id) => flow('fork', id) + flow(id, 'e')).join('')}`,
    `<bpmn:message id="m" name="reply">${key}</bpmn:message>`,
  )
  const begins = model(
    node('startEvent', 's', '', '<bpmn:messageEventDefinition messageRef="m"/>') +
      node('userTask', 'u') +
      node('endEvent', 'e') +
      line('s', 'u', 'e'),
    '<bpmn:message id="m" name="begin"/>',
  )
  const both = model(
    node('startEvent', 's') +
      node('startEvent', 'm1', '', '<bpmn:messageEventDefinition messageRef="m"/>') +
      node('receiveTask', 'r', '', '', 'messageRef="m"') +
      node('endEvent', 'e') +
      line('s', 'r', 'e') +
      flow('m1', 'r'),
    `<bpmn:message id="m" name="twofold">${key}</bpmn:message>`,
  )
  const form = new FormData()
  for (const [id, xml] of [
    ['both', both],
    ['hears', waits.replace('name="reply"', 'name="twofold"')],
    ['also', waits.replace('name="reply"', 'name="begin"')],
    ['one', waits],
    ['two', waits],
    ['begun', begins],
    ['calling', calling],
  ] as const)
    form.append('resources', new File([xml.replaceAll('id="process"', `id="${id}"`)], `${id}.bpmn`))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
})
afterAll(() => app.close())

const start = async (processDefinitionId: string, k: string) => {
  const answer = await app.client('POST', '/v2/process-instances', { processDefinitionId, variables: { k } })
  return ((await answer.json()) as { processInstanceKey: string }).processInstanceKey
}
const correlate = async (name: string, correlationKey: string, key?: string) => {
  const answer = await app.client(
    'POST',
    '/v2/messages/correlation',
    { name, correlationKey },
    key === undefined ? {} : { 'idempotency-key': key },
  )
  return { status: answer.status, ...((await answer.json()) as { processInstanceKey?: string; code?: string }) }
}
const stateOf = async (key: string) =>
  ((await (await app.client('GET', `/v2/process-instances/${key}`)).json()) as { state: string }).state
const running = async (processDefinitionId: string) => {
  const filter = { processDefinitionId, state: 'ACTIVE' }
  const answer = await app.client('POST', '/v2/process-instances/search', { filter })
  return ((await answer.json()) as { items: object[] }).items
}
/** Rows of the trail that say a message was published. */
const published = async () => {
  const { trail } = app.server.services.store.tables
  const rows = await app.server.services.store.read.select({ kind: trail.kind }).from(trail)
  return rows.filter(({ kind }) => kind === 'message.publish').length
}

test('a message is handed over at once, to one case of each process, the oldest first', async () => {
  const older = await start('one', 'a')
  const newer = await start('one', 'a')
  const other = await start('two', 'a')
  expect(await correlate('reply', 'a')).toMatchObject({ status: 200, processInstanceKey: older })
  expect([await stateOf(older), await stateOf(newer), await stateOf(other)]).toEqual([
    'COMPLETED',
    'ACTIVE',
    'COMPLETED',
  ])
  expect(await correlate('reply', 'a')).toMatchObject({ status: 200, processInstanceKey: newer })
})

test('a message that begins a case and reaches another names the one it began, as Zeebe does', async () => {
  const waiting = await start('also', 'g')
  const { status, processInstanceKey } = await correlate('begin', 'g', 'begins-and-reaches')
  expect(status).toBe(200)
  expect(await stateOf(waiting)).toBe('COMPLETED')
  expect((await running('begun')).map((one) => (one as { processInstanceKey: string }).processInstanceKey)).toEqual([
    processInstanceKey,
  ])
  await app.server.host.settle()
  expect((await correlate('begin', 'g', 'begins-and-reaches')).processInstanceKey).toBe(processInstanceKey)
  await app.client('POST', `/v2/process-instances/${processInstanceKey}/cancellation`, {})
})

test('ME4 a process that is reached is not begun: the oldest case is named', async () => {
  const older = await start('hears', 'h')
  const newer = await start('both', 'h')
  expect(await correlate('twofold', 'h')).toMatchObject({ status: 200, processInstanceKey: older })
  expect([await stateOf(older), await stateOf(newer)]).toEqual(['COMPLETED', 'COMPLETED'])
  expect(await running('both')).toEqual([])
})

test('ME4 a message reaches each process id once: a case, and each process it calls', async () => {
  const processInstanceKey = await start('calling', 'called')
  expect(await correlate('reply', 'called')).toMatchObject({ status: 200, processInstanceKey })
  const filter = { processInstanceKey, messageName: 'reply' }
  const found = await app.client('POST', '/v2/correlated-message-subscriptions/search', { filter })
  const { items } = (await found.json()) as { items: { processDefinitionId: string; messageKey: string }[] }
  expect(items.map(({ processDefinitionId }) => processDefinitionId).sort()).toEqual(['calling', 'one', 'two'])
  expect(new Set(items.map(({ messageKey }) => messageKey)).size).toBe(1)
  expect(await stateOf(processInstanceKey)).toBe('COMPLETED')
})

test('what nobody waits for is refused, leaves nothing behind and waits for nobody', async () => {
  const before = await published()
  expect(await correlate('reply', 'b')).toMatchObject({ status: 404, code: 'MESSAGE_NOT_CORRELATED' })
  expect(await correlate('unheard', 'b')).toMatchObject({ status: 404, code: 'MESSAGE_NOT_CORRELATED' })
  expect(await published()).toBe(before)
  const late = await start('one', 'b')
  await app.server.host.settle()
  expect(await stateOf(late)).toBe('ACTIVE')
})

test('E03 the same idempotency key gives the same answer, and takes effect once', async () => {
  const first = await start('one', 'c')
  const once = await correlate('reply', 'c', 'key-1')
  const next = await start('one', 'c')
  await app.server.host.settle()
  expect(await correlate('reply', 'c', 'key-1')).toEqual(once)
  expect(once).toMatchObject({ status: 200, processInstanceKey: first })
  expect(await stateOf(next)).toBe('ACTIVE')
  expect(await correlate('reply', 'other', 'key-1')).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
})

test('a case is begun by it, one at a time by a key', async () => {
  const begun = await correlate('begin', 'd')
  expect(begun.status).toBe(200)
  expect(await stateOf(begun.processInstanceKey!)).toBe('ACTIVE')
  const before = await published()
  expect(await correlate('begin', 'd')).toMatchObject({ status: 404 })
  expect(await published()).toBe(before)
  await app.client('POST', `/v2/process-instances/${begun.processInstanceKey}/cancellation`, {})
  const again = await correlate('begin', 'd')
  expect(again.processInstanceKey).not.toBe(begun.processInstanceKey)
})

test('E03 many messages of one key at once begin one case, correlated and published', async () => {
  const before = await running('begun')
  const answers = Array.from({ length: 6 }, () => correlate('begin', 'f'))
  const published = Array.from({ length: 6 }, () =>
    app.client('POST', '/v2/messages/publication', { name: 'begin', correlationKey: 'f', timeToLive: 60_000 }),
  )
  await Promise.all([...answers, ...published, app.server.host.settle()])
  await app.server.host.settle()
  expect((await running('begun')).length - before.length).toBe(1)
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses.filter((status) => status !== 404).length).toBeLessThanOrEqual(1)
})

test('who awaits a result is told at once when the case is terminated', async () => {
  const body = { processDefinitionId: 'one', variables: { k: 'e' }, awaitCompletion: true, requestTimeout: 60_000 }
  const waiting = app.client('POST', '/v2/process-instances', body)
  let found: { items: { processInstanceKey: string }[] } = { items: [] }
  await expect
    .poll(async () => {
      const filter = { variables: [{ name: 'k', value: '"e"' }] }
      found = (await (await app.client('POST', '/v2/process-instances/search', { filter })).json()) as typeof found
      return found.items.length
    })
    .toBe(1)
  await app.client('POST', `/v2/process-instances/${found.items[0]!.processInstanceKey}/cancellation`, {})
  expect((await waiting).status).toBe(409)
})
