import { expect, test } from 'vitest'
import type { Variables } from '../record/json.ts'
import type { Fact } from '../record/record.ts'
import { bundleOf, flow, io, line, model, node, type Play, play, trace } from '../testing/index.ts'

const work = '<zeebe:taskDefinition type="work"/>'
const headers = (map: { readonly [key: string]: string }) =>
  `<zeebe:taskHeaders>${Object.entries(map)
    .map(([key, value]) => `<zeebe:header key="${key}" value="${value}"/>`)
    .join('')}</zeebe:taskHeaders>`
const listener = (event: string, type: string, inner = '', more = '') =>
  `<zeebe:executionListener eventType="${event}" type="${type}" ${more}>${inner}</zeebe:executionListener>`
const listeners = (...all: readonly string[]) => `<zeebe:executionListeners>${all.join('')}</zeebe:executionListeners>`
const start = node('startEvent', 'start')
const end = node('endEvent', 'end')
const task = (extensions: string) =>
  model(start + node('serviceTask', 'a', work + extensions) + end + line('start', 'a', 'end'))

function lastJob(game: Play): Fact<'job.created'>['value'] {
  const fact = game.facts.findLast((one): one is Fact<'job.created'> => one.kind === 'job.created')
  if (!fact) throw new Error('no job')
  return fact.value
}

function answer(game: Play, variables: Variables = {}) {
  const [key] = [...game.state.jobs.keys()]
  return game.send('job.complete', key, { variables })
}

test('EL15 a listener is told the headers of its element, its own over them', async () => {
  const own = headers({ to: 'listener', only: 'here' })
  const xml = task(headers({ to: 'task', also: 'there' }) + listeners(listener('start', 'before', own, 'retries="5"')))
  const game = play(await bundleOf(xml))
  game.start({ secret: 1 })
  expect(lastJob(game)).toMatchObject({
    type: 'before',
    retries: 5,
    headers: { to: 'listener', only: 'here', also: 'there' },
    listener: { kind: 'execution', event: 'start', index: 0 },
    variables: { secret: 1 },
  })
  answer(game)
  expect(lastJob(game).headers).toEqual({ to: 'task', also: 'there' })
})

test('EL3 what a start listener sets is among the variables of a job with input mappings, and of the next listener', async () => {
  const game = play(
    await bundleOf(task(io({ to: '=n' }) + listeners(listener('start', 'one'), listener('start', 'two')))),
  )
  game.start({ n: 1, secret: 2 })
  answer(game, { found: 3 })
  expect(lastJob(game)).toMatchObject({ type: 'two', variables: { to: 1, found: 3, secret: 2 } })
  answer(game)
  expect(lastJob(game)).toMatchObject({ type: 'work', variables: { to: 1, found: 3 } })
  expect(lastJob(game).variables).not.toHaveProperty('secret')
})

test('EL4 an end listener sees what the outputs made and its own element still', async () => {
  const game = play(await bundleOf(task(io({ to: '=n' }, { sent: '=receipt' }) + listeners(listener('end', 'after')))))
  game.start({ n: 1 })
  answer(game, { receipt: 'r' })
  expect(lastJob(game)).toMatchObject({ type: 'after', variables: { n: 1, to: 1, receipt: 'r', sent: 'r' } })
  answer(game, { sent: 'again' })
  expect(game.variables()).toEqual({ n: 1, sent: 'again' })
})

test('EL4 what an end listener gives passes a variable of the element by', async () => {
  const game = play(await bundleOf(task(io({ n: '=1' }) + listeners(listener('end', 'after')))))
  game.start()
  answer(game)
  answer(game, { n: 2 })
  expect(game.variables()).toEqual({ n: 2 })
})

test('EL6 resolving the incident of a listener offers it with what its worker sees now', async () => {
  const process = `<bpmn:extensionElements>${listeners(listener('start', 'before'))}</bpmn:extensionElements>`
  const game = play(await bundleOf(model(process + start + end + line('start', 'end'))))
  game.start({ n: 1 })
  game.send('job.fail', [...game.state.jobs.keys()][0], { retries: 0, message: '', retryAt: null })
  const scopeKey = game.state.instance?.key ?? 0
  game.send('variables.set', scopeKey, { scopeKey, variables: { n: 2 }, local: true })
  const { facts } = game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(facts.at(-1)).toMatchObject({ kind: 'job.retriesUpdated', value: { retries: 3, variables: { n: 2 } } })
  answer(game)
  expect(game.state.instance?.status).toBe('completed')
})

test('EL8 a process whose end listener cannot be evaluated does not end; resolving goes on', async () => {
  const process = `<bpmn:extensionElements>${listeners(listener('end', '=kind'))}</bpmn:extensionElements>`
  const game = play(await bundleOf(model(process + start + end + line('start', 'end'))))
  game.start()
  expect([...game.state.incidents.values()][0]).toMatchObject({ code: 'EXPRESSION_FAILED', retry: 'complete' })
  const scopeKey = game.state.instance?.key ?? 0
  game.send('variables.set', scopeKey, { scopeKey, variables: { kind: 'after' }, local: true })
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.instance?.status).toBe('active')
  answer(game)
  expect(game.state.instance?.status).toBe('completed')
})

test('EL13 a case that a message began begins there after its start listener', async () => {
  const message = '<bpmn:messageEventDefinition messageRef="m"/>'
  const process = `<bpmn:extensionElements>${listeners(listener('start', 'before'))}</bpmn:extensionElements>`
  const xml = model(
    process + start + node('startEvent', 'heard', '', message) + end + flow('start', 'end') + flow('heard', 'end'),
    '<bpmn:message id="m" name="news"/>',
  )
  const game = play(await bundleOf(xml))
  const value = { units: [], variables: {}, parameters: {}, businessId: null, startEventId: 'heard' }
  game.send('processInstance.create', undefined, value)
  expect(trace(answer(game).facts)).toContain('element.activated heard')
  expect(game.state.instance?.status).toBe('completed')
})

test('EL17 an escalation that interrupts ends its event before its end listeners', async () => {
  const escalation = '<bpmn:escalationEventDefinition escalationRef="e"/>'
  const inner =
    node('startEvent', 's') + node('endEvent', 'x', listeners(listener('end', 'after')), escalation) + line('s', 'x')
  const boundary = node('boundaryEvent', 'b', '', escalation, 'attachedToRef="sub"')
  const xml = model(
    start + node('subProcess', 'sub', '', inner) + boundary + end + line('start', 'sub', 'end') + flow('b', 'end'),
    '<bpmn:escalation id="e" escalationCode="UP"/>',
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.facts.some((fact) => fact.kind === 'job.created')).toBe(false)
  expect(game.state.instance?.status).toBe('completed')
})

test('EL12 a late answer to a listener of an element that has ended finds nothing', async () => {
  const game = play(await bundleOf(task(listeners(listener('start', 'before')))))
  game.start()
  const [key] = game.state.jobs.keys()
  game.send('processInstance.cancel', undefined, { reason: 'asked' })
  expect(game.send('job.complete', key, { variables: {} }).rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('EL13 a called process has listeners of its own inside those of its call activity', async () => {
  const call = `<zeebe:calledElement processId="child"/>${listeners(listener('start', 'c1'), listener('end', 'c2'))}`
  const inner = node('startEvent', 's') + node('endEvent', 'e') + line('s', 'e')
  const own = `<bpmn:extensionElements>${listeners(listener('start', 'p1'), listener('end', 'p2'))}</bpmn:extensionElements>`
  const child = `<bpmn:process id="child" isExecutable="true">${own}${inner}</bpmn:process>`
  const game = play(
    await bundleOf(model(start + node('callActivity', 'a', call) + end + line('start', 'a', 'end'), child)),
  )
  game.start({ n: 1 })
  const heard: string[] = []
  while (game.state.jobs.size > 0) {
    heard.push(lastJob(game).type)
    answer(game, { [lastJob(game).type]: true })
  }
  expect(heard).toEqual(['c1', 'p1', 'p2', 'c2'])
  expect(game.variables()).toEqual({ n: 1, p1: true, p2: true, c2: true })
  expect(game.state.instance?.status).toBe('completed')
})

test.each([
  ['a business rule task', 'businessRuleTask', '<zeebe:taskDefinition type="work"/>', ''],
  ['a send task', 'sendTask', '<zeebe:taskDefinition type="work"/>', ''],
  [
    'an ad-hoc sub-process',
    'adHocSubProcess',
    '<zeebe:adHoc activeElementsCollection="=[&quot;m&quot;]"/>',
    node('manualTask', 'm'),
  ],
])('EL1 EL2 %s between its listeners', async (_, type, extensions, inner) => {
  const both = listeners(listener('start', 'before'), listener('end', 'after'))
  const game = play(
    await bundleOf(model(start + node(type, 'a', extensions + both, inner) + end + line('start', 'a', 'end'))),
  )
  game.start()
  const heard: string[] = []
  while (game.state.jobs.size > 0) {
    heard.push(lastJob(game).type)
    answer(game)
  }
  expect(heard.filter((one) => one !== 'work')).toEqual(['before', 'after'])
  expect(game.state.instance?.status).toBe('completed')
})
