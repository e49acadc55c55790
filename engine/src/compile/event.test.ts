import { expect, test } from 'vitest'
import { flow, io, line, model, node, timer } from '../testing/model.ts'
import { compile } from './compile.ts'

const roots =
  '<bpmn:signal id="s" name="flood"/><bpmn:signal id="unnamed"/><bpmn:escalation id="e" escalationCode="late"/><bpmn:escalation id="bare"/>' +
  '<bpmn:escalation id="computed" escalationCode="=code"/><bpmn:error id="r" errorCode="lost"/><bpmn:error id="rc" errorCode="=code"/>'
const signal = (ref = 's') => `<bpmn:signalEventDefinition signalRef="${ref}"/>`
const escalation = (ref = '') => `<bpmn:escalationEventDefinition${ref ? ` escalationRef="${ref}"` : ''}/>`
const error = (ref = '') => `<bpmn:errorEventDefinition${ref ? ` errorRef="${ref}"` : ''}/>`
const link = (name: string) => `<bpmn:linkEventDefinition name="${name}"/>`
const condition = (text: string, filter = '') =>
  `<bpmn:conditionalEventDefinition>${filter && `<bpmn:extensionElements><zeebe:conditionalFilter ${filter}/></bpmn:extensionElements>`}<bpmn:condition xsi:type="bpmn:tFormalExpression">${text}</bpmn:condition></bpmn:conditionalEventDefinition>`

/** Codes of the errors, with the element. */
async function errorsOf(content: string): Promise<string[]> {
  const { problems } = await compile(model(content, roots), 'a.bpmn')
  return problems.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.elementId}`)
}

const inFlow = (element: string) =>
  node('startEvent', 'start') + node('endEvent', 'end') + element + line('start', 'x', 'end')
const catching = (definition: string) => inFlow(node('intermediateCatchEvent', 'x', '', definition))
const throwing = (definition: string) => inFlow(node('intermediateThrowEvent', 'x', '', definition))
const ending = (definition: string) =>
  node('startEvent', 'start') + node('endEvent', 'x', '', definition) + line('start', 'x')
const boundary = (id: string, definition: string, interrupting = true) =>
  node('boundaryEvent', id, '', definition, `attachedToRef="x" cancelActivity="${interrupting}"`) +
  node('endEvent', `${id}End`) +
  line(id, `${id}End`)
const subProcess = node('subProcess', 'x', '', node('startEvent', 'in') + node('endEvent', 'out') + line('in', 'out'))
const eventSub = (id: string, definition: string, interrupting = true) =>
  node(
    'subProcess',
    id,
    '',
    node('startEvent', `${id}Start`, '', definition, `isInterrupting="${interrupting}"`) +
      node('endEvent', `${id}End`) +
      line(`${id}Start`, `${id}End`),
    'triggeredByEvent="true"',
  )
const starting = (...definitions: string[]) =>
  definitions
    .map((definition, index) => node('startEvent', `x${index}`, '', definition) + flow(`x${index}`, 'end'))
    .join('') + node('endEvent', 'end')

test('CO3 events are executed at their positions and nowhere else', async () => {
  expect(await errorsOf(catching(error('r')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(catching(escalation('e')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(throwing(error('r')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(throwing(condition('=a')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(throwing(timer('timeDuration', 'P1D')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(ending(link('A')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(starting(error('r')))).toEqual(['EVENT_NOT_EXECUTED x0'])
  expect(await errorsOf(starting(escalation('e')))).toEqual(['EVENT_NOT_EXECUTED x0'])
  expect(await errorsOf(inFlow(node('userTask', 'x')) + boundary('b', link('A')))).toEqual(['EVENT_NOT_EXECUTED b'])
  expect(await errorsOf(inFlow(node('userTask', 'x')) + boundary('b', error('r'), false))).toEqual([
    'EVENT_NOT_EXECUTED b',
  ])
})

test('SG1 a signal has a name, wherever it stands', async () => {
  for (const frame of [catching, throwing, ending]) {
    expect(await errorsOf(frame(signal()))).toEqual([])
    expect(await errorsOf(frame(signal('unnamed')))).toEqual(['EXPRESSION_MISSING x'])
  }
})

test('ES8 an escalation boundary event stands at what it can be thrown out of', async () => {
  expect(await errorsOf(inFlow(subProcess) + boundary('b', escalation('e')))).toEqual([])
  expect(
    await errorsOf(
      inFlow(node('callActivity', 'x', '<zeebe:calledElement processId="other"/>')) + boundary('b', escalation()),
    ),
  ).toEqual([])
  for (const type of ['userTask', 'manualTask'])
    expect(await errorsOf(inFlow(node(type, 'x')) + boundary('b', escalation('e'))), type).toEqual([
      'EVENT_NOT_EXECUTED b',
    ])
})

test('ER7 ES9 what is caught has a literal code or none, what is thrown has a code', async () => {
  expect(await errorsOf(inFlow(subProcess) + boundary('b', escalation('computed')))).toEqual(['EXPRESSION_MISSING b'])
  expect(await errorsOf(inFlow(subProcess) + boundary('b', escalation('bare')))).toEqual(['EXPRESSION_MISSING b'])
  expect(await errorsOf(inFlow(subProcess) + boundary('b', error('rc')))).toEqual(['EXPRESSION_MISSING b'])
  expect(await errorsOf(throwing(escalation('computed')))).toEqual([])
  expect(await errorsOf(throwing(escalation()))).toEqual(['EXPRESSION_MISSING x'])
  expect(await errorsOf(ending(escalation('bare')))).toEqual(['EXPRESSION_MISSING x'])
  expect(await errorsOf(ending(error()))).toEqual(['EXPRESSION_MISSING x'])
})

test('EV8 no two events of one place catch the same', async () => {
  const at = (...definitions: string[]) =>
    errorsOf(inFlow(subProcess) + definitions.map((one, index) => boundary(`b${index}`, one)).join(''))
  expect(await at(error('r'), error(), escalation('e'), escalation())).toEqual([])
  expect(await at(error('r'), error('r'))).toEqual(['EVENT_NOT_EXECUTED b1'])
  expect(await at(escalation(), escalation())).toEqual(['EVENT_NOT_EXECUTED b1'])
  expect(await at(signal(), signal())).toEqual(['EVENT_NOT_EXECUTED b1'])
  expect(await at(timer('timeDuration', 'P1D'), timer('timeDuration', 'P1D'))).toEqual([])
  const task = inFlow(node('userTask', 'x'))
  expect(await errorsOf(task + eventSub('one', error('r')) + eventSub('two', error('r')))).toEqual([
    'EVENT_NOT_EXECUTED twoStart',
  ])
  expect(await errorsOf(task + eventSub('one', signal()) + boundary('b', signal()))).toEqual([])
})

test('SV7 what a process may begin with', async () => {
  expect(await errorsOf(starting('', signal(), timer('timeCycle', 'R/P1D'), condition('=a'), condition('=b')))).toEqual(
    [],
  )
  expect(await errorsOf(starting('', ''))).toEqual(['EVENT_NOT_EXECUTED x1'])
  expect(await errorsOf(starting(signal(), signal()))).toEqual(['EVENT_NOT_EXECUTED x1'])
  expect(await errorsOf(starting(condition('=a'), condition('=a')))).toEqual(['EVENT_NOT_EXECUTED x1'])
})

test('TI3 TI4 a timer is a date, a duration or a cycle, where it may be one', async () => {
  const at = (kind: 'timeDate' | 'timeDuration' | 'timeCycle', text: string) => errorsOf(catching(timer(kind, text)))
  expect(await at('timeDate', '2026-06-01')).toEqual([])
  expect(await at('timeDate', 'P1D')).toEqual(['TIMER_INVALID x'])
  expect(await at('timeDuration', '=length')).toEqual([])
  expect(await at('timeCycle', 'R/P1D')).toEqual(['TIMER_INVALID x'])
  expect(await errorsOf(starting(timer('timeDuration', 'P1D')))).toEqual(['TIMER_INVALID x0'])
  const task = inFlow(node('userTask', 'x'))
  const cycle = timer('timeCycle', '0 0 8 ? * MON-FRI')
  expect(await errorsOf(task + boundary('b', cycle, false))).toEqual([])
  expect(await errorsOf(task + boundary('b', cycle))).toEqual(['TIMER_INVALID b'])
  expect(await errorsOf(task + eventSub('sub', cycle, false))).toEqual([])
  expect(await errorsOf(task + eventSub('sub', cycle))).toEqual(['TIMER_INVALID subStart'])
  for (const text of ['0 0 8 * *', '0 0 0 30 2 *', '@often', 'R3', 'R0/P1D', 'R/PT0.1S', 'R/P1D/soon'])
    expect(await errorsOf(task + boundary('b', timer('timeCycle', text), false)), text).toEqual(['TIMER_INVALID b'])
})

test('CN8 the filter of a condition names changes that there are', async () => {
  expect(await errorsOf(catching(condition('=a > 1', 'variableNames="a, b" variableEvents="create, update"')))).toEqual(
    [],
  )
  expect(await errorsOf(catching(condition('=a > 1', 'variableEvents="delete"')))).toEqual(['EVENT_NOT_EXECUTED x'])
  expect(await errorsOf(catching(condition('=')))).toEqual(['EXPRESSION_MISSING x'])
})

test('LK5 a link has its one catch event and at least one throw event in its scope', async () => {
  const out = (id: string, name: string) => node('intermediateThrowEvent', id, '', link(name))
  const into = (id: string, name: string) => node('intermediateCatchEvent', id, '', link(name))
  const begin = node('startEvent', 'start') + node('endEvent', 'end')
  expect(await errorsOf(begin + out('x', 'A') + into('y', 'A') + line('start', 'x') + line('y', 'end'))).toEqual([])
  expect(await errorsOf(begin + out('x', 'A') + line('start', 'x'))).toContain('LINK_WITHOUT_PARTNER x')
  expect(await errorsOf(begin + into('y', 'A') + line('start', 'end') + line('y', 'end'))).toEqual([
    'LINK_WITHOUT_PARTNER y',
  ])
  expect(
    await errorsOf(
      begin +
        out('x', 'A') +
        into('y', 'A') +
        into('z', 'A') +
        line('start', 'x') +
        line('y', 'end') +
        line('z', 'end'),
    ),
  ).toEqual(['LINK_WITHOUT_PARTNER z'])
  expect(await errorsOf(begin + out('x', 'A') + into('y', 'A') + line('start', 'x', 'end') + line('y', 'end'))).toEqual(
    ['EVENT_NOT_EXECUTED x'],
  )
  expect(
    await errorsOf(begin + out('x', 'A') + into('y', 'A') + line('start', 'x') + line('start', 'y', 'end')),
  ).toEqual(['EVENT_NOT_EXECUTED y'])
  const inner = node(
    'subProcess',
    'sub',
    '',
    node('startEvent', 's') + into('y', 'A') + node('endEvent', 'e') + line('s', 'e') + line('y', 'e'),
  )
  expect(await errorsOf(begin + inner + out('x', 'A') + line('start', 'sub', 'x'))).toEqual(
    expect.arrayContaining(['LINK_WITHOUT_PARTNER x', 'LINK_WITHOUT_PARTNER y']),
  )
})

test('LK6 a loop through a link that never waits is refused', async () => {
  const loop =
    node('startEvent', 'start') +
    node('exclusiveGateway', 'merge') +
    node('intermediateThrowEvent', 'x', '', link('A')) +
    node('intermediateCatchEvent', 'y', '', link('A')) +
    line('start', 'merge', 'x') +
    line('y', 'merge')
  expect((await errorsOf(loop)).map((one) => one.split(' ')[0])).toEqual(['CYCLE_WITHOUT_WAIT'])
})

test('EV6 SV4 start events map out and not in', async () => {
  const begin = (mapping: string) =>
    node('startEvent', 'x', mapping, signal()) + node('endEvent', 'end') + line('x', 'end')
  expect(await errorsOf(begin(io({}, { a: '=b' })))).toEqual([])
  expect(await errorsOf(begin(io({ a: '=b' })))).toEqual(['ELEMENT_NOT_EXECUTED x'])
})
