import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { bundleOf, each, flow, io, line, model, node, play, timer } from '../testing/index.ts'

const day = timer('timeDuration', 'P1D')
const message = '<bpmn:messageEventDefinition messageRef="m"/>'
const root =
  '<bpmn:message id="m" name="news"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key"/></bpmn:extensionElements></bpmn:message>'
const error = '<bpmn:error id="e" errorCode="no"/>'

const errorsOf = async (xml: string) =>
  (await compile(xml, 'a.bpmn')).problems
    .filter((problem) => problem.severity === 'error')
    .map(({ code, elementId }) => `${code} ${elementId}`)

/** An event-based gateway that leads to a timer and to `target`, whose id is `x`. */
const behind = (target: string, attributes = '', more = '') =>
  model(
    node('startEvent', 'start') +
      node('eventBasedGateway', 'g', '', '', attributes) +
      node('intermediateCatchEvent', 'late', '', day) +
      target +
      node('endEvent', 'end') +
      line('start', 'g', 'late', 'end') +
      line('g', 'x', 'end') +
      more,
    root + error,
  )
const receive = (extensions = '', content = '') => node('receiveTask', 'x', extensions, content, 'messageRef="m"')

test('EG7 what may follow an event-based gateway: events and receive tasks it can wait for', async () => {
  expect(await errorsOf(behind(node('intermediateCatchEvent', 'x', '', message)))).toEqual([])
  expect(await errorsOf(behind(receive()))).toEqual([])
  expect(await errorsOf(behind(receive(io({}, { a: '=b' }))))).toEqual([])
})

test.each([
  ['a user task', behind(node('userTask', 'x'))],
  ['an event with a second flow', behind(node('intermediateCatchEvent', 'x', '', message), '', line('late', 'x'))],
  [
    'a receive task with a boundary event',
    behind(receive() + node('boundaryEvent', 'b', '', day, 'attachedToRef="x"'), '', line('b', 'end')),
  ],
  ['a receive task that is a multi-instance', behind(receive('', each({ items: '[1]' })))],
  ['a receive task with input mappings', behind(receive(io({ a: '=1' })))],
])('EG7 %s after an event-based gateway is refused', async (_what, xml) => {
  expect(await errorsOf(xml)).toEqual(['EVENT_GATEWAY_TARGET g'])
})

test('EG7 an event-based gateway that starts a process, waits for all or leads one way is refused', async () => {
  expect(await errorsOf(behind(receive(), 'instantiate="true"'))).toContain('ELEMENT_NOT_EXECUTED g')
  expect(await errorsOf(behind(receive(), 'eventGatewayType="Parallel"'))).toContain('ELEMENT_NOT_EXECUTED g')
  const one = model(
    node('startEvent', 'start') +
      node('eventBasedGateway', 'g') +
      node('intermediateCatchEvent', 'late', '', day) +
      node('endEvent', 'end') +
      line('start', 'g', 'late', 'end'),
  )
  expect(await errorsOf(one)).toEqual(['EVENT_GATEWAY_FLOWS g'])
})

test('IG13 XG7 a flow of a choosing gateway without a condition is refused unless it is the default', async () => {
  for (const [type, id] of [
    ['inclusiveGateway', 'i'],
    ['exclusiveGateway', 'x'],
  ] as const) {
    const drawn = (attributes: string) =>
      model(
        node('startEvent', 'start') +
          node(type, id, '', '', attributes) +
          node('userTask', 'a') +
          node('userTask', 'b') +
          node('endEvent', 'end') +
          line('start', id) +
          flow(id, 'a', 'yes') +
          flow(id, 'b', undefined, 'rest') +
          line('a', 'end') +
          line('b', 'end'),
      )
    expect(await errorsOf(drawn(''))).toEqual([`CONDITION_MISSING ${id}`])
    expect(await errorsOf(drawn('default="rest"'))).toEqual([])
  }
})

test('RT6 a receive task that starts a process, or names no message, is refused', async () => {
  const drawn = (attributes: string) =>
    model(
      node('startEvent', 'start') +
        node('receiveTask', 'x', '', '', attributes) +
        node('endEvent', 'end') +
        line('start', 'x', 'end'),
      root,
    )
  expect(await errorsOf(drawn('messageRef="m" instantiate="true"'))).toEqual(['ELEMENT_NOT_EXECUTED x'])
  expect(await errorsOf(drawn(''))).toEqual(['MESSAGE_MISSING x'])
})

test('IG4 a token before a link throw event is waited for at a join behind the link catch event', async () => {
  const link = '<bpmn:linkEventDefinition id="LINK" name="on"/>'
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      node('intermediateThrowEvent', 'away', '', link.replace('LINK', 'l1')) +
      node('intermediateCatchEvent', 'here', '', link.replace('LINK', 'l2')) +
      node('inclusiveGateway', 'join') +
      node('endEvent', 'end') +
      line('start', 'fork', 'a', 'join', 'end') +
      line('fork', 'b', 'away') +
      line('here', 'join'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  game.complete('a')
  expect(game.state.elements.get(game.state.instance?.key ?? 0)?.joins).toHaveLength(1)
  game.complete('b')
  expect(
    game.facts.filter((fact) => fact.kind === 'element.activated' && fact.value.elementId === 'join'),
  ).toHaveLength(1)
  expect(game.state.instance?.status).toBe('completed')
})

test('PG6 a gateway that no token leaves by a flow is an end', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('exclusiveGateway', 'x') +
      node('inclusiveGateway', 'i') +
      node('parallelGateway', 'p') +
      line('start', 'fork', 'x') +
      line('fork', 'i') +
      line('fork', 'p'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.state.instance?.status).toBe('completed')
})
