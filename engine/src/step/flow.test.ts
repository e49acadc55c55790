import { expect, test } from 'vitest'
import type { Fact } from '../record/record.ts'
import { bundleOf, flow, line, model, node, play, trace } from '../testing/index.ts'

test('SC1 start, user task, end: the whole trace', async () => {
  const bundle = await bundleOf(
    model(
      node('startEvent', 'start') +
        node('userTask', 'a', '', '', 'name="Task A"') +
        node('endEvent', 'end') +
        line('start', 'a', 'end'),
    ),
  )
  const game = play(bundle)
  expect(trace(game.start({ x: 1 }).facts)).toEqual([
    'processInstance.created',
    'variables.set',
    'element.activated start',
    'element.completed start',
    'sequenceFlow.taken start_a',
    'element.activated a',
    'userTask.created a',
  ])
  expect(trace(game.complete('a', { y: 2 }).facts)).toEqual([
    'userTask.completed a',
    'variables.set',
    'element.completed a',
    'sequenceFlow.taken a_end',
    'element.activated end',
    'element.completed end',
    'processInstance.completed',
  ])
  expect(game.variables()).toEqual({ x: 1, y: 2 })
  expect(game.state.instance?.status).toBe('completed')
})

const choice = model(
  node('startEvent', 'start') +
    node('exclusiveGateway', 'g', '', '', 'default="g_c"') +
    node('userTask', 'a') +
    node('userTask', 'b') +
    node('userTask', 'c') +
    flow('start', 'g') +
    flow('g', 'a', '3 * present >= 2 * expected') +
    flow('g', 'b', 'present > 10') +
    flow('g', 'c'),
)

test('XG1 the first condition that is true is taken, with its reason', async () => {
  const game = play(await bundleOf(choice))
  const taken = game
    .start({ present: 34, expected: 50 })
    .facts.find((fact) => fact.kind === 'sequenceFlow.taken' && fact.value.flowId === 'g_a')
  expect(taken?.value).toMatchObject({
    why: { rule: '3 * present >= 2 * expected', inputs: { present: 34, expected: 50 }, result: true },
  })
  expect(game.tasks()).toEqual(['a'])
})

test('XG2 the default flow is taken when no condition is true, with what was judged', async () => {
  const game = play(await bundleOf(choice))
  const facts = game.start({ present: 3, expected: 50 }).facts
  const taken = facts.find((fact) => fact.kind === 'sequenceFlow.taken' && fact.value.flowId === 'g_c')
  expect(taken?.value).toMatchObject({ why: { inputs: { present: 3, expected: 50 }, result: false } })
  expect(game.tasks()).toEqual(['c'])
})

test('XG3 IN2 a condition that is neither true nor false is an incident, and resolving asks again (quality E11)', async () => {
  const game = play(await bundleOf(choice))
  game.start({ expected: 50 })
  expect(game.tasks()).toEqual([])
  const [incident] = game.state.incidents.values()
  expect(incident).toMatchObject({ code: 'CONDITION_NOT_BOOLEAN', elementId: 'g', retry: 'activate' })
  const instanceKey = game.state.instance!.key
  game.send('variables.set', instanceKey, { scopeKey: instanceKey, variables: { present: 40 }, local: true })
  game.send('incident.resolve', incident!.key, {})
  expect(game.tasks()).toEqual(['a'])
  expect(game.state.incidents.size).toBe(0)
})

test('XG4 no flow taken is an incident', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('exclusiveGateway', 'g') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      flow('start', 'g') +
      flow('g', 'a', 'x = 1') +
      flow('g', 'b', 'x = 2'),
  )
  const game = play(await bundleOf(xml))
  game.start({ x: 3 })
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['NO_FLOW_TAKEN'])
})

const fork = model(
  node('startEvent', 'start') +
    node('parallelGateway', 'fork') +
    node('userTask', 'a') +
    node('userTask', 'b') +
    node('parallelGateway', 'join') +
    node('userTask', 'c') +
    node('endEvent', 'end') +
    flow('start', 'fork') +
    flow('fork', 'a') +
    flow('fork', 'b') +
    flow('a', 'join') +
    flow('b', 'join') +
    line('join', 'c', 'end'),
)

test('PG1 a join waits for a token at every incoming flow and names its causes', async () => {
  const game = play(await bundleOf(fork))
  game.start()
  expect(game.tasks()).toEqual(['a', 'b'])
  const first = game.complete('b').facts
  expect(trace(first)).toEqual([
    'userTask.completed b',
    'element.completed b',
    'sequenceFlow.taken b_join',
    'join.arrived b_join',
  ])
  const second = game.complete('a').facts
  const join = second.find((fact) => fact.kind === 'element.activated' && fact.value.elementId === 'join')
  expect((join as Fact<'element.activated'>).value.causes).toHaveLength(2)
  expect(game.tasks()).toEqual(['c'])
  game.complete('c')
  expect(game.state.instance?.status).toBe('completed')
})

test('PG2 two tokens on one flow do not make a join full', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('exclusiveGateway', 'merge') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      node('parallelGateway', 'join') +
      node('userTask', 'c') +
      flow('start', 'fork') +
      flow('fork', 'merge', undefined, 'f1') +
      flow('fork', 'merge', undefined, 'f2') +
      flow('fork', 'b') +
      flow('merge', 'a') +
      flow('a', 'join') +
      flow('b', 'join') +
      flow('join', 'c'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.tasks().sort()).toEqual(['a', 'a', 'b'])
  game.complete('a')
  game.complete('a')
  expect(game.tasks()).toEqual(['b'])
  game.complete('b')
  expect(game.tasks()).toEqual(['c'])
  game.complete('c')
  expect(game.state.instance?.status).toBe('active') // one token still waits at the join
})

test('TE1 TE2 a terminate end event ends all else in its scope, tokens at joins too', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      node('userTask', 'd') +
      node('parallelGateway', 'join') +
      node('endEvent', 'end', '', '<bpmn:terminateEventDefinition/>') +
      node('endEvent', 'other') +
      flow('start', 'fork') +
      flow('fork', 'a') +
      flow('fork', 'b') +
      flow('fork', 'd') +
      flow('a', 'end') +
      flow('b', 'join') +
      flow('d', 'join') +
      flow('join', 'other'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  game.complete('b')
  const facts = game.complete('a').facts
  expect(trace(facts).slice(-6)).toEqual([
    'element.activated end',
    'userTask.canceled d',
    'element.terminated d',
    'scope.interrupted end',
    'element.completed end',
    'processInstance.completed',
  ])
})

test('ST5 more than 10,000 activations in one step become an incident, never a hang (quality E06)', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node(
        'subProcess',
        's',
        '',
        `${node('startEvent', 's0')}${node('manualTask', 's1')}${node('endEvent', 's2')}${line('s0', 's1', 's2')}<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`,
      ) +
      node('endEvent', 'end') +
      line('start', 's', 'end'),
  )
  const game = play(
    await bundleOf(
      xml.replace(
        '<bpmn:multiInstanceLoopCharacteristics>',
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true">',
      ),
    ),
  )
  const facts = game.start({ items: Array.from({ length: 4000 }, (_, i) => i) }).facts
  expect(facts.filter((fact) => fact.kind === 'element.activated').length).toBe(10_001)
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['STEP_TOO_LONG'])
  for (let i = 0; i < 10 && game.state.incidents.size > 0; i++)
    game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.instance?.status).toBe('completed')
})

test('ST5 a cycle that waits only on another path stops at the limit and goes on from there (quality E06)', async () => {
  const inside =
    node('startEvent', 's0') +
    node('exclusiveGateway', 's1', '', '', 'default="s1_s3"') +
    node('userTask', 's2') +
    node('endEvent', 's3') +
    flow('s0', 's1') +
    flow('s1', 's2', 'wait') +
    flow('s1', 's3') +
    flow('s2', 's3')
  const xml = model(
    node('startEvent', 'start') +
      node('exclusiveGateway', 'merge') +
      node('subProcess', 's', '', inside) +
      node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
      node('endEvent', 'end') +
      flow('start', 'merge') +
      flow('merge', 's') +
      flow('s', 'g') +
      flow('g', 'merge', 'again') +
      flow('g', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start({ wait: false, again: true })
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['STEP_TOO_LONG'])
  const key = game.state.instance!.key
  game.send('variables.set', key, { scopeKey: key, variables: { again: false }, local: true })
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.instance?.status).toBe('completed')
})

test('VA1 element ids such as __proto__ run like others', async () => {
  const ids = ['__proto__', 'constructor', 'toString']
  const tasks = ids.map((id) => node('userTask', id)).join('')
  const game = play(
    await bundleOf(model(node('startEvent', 'start') + tasks + node('endEvent', 'end') + line('start', ...ids, 'end'))),
  )
  game.start()
  for (const id of ids) game.complete(id, { [id]: 1 })
  expect(game.state.instance?.status).toBe('completed')
  expect(Object.keys(game.variables())).toEqual(ids)
})
