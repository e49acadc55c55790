import { MAX_STARTS } from '@bihuan/engine'
import { line, model, node } from '@bihuan/engine/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unitLine } from '../identity/person.ts'
import { ConnectorPlay, connectorModel } from '../testing/connector-play.ts'

let play: ConnectorPlay
beforeEach(async () => {
  play = await ConnectorPlay.open()
})
afterEach(() => play.close())

const named = (xml: string, id: string) => xml.replaceAll('id="process"', `id="${id}"`)
const waiting = named(
  model(
    `${node('startEvent', 's')}${node('receiveTask', 'r', '', '', 'messageRef="m"')}${node('endEvent', 'e')}${line('s', 'r', 'e')}`,
    `<bpmn:message id="m" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>`,
  ),
  'waiting',
)
const states = async () => (await play.rows('processInstance')).map(({ processId, state }) => [processId, state])

it('begins another case once, whatever is broken off in between', async () => {
  await play.deploy(waiting)
  await play.deploy(
    connectorModel('bihuan.start', { processId: '="waiting"', variables: '={order: no}' }, {}, { id: 'starter' }),
  )
  await play.start({ no: 'N1' }, 'starter')
  // Another attempt did the work and was killed before it could say so.
  const { key } = (await play.rows('job'))[0]!
  const { units } = (await play.rows('processInstance'))[0]!
  const actor = { type: 'system', id: 'connector' } as const
  const variables = { order: 'N1' }
  const asked = { processId: 'waiting', unit: 'v1', variables }
  const requestId = `connector:${key}`
  const { instanceKey } = await play.host.start({ processId: 'waiting', units, variables, actor, requestId, asked })
  await play.settle()
  expect(await states()).toEqual([
    ['starter', 'completed'],
    ['waiting', 'active'],
  ])
  expect(await play.variable('startedCase')).toMatchObject({
    processInstanceKey: String(instanceKey),
    processId: 'waiting',
    version: 1,
  })
})

it('publishes a message to another case, once', async () => {
  await play.deploy(waiting)
  await play.deploy(
    connectorModel(
      'bihuan.message',
      { messageName: '="paid"', correlationKey: '=no', timeToLive: '="PT1H"', variables: '={sum: 3}' },
      {},
      { id: 'sender' },
    ),
  )
  await play.start({ no: 'N1' }, 'sender')
  await play.settle()
  expect(await play.rows('message')).toMatchObject([
    { name: 'paid', correlationKey: 'N1', messageId: expect.stringMatching(/^connector:/), variables: { sum: 3 } },
  ])
  await play.start({ order: 'N1' }, 'waiting')
  await play.settle()
  expect(await states()).toEqual([
    ['sender', 'completed'],
    ['waiting', 'completed'],
  ])
})

it('T06 what an erased case has published and nobody has taken yet goes with it', async () => {
  await play.deploy(
    connectorModel(
      'bihuan.message',
      { messageName: '="paid"', correlationKey: '=no', timeToLive: '="P30D"', variables: '={name: name}' },
      {},
      { id: 'sender' },
    ),
  )
  await play.start({ no: 'N1', name: '张三' }, 'sender')
  await play.start({ no: 'N2', name: '李四' }, 'sender')
  await play.settle()
  const { key } = (await play.rows('processInstance'))[0]!
  const actor = { type: 'system', id: 'operator' } as const
  await play.host.erase({ key, fields: ['name'], reason: 'demand', actor, requestId: 'erase' })
  expect(await play.rows('message')).toMatchObject([{ correlationKey: 'N2', variables: { name: '李四' } }])
})

it('what the other side refuses is an incident that says why', async () => {
  const refused: readonly { readonly [name: string]: string }[] = [
    { processId: '="nothing"' },
    { processId: '="waiting"', unit: '="nowhere"' },
    { processId: '=null' },
    { processId: '="waiting"', variables: '=[1]' },
  ]
  for (const inputs of refused) {
    await play.deploy(connectorModel('bihuan.start', inputs))
    await play.start()
  }
  await play.settle()
  expect((await play.rows('incident')).map(({ facts }) => facts.message)).toEqual([
    expect.stringMatching(/^NOT_FOUND: /),
    expect.stringMatching(/^INPUT_INVALID: unit/),
    expect.stringMatching(/^INPUT_INVALID: processId/),
    expect.stringMatching(/^INPUT_INVALID: variables/),
  ])
})

it('a process that begins itself is stopped by an incident', async () => {
  await play.deploy(connectorModel('bihuan.start', { processId: '="again"' }, {}, { id: 'again' }))
  await play.start({}, 'again')
  await play.settle()
  const cases = await play.rows('processInstance')
  expect(cases.map(({ startDepth }) => startDepth)).toEqual(Array.from({ length: MAX_STARTS + 1 }, (_, i) => i))
  expect((await play.rows('incident')).map(({ instanceKey, facts }) => [instanceKey, facts.message])).toEqual([
    [cases.at(-1)!.key, expect.stringMatching(/^STARTED_TOO_DEEP: /)],
  ])
})

it('so is one that begins itself by a message', async () => {
  const sends = connectorModel('bihuan.message', { messageName: '="again"' }, {}, { id: 'again' })
  const begunByMessage = sends
    .replace(
      /(<bpmn:startEvent id="s"[^>]*?)\/?>(<\/bpmn:startEvent>)?/,
      '$1><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>',
    )
    .replace('<bpmn:process', '<bpmn:message id="m" name="again"/><bpmn:process')
  await play.deploy(begunByMessage)
  await play.host.publishMessage({
    name: 'again',
    correlationKey: '',
    timeToLive: 0,
    messageId: null,
    variables: {},
    actor: { type: 'client', id: 'elsewhere' },
    requestId: 'first',
  })
  await play.settle()
  expect(await play.rows('processInstance')).toHaveLength(MAX_STARTS + 1)
  expect((await play.rows('incident')).map(({ facts }) => facts.message)).toEqual([
    expect.stringMatching(/^STARTED_TOO_DEEP: /),
  ])
})

const tree = [
  { id: 'd', level: 'district', parentId: null, path: '/d/' },
  { id: 't1', level: 'township', parentId: 'd', path: '/d/t1/' },
  { id: 't2', level: 'township', parentId: 'd', path: '/d/t2/' },
  { id: 'v1', level: 'village', parentId: 't1', path: '/d/t1/v1/' },
  { id: 'v2', level: 'village', parentId: 't1', path: '/d/t1/v2/' },
]

it.each([
  ['v1', 'v1', true],
  ['v1', 't1', true],
  ['v1', 'd', true],
  ['t1', 'v2', true],
  ['v1', 'v2', false],
  ['v1', 't2', false],
  ['t2', 'v2', false],
])('a case of %s begins one in %s: %s', async (own, unit, isBegun) => {
  const { store } = play.host
  for (const [place, row] of tree.entries())
    await store.single.insert(store.tables.unit).values({ ...row, name: row.id, place })
  await play.deploy(waiting)
  await play.deploy(
    connectorModel('bihuan.start', { processId: '="waiting"', unit: `="${unit}"`, variables: '={order: 1}' }),
  )
  const units = await unitLine(store, own)
  await play.host.start({
    processId: 'process',
    units,
    variables: {},
    actor: { type: 'person', id: 'clerk' },
    requestId: 's',
  })
  await play.settle()
  const begun = (await play.rows('processInstance')).filter(({ processId }) => processId === 'waiting')
  expect(begun.map(({ unitId }) => unitId)).toEqual(isBegun ? [unit] : [])
  expect((await play.rows('incident')).map(({ facts }) => facts.message)).toEqual(
    isBegun ? [] : [expect.stringMatching(/^INPUT_INVALID: unit: expected the unit of the case/)],
  )
})
