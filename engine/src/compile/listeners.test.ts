import { expect, test } from 'vitest'
import { flow, line, model, node } from '../testing/index.ts'
import { compile } from './compile.ts'

const el = (event: string, type = 'x') => `<zeebe:executionListener eventType="${event}" type="${type}"/>`
const els = (...all: readonly string[]) => `<zeebe:executionListeners>${all.join('')}</zeebe:executionListeners>`
const start = node('startEvent', 'start')
const end = node('endEvent', 'end')
const error = '<bpmn:errorEventDefinition errorRef="e"/>'
const roots = '<bpmn:error id="e" errorCode="NO"/>'
const boundary = (extensions: string, what = error) =>
  node('userTask', 'a') + node('boundaryEvent', 'b', extensions, what, 'attachedToRef="a"')

async function problems(content: string): Promise<string[]> {
  const found = (await compile(model(content, roots), 'case.bpmn')).problems
  return found
    .filter((one) => one.severity === 'error')
    .map(({ elementId, facts }) => `${elementId}: ${String(facts.type ?? '')}`)
}

test.each<[string, string, string[]]>([
  [
    'a start listener at a start event',
    node('startEvent', 'start', els(el('start'))) + end + line('start', 'end'),
    ['start: zeebe:executionListener start at bpmn:StartEvent'],
  ],
  [
    'a start listener at a boundary event',
    start + boundary(els(el('start'))) + end + line('start', 'a', 'end') + flow('b', 'end'),
    ['b: zeebe:executionListener start at bpmn:BoundaryEvent'],
  ],
  [
    'an end listener at a gateway',
    start + node('parallelGateway', 'g', els(el('end'))) + end + line('start', 'g', 'end'),
    ['g: zeebe:executionListener end at bpmn:ParallelGateway'],
  ],
  [
    'an end listener at an error end event',
    start + node('endEvent', 'x', els(el('end')), error) + line('start', 'x'),
    ['x: zeebe:executionListener end at an error end event'],
  ],
  [
    'a start listener at an error end event',
    start + node('endEvent', 'x', els(el('start')), error) + line('start', 'x'),
    [],
  ],
  [
    'an end listener at a boundary event',
    start + boundary(els(el('end'))) + end + line('start', 'a', 'end') + flow('b', 'end'),
    [],
  ],
  [
    'a listener of another event',
    start + node('task', 'a', els(el('middle'))) + end + line('start', 'a', 'end'),
    ['a: zeebe:executionListener eventType middle'],
  ],
])('EL9 %s', async (_, content, expected) => {
  expect(await problems(content)).toEqual(expected)
})

test('EL9 a compensation boundary event has no listeners', async () => {
  const xml =
    start +
    boundary(els(el('end')), '<bpmn:compensateEventDefinition/>') +
    node('serviceTask', 'undo', '<zeebe:taskDefinition type="undo"/>', '', 'isForCompensation="true"') +
    '<bpmn:association id="as" sourceRef="b" targetRef="undo" associationDirection="One"/>' +
    end +
    line('start', 'a', 'end')
  expect(await problems(xml)).toEqual(['b: zeebe:executionListener end at a compensation boundary event'])
})

test('EL10 two listeners of one event and type are refused, of two events not', async () => {
  const task = (...all: readonly string[]) => start + node('task', 'a', els(...all)) + end + line('start', 'a', 'end')
  expect(await problems(task(el('start'), el('start')))).toEqual([
    'a: a second zeebe:executionListener start of type x',
  ])
  expect(await problems(task(el('start'), el('end')))).toEqual([])
})

test('EL18 listeners are jobs: a cycle through one rests', async () => {
  const cycle = (extensions: string) =>
    start +
    node('manualTask', 'a', extensions) +
    node('exclusiveGateway', 'x', '', '', 'default="x_end"') +
    end +
    line('start', 'a', 'x', 'end') +
    flow('x', 'a', 'again')
  expect(await problems(cycle(''))).not.toEqual([])
  expect(await problems(cycle(els(el('end'))))).toEqual([])
})

test('TL13 task listeners stand at native tasks, for the five events', async () => {
  const tl = (event: string) =>
    `<zeebe:taskListeners><zeebe:taskListener eventType="${event}" type="x"/></zeebe:taskListeners>`
  const task = (extensions: string, attributes = '') =>
    start + node('userTask', 'a', extensions, '', attributes) + end + line('start', 'a', 'end')
  expect(await problems(task(tl('completing')))).toEqual([])
  expect(await problems(task(tl('complete')))).toEqual(['a: zeebe:taskListener eventType complete'])
  expect(await problems(task(tl('completing'), 'jobBased'))).toEqual([
    'a: zeebe:taskListeners at a user task without zeebe:userTask',
  ])
  const service = '<zeebe:taskDefinition type="work"/>'
  expect(
    await problems(start + node('serviceTask', 'a', service + tl('completing')) + end + line('start', 'a', 'end')),
  ).toEqual(['a: zeebe:TaskListeners at bpmn:ServiceTask'])
})

test('UT7 a form of elsewhere documents a native task; a form key is for the worker of a job', async () => {
  const task = (form: string, attributes = '') =>
    start + node('userTask', 'a', `<zeebe:formDefinition ${form}/>`, '', attributes) + end + line('start', 'a', 'end')
  expect(await problems(task('externalReference="https://form.example"'))).toEqual([])
  expect(await problems(task('formKey="k"'))).toEqual(['a: zeebe:formDefinition without formId'])
  expect(await problems(task('formKey="k"', 'jobBased'))).toEqual([])
})
