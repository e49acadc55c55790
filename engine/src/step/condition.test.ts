import { expect, test } from 'vitest'
import { bundleOf, each, io, line, model, node, play, trace } from '../testing/index.ts'
import { MAX_ACTIVATIONS } from './begin.ts'

const condition = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text.replaceAll('>', '&gt;').replaceAll('<', '&lt;')}</bpmn:condition></bpmn:conditionalEventDefinition>`
const boundary = (text: string, interrupting: boolean, extensions = '') =>
  node('boundaryEvent', 'b', extensions, condition(text), `attachedToRef="a" cancelActivity="${interrupting}"`)
const hosted = (event: string) =>
  model(
    node('startEvent', 'start') + node('userTask', 'a') + node('endEvent', 'end') + event + line('start', 'a', 'end'),
  )

test('CN3 several variables set together are looked at once', async () => {
  const game = play(
    await bundleOf(hosted(boundary('x > 1 or y > 1', false) + node('endEvent', 'told') + line('b', 'told'))),
  )
  game.start()
  const scopeKey = game.state.instance?.key ?? 0
  const { facts } = game.send('variables.set', scopeKey, { scopeKey, variables: { x: 5, y: 5 }, local: false })
  expect(facts.filter((fact) => fact.kind === 'conditionalSubscription.triggered')).toHaveLength(1)
})

test('CN3 a variable that is set to what it was has not changed', async () => {
  const game = play(await bundleOf(hosted(boundary('x.n > 1', false) + node('endEvent', 'told') + line('b', 'told'))))
  game.start({ x: { n: 1 } })
  const scopeKey = game.state.instance?.key ?? 0
  const triggers = (n: number) =>
    game
      .send('variables.set', scopeKey, { scopeKey, variables: { x: { n } }, local: false })
      .facts.filter((fact) => fact.kind === 'conditionalSubscription.triggered').length
  expect([triggers(2), triggers(2), triggers(3), triggers(1), triggers(3)]).toEqual([1, 0, 1, 0, 1])
})

test('CN4 a change that a nearer variable hides is not looked at', async () => {
  const task = node('userTask', 'a', io({ x: '=20' }))
  const event = boundary('x > 10', false) + node('endEvent', 'told') + line('b', 'told')
  const game = play(await bundleOf(hosted(event).replace(node('userTask', 'a'), task)))
  expect(trace(game.start().facts)).toContain('conditionalSubscription.triggered b')
  const scopeKey = game.state.instance?.key ?? 0
  const { facts } = game.send('variables.set', scopeKey, { scopeKey, variables: { x: 900 }, local: false })
  expect(trace(facts)).toEqual(['variables.set'])
})

test('CN4 a variable of a beside scope is not seen', async () => {
  const inner = (id: string) =>
    node(
      'subProcess',
      id,
      io({ x: '=0' }),
      node('startEvent', `${id}s`) + node('userTask', `${id}t`) + line(`${id}s`, `${id}t`),
    )
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('parallelGateway', 'fork') +
          inner('p') +
          inner('q') +
          line('start', 'fork', 'p') +
          line('fork', 'q') +
          node('boundaryEvent', 'b', '', condition('x > 1'), 'attachedToRef="q"') +
          node('endEvent', 'told') +
          line('b', 'told'),
      ),
    ),
  )
  game.start()
  const set = (elementId: string) => {
    const scopeKey = [...game.state.elements.values()].find((one) => one.elementId === elementId)?.key ?? 0
    return trace(game.send('variables.set', scopeKey, { scopeKey, variables: { x: 5 }, local: true }).facts)
  }
  expect(set('p')).toEqual(['variables.set'])
  expect(set('qt')).toEqual(['variables.set'])
  expect(set('q')).toContain('conditionalSubscription.triggered b')
})

test('CN2 a variable that is true for a moment between two tasks triggers', async () => {
  const script = (id: string, value: string) =>
    node('scriptTask', id, `<zeebe:script expression="=${value}" resultVariable="x"/>`)
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          script('up', '11') +
          script('down', '1') +
          node('endEvent', 'end') +
          line('start', 'up', 'down', 'end') +
          node(
            'subProcess',
            'watch',
            '',
            node('startEvent', 'high', '', condition('x > 10'), 'isInterrupting="true"') +
              node('endEvent', 'seen') +
              line('high', 'seen'),
            'triggeredByEvent="true"',
          ),
      ),
    ),
  )
  const told = trace(game.start().facts)
  expect(told).toContain('element.completed seen')
  expect(told).not.toContain('element.activated down')
})

test('CN11 a boundary event whose output makes its condition true again stops, and goes on when resolved', async () => {
  const counting = boundary('x > 0', false, io({}, { x: '=x + 1' }))
  const game = play(await bundleOf(hosted(counting + node('endEvent', 'told') + line('b', 'told'))))
  const { facts } = game.start({ x: 1 })
  const incidents = [...game.state.incidents.values()]
  expect(incidents.map((one) => [one.elementId, one.code, one.retry])).toContainEqual([
    'a',
    'STEP_TOO_LONG',
    'condition',
  ])
  expect(facts.filter((fact) => fact.kind === 'element.activated').length).toBeLessThan(MAX_ACTIVATIONS + 50)
  const stuck = incidents.find((one) => one.retry === 'condition')
  const again = game.send('incident.resolve', stuck?.key, {})
  expect(trace(again.facts).slice(0, 2)).toEqual([
    'incident.resolved a STEP_TOO_LONG',
    'conditionalSubscription.triggered b',
  ])
})

test('CN11 an event sub-process that sets what it waits for stops', async () => {
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('userTask', 'a') +
          node('endEvent', 'end') +
          line('start', 'a', 'end') +
          node(
            'subProcess',
            'watch',
            '',
            node('startEvent', 'high', '', condition('x > 0'), 'isInterrupting="false"') +
              node('scriptTask', 'more', '<zeebe:script expression="=x + 1" resultVariable="x"/>') +
              node('endEvent', 'seen') +
              line('high', 'more', 'seen'),
            'triggeredByEvent="true"',
          ),
      ),
    ),
  )
  game.start({ x: 1 })
  expect([...game.state.incidents.values()].some((one) => one.code === 'STEP_TOO_LONG')).toBe(true)
})

test('CN6 a condition that cannot be judged twice has one incident', async () => {
  const game = play(
    await bundleOf(hosted(boundary('assert(x, x > 0) > 10', true) + node('endEvent', 'told') + line('b', 'told'))),
  )
  game.start({ x: -1 })
  const scopeKey = game.state.instance?.key ?? 0
  game.send('variables.set', scopeKey, { scopeKey, variables: { x: -2 }, local: false })
  game.send('variables.set', scopeKey, { scopeKey, variables: { x: -3 }, local: false })
  expect([...game.state.incidents.values()].map((one) => [one.code, one.retry])).toEqual([
    ['EXPRESSION_FAILED', 'condition'],
  ])
})

test('CN2 many conditions that do not read what changes cost nothing but the look', async () => {
  const events = Array.from(
    { length: 100 },
    (_, index) =>
      node('boundaryEvent', `b${index}`, '', condition(`v${index} > 0`), 'attachedToRef="a" cancelActivity="false"') +
      node('endEvent', `e${index}`) +
      line(`b${index}`, `e${index}`),
  )
  const game = play(await bundleOf(hosted(events.join(''))))
  game.start()
  const scopeKey = game.state.instance?.key ?? 0
  const { facts } = game.send('variables.set', scopeKey, { scopeKey, variables: { v7: 1 }, local: false })
  expect(trace(facts).filter((one) => one.startsWith('conditionalSubscription'))).toEqual([
    'conditionalSubscription.triggered b7',
  ])
})

test('CN3 a result that is null as it was before is no change', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('userTask', 'v', '', each({ items: '[1, 2, 3]', into: 'all', result: 'r' })) +
      node('boundaryEvent', 'seen', '', condition('count(all) = 3'), 'attachedToRef="v" cancelActivity="false"') +
      node('userTask', 'look') +
      node('endEvent', 'end') +
      line('start', 'v', 'end') +
      line('seen', 'look'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  const seen = () => game.tasks().filter((id) => id === 'look').length
  expect(seen()).toBe(1)
  game.complete('v')
  expect(seen()).toBe(1)
  game.complete('v', { r: 'x' })
  expect(seen()).toBe(2)
})
