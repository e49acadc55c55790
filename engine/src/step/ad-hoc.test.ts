import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import type { Fact } from '../record/record.ts'
import { bundleOf, io, line, model, node, type Play, play, timer } from '../testing/index.ts'

const adHoc = (content: string, extensions = '', attributes = '') =>
  model(
    node('startEvent', 'start') +
      node('adHocSubProcess', 'box', extensions, content, attributes) +
      node('endEvent', 'end') +
      line('start', 'box', 'end'),
  )
const worker = '<zeebe:taskDefinition type="plan"/>'
const errorsOf = async (xml: string) =>
  (await compile(xml, 'a.bpmn')).problems
    .filter((problem) => problem.severity === 'error')
    .map(({ code, elementId }) => `${code} ${elementId}`)
const boxOf = (game: Play) => [...game.state.elements.values()].find((one) => one.elementId === 'box')?.key ?? 0
const activate = (game: Play, ...ids: string[]) =>
  game.send('adHocSubProcess.activate', boxOf(game), {
    elements: ids.map((elementId) => ({ elementId, variables: {} })),
    cancelRemainingInstances: false,
  })

test.each([
  ['nothing in it', adHoc(''), 'AD_HOC_WITHOUT_ELEMENTS box'],
  [
    'nothing that no flow leads to',
    adHoc(node('task', 'a') + node('task', 'b') + line('a', 'b', 'a')),
    'AD_HOC_WITHOUT_ELEMENTS box',
  ],
  ['an end event', adHoc(node('userTask', 'a') + node('endEvent', 'e') + line('a', 'e')), 'EVENT_NOT_EXECUTED box'],
  ['a start event', adHoc(node('startEvent', 's') + node('userTask', 'a') + line('s', 'a')), 'EVENT_NOT_EXECUTED s'],
  ['a sequential order', adHoc(node('userTask', 'a'), '', 'ordering="Sequential"'), 'ELEMENT_NOT_EXECUTED box'],
  [
    'a worker beside an expression',
    adHoc(node('userTask', 'a'), `${worker}<zeebe:adHoc activeElementsCollection="=[]"/>`),
    'ELEMENT_NOT_EXECUTED box',
  ],
  [
    'a worker beside a say in what is cancelled',
    adHoc(node('userTask', 'a'), worker, 'cancelRemainingInstances="false"'),
    'ELEMENT_NOT_EXECUTED box',
  ],
  [
    'a collection without an element',
    adHoc(node('userTask', 'a'), '<zeebe:adHoc outputCollection="all"/>'),
    'EXPRESSION_MISSING box',
  ],
  [
    'a reserved name',
    adHoc(node('userTask', 'a'), '<zeebe:adHoc outputCollection="case" outputElement="=1"/>'),
    'EXPRESSION_INVALID box',
  ],
])('AH15 an ad-hoc sub-process with %s is refused', async (_what, xml, problem) => {
  expect(await errorsOf(xml)).toContain(problem)
})

test('AH1 adHocSubProcessElements tells id, name, documentation and properties of what may be activated', async () => {
  const inside =
    '<bpmn:userTask id="a" name="Ask"><bpmn:documentation>Ask the party.</bpmn:documentation><bpmn:extensionElements><zeebe:userTask/><zeebe:properties><zeebe:property name="tool" value="yes"/></zeebe:properties></bpmn:extensionElements></bpmn:userTask>' +
    node('userTask', 'b') +
    node('userTask', 'next') +
    node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="b"') +
    line('b', 'next') +
    line('late', 'next') +
    node(
      'subProcess',
      'event',
      '',
      node('startEvent', 'es', '', timer('timeDuration', 'P1D')) + node('endEvent', 'ee') + line('es', 'ee'),
      'triggeredByEvent="true"',
    )
  const game = play(await bundleOf(adHoc(inside)))
  game.start()
  expect(game.state.elements.get(boxOf(game))?.variables.adHocSubProcessElements).toEqual([
    { elementId: 'a', elementName: 'Ask', documentation: 'Ask the party.', properties: { tool: 'yes' } },
    { elementId: 'b', elementName: null, documentation: null, properties: {} },
  ])
})

test('AH11 only an ad-hoc sub-process that has begun takes elements from outside', async () => {
  const game = play(await bundleOf(adHoc(node('userTask', 'a'), '<zeebe:adHoc activeElementsCollection="=which"/>')))
  game.start({ which: 1 })
  expect(activate(game, 'a').rejection?.code).toBe('NOT_FOUND')
  expect(
    game.send('adHocSubProcess.activate', 1, { elements: [], cancelRemainingInstances: false }).rejection?.code,
  ).toBe('NOT_FOUND')
  game.send('processInstance.cancel', undefined, { reason: 'enough' })
  expect(activate(game, 'a').rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('AH11 activations from outside may take the place of those that run', async () => {
  const game = play(await bundleOf(adHoc(node('userTask', 'a') + node('userTask', 'b'))))
  game.start()
  activate(game, 'a', 'a')
  game.send('adHocSubProcess.activate', boxOf(game), {
    elements: [{ elementId: 'b', variables: {} }],
    cancelRemainingInstances: true,
  })
  expect(game.tasks()).toEqual(['b'])
  game.complete('b')
  expect(game.state.instance?.status).toBe('completed')
})

test('AH9 a worker is told its own variables where there are input mappings, each time it is asked', async () => {
  const game = play(await bundleOf(adHoc(node('userTask', 'a'), worker + io({ goal: '=1 + 1', done: '=null' }))))
  game.start({ secret: 'x' })
  const [job] = [...game.state.jobs.keys()]
  const activateElements = [{ elementId: 'a', variables: {} }]
  game.send('job.complete', job, {
    variables: { done: 1 },
    result: {
      type: 'adHocSubProcess',
      activateElements,
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: false,
    },
  })
  game.complete('a')
  const jobs = game.facts.filter((fact): fact is Fact<'job.created'> => fact.kind === 'job.created')
  const elements = [{ elementId: 'a', elementName: null, documentation: null, properties: {} }]
  const told = jobs.map((fact) => fact.value.variables)
  expect(told).toEqual([
    { goal: 2, adHocSubProcessElements: elements, done: null },
    { goal: 2, adHocSubProcessElements: elements, done: 1 },
  ])
})

const decide = (game: Play, ids: readonly string[], isCompletionConditionFulfilled: boolean, variables = {}) => {
  const job = [...game.state.jobs.values()].find((one) => one.elementId === 'box')
  const activateElements = ids.map((elementId) => ({ elementId, variables: {} }))
  return game.send('job.complete', job?.key, {
    variables,
    result: {
      type: 'adHocSubProcess',
      activateElements,
      isCompletionConditionFulfilled,
      isCancelRemainingInstances: false,
    },
  })
}

test('AH8 what a worker gives goes to the nearest scope that has the name, seen from the sub-process', async () => {
  const game = play(await bundleOf(adHoc(node('userTask', 'a'), worker + io({ own: '=1' }))))
  game.start({ a: 1 })
  decide(game, ['a'], false, { a: 2, own: 2, fresh: 2 })
  expect(game.variables()).toEqual({ a: 2, fresh: 2 })
  expect(game.state.elements.get(boxOf(game))?.variables.own).toBe(2)
})

test('AH7 fulfilled by a worker that cancels nothing, it waits for all that still run', async () => {
  const game = play(
    await bundleOf(adHoc(node('userTask', 'a') + node('userTask', 'b') + node('userTask', 'c'), worker)),
  )
  game.start()
  decide(game, ['a', 'b', 'c'], false)
  game.complete('a')
  decide(game, [], true)
  game.complete('b')
  expect(game.tasks()).toEqual(['c'])
  game.complete('c')
  expect(game.state.instance?.status).toBe('completed')
})

test('AH13 an event sub-process in it catches what its own worker throws', async () => {
  const caught = node('startEvent', 'es', '', '<bpmn:errorEventDefinition/>') + node('userTask', 'help')
  const inside = `${node('userTask', 'a')}${node('subProcess', 'event', '', caught + line('es', 'help'), 'triggeredByEvent="true"')}`
  const game = play(await bundleOf(adHoc(inside, worker)))
  game.start()
  decide(game, ['a'], false)
  game.complete('a')
  const [job] = [...game.state.jobs.keys()]
  game.send('job.throwError', job, { errorCode: 'X', message: '', variables: {} })
  expect(game.tasks()).toEqual(['help'])
  expect(game.state.jobs.size).toBe(0)
  game.complete('help')
  expect(game.state.instance?.status).toBe('completed')
})

test('AH9 asking again may fail: an incident of the sub-process; resolving asks again and begins nothing anew', async () => {
  const retries = '<zeebe:taskDefinition type="plan" retries="=tries"/>'
  const game = play(await bundleOf(adHoc(node('userTask', 'a'), retries)))
  game.start({ tries: 3 })
  const [job] = [...game.state.jobs.keys()]
  const activateElements = [{ elementId: 'a', variables: {} }]
  game.send('job.complete', job, {
    variables: {},
    result: {
      type: 'adHocSubProcess',
      activateElements,
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: false,
    },
  })
  game.send('variables.set', game.state.instance?.key, {
    scopeKey: game.state.instance?.key ?? 0,
    variables: { tries: 'many' },
    local: false,
  })
  game.complete('a')
  const [incident] = [...game.state.incidents.values()]
  expect(incident).toMatchObject({ elementId: 'box', code: 'EXPRESSION_FAILED', retry: 'activate' })
  game.send('variables.set', game.state.instance?.key, {
    scopeKey: game.state.instance?.key ?? 0,
    variables: { tries: 1 },
    local: false,
  })
  const { facts } = game.send('incident.resolve', incident?.key, {})
  expect(facts.map((fact) => fact.kind)).toEqual(['incident.resolved', 'job.created'])
})
