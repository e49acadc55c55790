import { expect, test } from 'vitest'
import { MAX_STARTS } from '../state/state.ts'
import {
  betweens,
  bundleOf,
  flow,
  io,
  line,
  memoryHost,
  model,
  node,
  play,
  refoldHost,
  saveLoadHost,
  units,
} from '../testing/index.ts'

const signal = '<bpmn:signalEventDefinition signalRef="s"/>'
const root = '<bpmn:signal id="s" name="flood"/>'
const sub = (id: string, interrupting: boolean) =>
  node(
    'subProcess',
    id,
    '',
    node('startEvent', `${id}Start`, '', signal, `isInterrupting="${interrupting}"`) +
      node('userTask', `${id}Task`) +
      node('endEvent', `${id}End`) +
      line(`${id}Start`, `${id}Task`, `${id}End`),
    'triggeredByEvent="true"',
  )

const throwing = node('intermediateThrowEvent', 'warn', io({ level: '=water' }), signal)
const beside =
  node('startEvent', 'start') +
  node('parallelGateway', 'fork') +
  node('intermediateCatchEvent', 'wait', '', signal) +
  node('userTask', 'a') +
  node('endEvent', 'end') +
  node('endEvent', 'e2') +
  flow('start', 'fork') +
  line('fork', 'wait', 'e2') +
  line('fork', 'warn', 'a', 'end') +
  throwing

for (const makeHost of [memoryHost, saveLoadHost, refoldHost])
  test(`SG6 SG7 a signal of the case comes back to its own subscriptions, each by its own command (${makeHost.name})`, async () => {
    const bundle = await bundleOf(model(beside + sub('watch', false), root))
    const host = makeHost({ bundle: () => bundle })
    const by = { type: 'system', id: 'test' } as const
    await host.start({
      processId: 'process',
      at: 0,
      units,
      variables: { water: 4 },
      parameters: {},
      people: {},
      businessId: null,
      actor: by,
    })
    const facts = await host.facts()
    const triggered = facts.filter((fact) => fact.kind === 'signalSubscription.triggered')
    expect(triggered.map((fact) => fact.value)).toEqual([
      expect.objectContaining({ elementId: 'watchStart', variables: { level: 4 }, closed: false }),
      expect.objectContaining({ elementId: 'wait', variables: { level: 4 }, closed: true }),
    ])
    const broadcast = facts.find((fact) => fact.kind === 'signal.broadcast')
    expect(triggered.every((fact) => fact.value.signalKey === broadcast?.key)).toBe(true)
    await host.close()
  })

test('SG4 SG6 what an interrupting subscription has closed gets the signal no more', async () => {
  const bundle = await bundleOf(model(beside + sub('stop', true), root))
  const host = memoryHost({ bundle: () => bundle })
  await host.start({
    processId: 'process',
    at: 0,
    units,
    variables: { water: 4 },
    parameters: {},
    people: {},
    businessId: null,
    actor: { type: 'system', id: 'test' },
  })
  const triggered = (await host.facts()).filter((fact) => fact.kind === 'signalSubscription.triggered')
  expect(triggered.map((fact) => fact.value.elementId)).toEqual(['stopStart'])
})

for (const [name, between] of Object.entries(betweens))
  test(`SG8 the last of fifty cases that have begun one another throws no signal, the one before does (${name})`, async () => {
    const bundle = await bundleOf(
      model(node('startEvent', 'start') + throwing + node('endEvent', 'end') + line('start', 'warn', 'end'), root),
    )
    const start = (startDepth: number) => {
      const game = play(bundle, between)
      const variables = { water: 4 }
      game.send('processInstance.create', undefined, { units, variables, parameters: {}, businessId: null, startDepth })
      return game
    }
    expect(start(MAX_STARTS - 1).state.instance?.status).toBe('completed')
    const { state, facts } = start(MAX_STARTS)
    expect([...state.incidents.values()]).toMatchObject([{ code: 'STARTED_TOO_DEEP', elementId: 'warn' }])
    expect(facts.some(({ kind }) => kind === 'signal.broadcast')).toBe(false)
  })
