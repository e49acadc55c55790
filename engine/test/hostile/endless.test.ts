import { expect, test } from 'vitest'
import { CATCH_UP } from '../../src/model/due.ts'
import { MAX_ACTIVATIONS } from '../../src/step/begin.ts'
import { MAX_CALLS } from '../../src/step/call.ts'
import {
  betweens,
  bundleOf,
  each,
  flow,
  io,
  line,
  model,
  node,
  type Play,
  play,
  timer,
} from '../../src/testing/index.ts'
import { refusals } from './tools.ts'

/** Beside a task that waits: event sub-processes that do not interrupt. */
const beside = (...subProcesses: readonly string[]) =>
  node('startEvent', 'start') +
  node('userTask', 'rest') +
  node('endEvent', 'end') +
  line('start', 'rest', 'end') +
  subProcesses.join('')

const eventSubProcess = (id: string, definition: string, inner: string, ids: readonly string[]) =>
  node(
    'subProcess',
    id,
    '',
    node('startEvent', `${id}s`, '', definition, 'isInterrupting="false"') + inner + line(`${id}s`, ...ids),
    'triggeredByEvent="true"',
  )

const signal = (ref: string) => `<bpmn:signalEventDefinition signalRef="${ref}"/>`
const condition = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`
const script = (id: string, expression: string, variable: string) =>
  node('scriptTask', id, `<zeebe:script expression="=${expression}" resultVariable="${variable}"/>`)

const codesOf = (game: Play) => [...new Set([...game.state.incidents.values()].map((one) => one.code))]
const scopeOf = (game: Play) => game.state.instance?.key ?? 0

/** Hands every signal that was thrown to all who wait for it, as a host does; at most `rounds` times. */
function handOver(game: Play, signals: number, rounds: number): number {
  let steps = 0
  let told = signals
  for (let round = 0; round < rounds && told > 0; round += 1) {
    told = 0
    for (const [key, one] of [...game.state.subscriptions]) {
      if (one.kind !== 'signal' || !game.state.subscriptions.has(key)) continue
      const value = { signalName: one.signalName, signalKey: 1, variables: {} }
      const { facts } = game.send('signal.trigger', key, value)
      expect(facts.length).toBeLessThan(40)
      told += facts.filter((fact) => fact.kind === 'signal.broadcast').length
      steps += 1
    }
  }
  return steps
}

test('E06 SG6 a signal that throws itself costs one small step each time, and nothing piles up', async () => {
  const inner = node('intermediateThrowEvent', 'again', '', signal('s')) + node('endEvent', 'done')
  const root = '<bpmn:signal id="s" name="flood"/>'
  const game = play(await bundleOf(model(beside(eventSubProcess('e', signal('s'), inner, ['again', 'done'])), root)))
  game.start()
  const { size } = game.state.elements
  expect(handOver(game, 1, 200)).toBe(200)
  expect(game.state.elements.size).toBe(size)
  expect(game.state.subscriptions.size).toBe(1)
  expect(codesOf(game)).toEqual([])
  game.complete('rest')
  expect(game.state.instance?.status).toBe('completed')
})

test('E06 SG4 SG6 two signals that answer each other end with the case', async () => {
  const answer = (id: string, to: string) =>
    eventSubProcess(
      id,
      signal(to === 'a' ? 'b' : 'a'),
      node('intermediateThrowEvent', `${id}t`, '', signal(to)) + node('endEvent', `${id}e`),
      [`${id}t`, `${id}e`],
    )
  const roots = '<bpmn:signal id="a" name="one"/><bpmn:signal id="b" name="two"/>'
  const game = play(await bundleOf(model(beside(answer('p', 'a'), answer('q', 'b')), roots)))
  game.start()
  expect(handOver(game, 1, 50)).toBe(100)
  game.send('processInstance.cancel', undefined, { reason: 'enough' })
  expect(game.state.subscriptions.size).toBe(0)
})

test('E06 CN11 ST5 conditions that feed each other stop with an incident, again when it is resolved, and end with the case', async () => {
  const feed = (id: string, reads: string, writes: string) =>
    eventSubProcess(
      id,
      condition(`${reads} > 0`),
      script(`${id}t`, `${reads} + 1`, writes) + node('endEvent', `${id}e`),
      [`${id}t`, `${id}e`],
    )
  const game = play(await bundleOf(model(beside(feed('p', 'x', 'y'), feed('q', 'y', 'x')))))
  game.start({ x: 0, y: 0 })
  const variables = { x: 1 }
  const { facts } = game.send('variables.set', scopeOf(game), { scopeKey: scopeOf(game), variables, local: true })
  expect(facts.filter((fact) => fact.kind === 'element.activated').length).toBeLessThanOrEqual(MAX_ACTIVATIONS + 10)
  expect(codesOf(game)).toEqual(['STEP_TOO_LONG'])
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(codesOf(game)).toEqual(['STEP_TOO_LONG'])
  game.send('processInstance.cancel', undefined, { reason: 'wrong' })
  expect([game.state.incidents.size, game.state.subscriptions.size, game.state.elements.size]).toEqual([0, 0, 1])
})

test('E06 LK1 LK6 a circle of links without a wait is refused at deploy', async () => {
  const link = (name: string) => `<bpmn:linkEventDefinition name="${name}"/>`
  const circle =
    node('startEvent', 'start') +
    node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
    node('endEvent', 'end') +
    node('intermediateThrowEvent', 'to', '', link('L')) +
    node('intermediateCatchEvent', 'from', '', link('L')) +
    line('start', 'g', 'end') +
    flow('g', 'to', 'true') +
    line('from', 'g')
  expect(await refusals(model(circle))).toContain('CYCLE_WITHOUT_WAIT')
})

test('E06 ES10 ST5 escalations that wake each other stop with incidents', async () => {
  const escalation = (ref: string) => `<bpmn:escalationEventDefinition escalationRef="${ref}"/>`
  const wake = (id: string, own: string, other: string) =>
    eventSubProcess(id, escalation(own), node('endEvent', `${id}e`, '', escalation(other)), [`${id}e`])
  const inner =
    node('startEvent', 'is') +
    node('endEvent', 'ie', '', escalation('a')) +
    line('is', 'ie') +
    wake('p', 'a', 'b') +
    wake('q', 'b', 'a')
  const roots = '<bpmn:escalation id="a" escalationCode="A"/><bpmn:escalation id="b" escalationCode="B"/>'
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('subProcess', 'sub', '', inner) +
          node('endEvent', 'end') +
          line('start', 'sub', 'end'),
        roots,
      ),
    ),
  )
  const { facts } = game.start()
  expect(facts.filter((fact) => fact.kind === 'element.activated').length).toBeLessThanOrEqual(MAX_ACTIVATIONS + 10)
  expect(codesOf(game)).toEqual(['STEP_TOO_LONG'])
})

const called = (content: string, extensions: string) =>
  content.replace('<call/>', node('callActivity', 'call', extensions))
const calls = (id: string) => `<zeebe:calledElement processId="${id}"/>`
const frame = (extensions: string) =>
  called(`${node('startEvent', 'start')}<call/>${node('endEvent', 'end')}${line('start', 'call', 'end')}`, extensions)

test('E06 CL1 a process that calls itself stops at 50 levels with one incident', async () => {
  const game = play(await bundleOf(model(frame(calls('process')))), betweens.refold)
  game.start({ a: 'x'.repeat(1_000) })
  expect(codesOf(game)).toEqual(['CALLED_TOO_DEEP'])
  expect(game.facts.filter((fact) => fact.kind === 'callActivity.called')).toHaveLength(MAX_CALLS - 1)
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(codesOf(game)).toEqual(['CALLED_TOO_DEEP'])
  game.send('processInstance.cancel', undefined, { reason: 'wrong' })
  expect(game.state.instance?.status).toBe('terminated')
  expect(game.state.elements.size).toBe(1)
})

test('E06 CL1 two processes that call each other stop with one incident', async () => {
  const other = `<bpmn:process id="other" isExecutable="true">${frame(calls('process'))
    .replaceAll('"start"', '"start2"')
    .replaceAll('"call"', '"call2"')
    .replaceAll('"end"', '"end2"')
    .replaceAll('"start_call"', '"f1"')
    .replaceAll('"call_end"', '"f2"')}</bpmn:process>`
  const game = play(await bundleOf(model(frame(calls('other')), other)))
  game.start()
  expect(codesOf(game)).toEqual(['CALLED_TOO_DEEP'])
})

test('E06 ST5 CL1 a process that calls itself twice each time stops at the limit of the step', async () => {
  const twice = frame('').replace(
    /<bpmn:callActivity.*?<\/bpmn:callActivity>/,
    node('callActivity', 'call', calls('process'), each({ items: '[1, 2]' })),
  )
  const game = play(await bundleOf(model(twice)))
  game.start()
  const begun = game.facts.filter((fact) => fact.kind === 'element.activated').length
  expect(begun).toBeGreaterThan(MAX_ACTIVATIONS)
  expect(begun).toBeLessThan(2 * MAX_ACTIVATIONS)
  expect(codesOf(game)).toContain('STEP_TOO_LONG')
})

test.each(['R/PT1S', '* * * * * *'])(
  'E06 TI2 TI10 %s makes up at most 100 firings after a year of sleep',
  async (cycle) => {
    const event = node(
      'boundaryEvent',
      'tick',
      '',
      timer('timeCycle', cycle),
      'attachedToRef="rest" cancelActivity="false"',
    )
    const game = play(await bundleOf(model(`${beside()}${event}${node('endEvent', 'told')}${line('tick', 'told')}`)))
    game.start()
    game.at += 365 * 86_400_000
    let fired = 0
    for (;;) {
      const [due] = [...game.state.timers.values()].filter((one) => one.dueAt <= game.at)
      if (!due || fired > 1_000) break
      game.send('timer.trigger', due.key, {})
      fired += 1
    }
    expect(fired).toBeLessThanOrEqual(CATCH_UP + 2)
    expect(game.state.timers.size).toBe(1)
  },
)

const adHoc = (content: string, extensions: string) =>
  model(
    node('startEvent', 'start') +
      node('adHocSubProcess', 'pool', extensions, content) +
      node('endEvent', 'end') +
      line('start', 'pool', 'end'),
  )

test('E06 AH9 a worker that always asks for more costs one small step each time', async () => {
  const game = play(await bundleOf(adHoc(node('task', 'a'), '<zeebe:taskDefinition type="w"/>')))
  game.start()
  const { size } = game.state.elements
  for (let round = 0; round < 100; round += 1) {
    const result = {
      type: 'adHocSubProcess' as const,
      activateElements: [{ elementId: 'a', variables: {} }],
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: false,
    }
    const { facts } = game.send('job.complete', [...game.state.jobs.keys()][0], { variables: {}, result })
    expect(facts.length).toBeLessThan(15)
  }
  expect([game.state.jobs.size, game.state.elements.size]).toEqual([1, size])
})

test('E06 ST5 a case held by the limit goes on from there without doing anything twice', async () => {
  const numbers = '<zeebe:adHoc activeElementsCollection="=for i in 1..3000 return &quot;a&quot;"/>'
  const content =
    node('task', 'a', io({ x: '=1' })) +
    node('task', 'b') +
    node('task', 'c') +
    node('task', 'd') +
    line('a', 'b', 'c', 'd')
  const game = play(await bundleOf(adHoc(content, numbers)))
  game.start()
  expect(codesOf(game)).toEqual(['STEP_TOO_LONG'])
  for (const key of [...game.state.incidents.keys()]) game.send('incident.resolve', key, {})
  expect(game.state.instance?.status).toBe('completed')
  const ends = game.facts.filter((fact) => fact.kind === 'element.completed' && fact.value.elementId === 'd')
  expect(ends).toHaveLength(3_000)
})
