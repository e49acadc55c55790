import { expect, test } from 'vitest'
import { each, flow, line, model, node, timer } from '../../testing/model.ts'
import { compile } from '../compile.ts'
import { isComplete } from './complete-choice.ts'

const roots =
  '<bpmn:error id="errLost" errorCode="lost"/><bpmn:error id="errFound" errorCode="found"/><bpmn:error id="errCode" errorCode="=code"/>' +
  '<bpmn:escalation id="escLate" escalationCode="late"/><bpmn:signal id="sigFlood" name="flood"/>'

/** Findings of a model that is not refused, each with its element. */
async function doubts(content: string): Promise<string[]> {
  const { problems, processes } = await compile(model(content, roots), 'a.bpmn')
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(processes).toHaveLength(1)
  return problems.map(({ code, elementId }) => `${code} ${elementId}`)
}

const start = node('startEvent', 'start')
const end = (id = 'end') => node('endEvent', id)
const user = (...ids: string[]) => ids.map((id) => node('userTask', id)).join('')
const gateway = (type: string, ...ids: string[]) => ids.map((id) => node(type, id)).join('')
const begin = start + end()

test('CO13 what no token comes to is told where the unreached part begins', async () => {
  expect(await doubts(begin + user('a') + line('start', 'a', 'end'))).toEqual([])
  expect(await doubts(begin + user('a', 'b', 'c') + line('start', 'a', 'end') + line('b', 'c', 'end'))).toEqual([
    'ELEMENT_UNREACHED b',
  ])
  // An island that goes round has no first element: the first of the file stands for it.
  expect(await doubts(begin + user('a', 'b', 'c') + line('start', 'a', 'end') + line('b', 'c', 'b'))).toEqual([
    'ELEMENT_UNREACHED b',
  ])
  // Inside a sub-process, from its own start; the event sub-process and the boundary event are no part of the flow.
  const inner = node('startEvent', 's') + end('e') + user('x', 'lost') + line('s', 'x', 'e')
  const event = node('startEvent', 'es', '', timer('timeDuration', 'P1D')) + end('ee') + line('es', 'ee')
  expect(
    await doubts(
      begin +
        node('subProcess', 'sub', '', inner) +
        node('boundaryEvent', 'b', '', timer('timeDuration', 'P1D'), 'attachedToRef="sub"') +
        node('subProcess', 'esp', '', event, 'triggeredByEvent="true"') +
        line('start', 'sub', 'end') +
        line('b', 'end'),
    ),
  ).toEqual(['ELEMENT_UNREACHED lost'])
})

test('CO14 a choice that can find no flow is told, one that is complete as written is not', async () => {
  const choice = (type: string, a: string, b: string, more = '') =>
    begin +
    node(type, 'g', '', '', more) +
    user('x') +
    line('start', 'g') +
    flow('g', 'x', a, 'f1') +
    flow('g', 'end', b, 'f2') +
    line('x', 'end')
  for (const type of ['exclusiveGateway', 'inclusiveGateway']) {
    expect(await doubts(choice(type, 'a > 3', 'a < 3'))).toEqual(['CHOICE_INCOMPLETE g'])
    expect(await doubts(choice(type, 'a > 3', 'a <= 3'))).toEqual([])
    expect(await doubts(choice(type, 'a > 3', 'b > 3', 'default="f2"'))).toEqual([])
  }
})

test.each<[boolean, string[]]>([
  [true, ['x', 'not(x)']],
  [true, ['not( (x) )', '(x)']],
  [true, ['a = "b"', 'a != "b"']],
  [true, ['a < 3', 'a >= 3']],
  [true, ['3 < a', 'a <= 3']],
  [true, ['a < 3', 'a = 3', 'a > 3']],
  [true, ['a and b', 'c', 'not(a and b)']],
  [true, ['not(a > b)', 'a > b']],
  [true, ['x', 'true']],
  [true, ['f(a, b) = 1', 'f(a,b)!=1']],
  [false, ['x', 'y']],
  [false, ['a = "b"', 'a = "c"']],
  [false, ['a = "b"', 'a != "c"']],
  [false, ['a < 3', 'a > 3']],
  [false, ['a < 3', 'a >= 4']],
  [false, ['not(a) and b', 'a and not(b)']],
  [false, ['not(a) or b', 'a']],
  [false, ['a = "x and y"', 'a != "x or y"']],
  [false, ['if a < 3 then b else c', 'a >= 3']],
])('CO14 %s: %j', (complete, conditions) => {
  expect(isComplete(conditions)).toBe(complete)
})

/** start → split (of a type) → a, b → join → end. */
const block = (split: string, join = 'parallelGateway') =>
  begin +
  node(split, 'split', '', '', split === 'parallelGateway' ? '' : 'default="split_b"') +
  node(join, 'join') +
  user('a', 'b') +
  line('start', 'split') +
  flow('split', 'a', split === 'parallelGateway' ? undefined : 'x') +
  line('split', 'b') +
  line('a', 'join', 'end') +
  line('b', 'join')

test('CO15 a parallel join that can never fill is told', async () => {
  expect(await doubts(block('parallelGateway'))).toEqual([])
  expect(await doubts(block('inclusiveGateway'))).toEqual([])
  expect(await doubts(block('exclusiveGateway', 'exclusiveGateway'))).toEqual([])
  expect(await doubts(block('exclusiveGateway'))).toEqual(['JOIN_NEVER_FILLS join'])
})

test('CO15 two starts have no common fork; several flows out of a task are one', async () => {
  const two =
    start +
    node('startEvent', 'other', '', timer('timeCycle', 'R/P1D')) +
    end() +
    gateway('parallelGateway', 'join') +
    line('start', 'join', 'end') +
    line('other', 'join')
  expect(await doubts(two)).toEqual(['JOIN_NEVER_FILLS join'])
  const task =
    begin +
    user('a', 'b', 'c') +
    gateway('parallelGateway', 'join') +
    line('start', 'a', 'b', 'join', 'end') +
    line('a', 'c', 'join')
  expect(await doubts(task)).toEqual([])
})

test('CO15 a join in a loop: its flow back comes out of it and nowhere else', async () => {
  const loop = (merge: string) =>
    begin +
    gateway(merge, 'merge') +
    node('exclusiveGateway', 'again', '', '', 'default="again_end"') +
    user('a') +
    line('start', 'merge', 'a', 'again', 'end') +
    flow('again', 'merge', 'x')
  expect(await doubts(loop('parallelGateway'))).toEqual(['JOIN_NEVER_FILLS merge'])
  expect(await doubts(loop('exclusiveGateway'))).toEqual([])
  const body =
    begin +
    gateway('exclusiveGateway', 'merge') +
    gateway('parallelGateway', 'fork', 'join') +
    node('exclusiveGateway', 'again', '', '', 'default="again_end"') +
    user('a', 'b') +
    line('start', 'merge', 'fork', 'a', 'join', 'again', 'end') +
    line('fork', 'b', 'join') +
    flow('again', 'merge', 'x')
  expect(await doubts(body)).toEqual([])
})

test('CO15 boundary events: an interrupting one takes the place of its activity, another runs beside it', async () => {
  const beside = (interrupting: boolean) =>
    begin +
    user('a') +
    gateway('parallelGateway', 'join') +
    node('boundaryEvent', 'b', '', timer('timeDuration', 'P1D'), `attachedToRef="a" cancelActivity="${interrupting}"`) +
    line('start', 'a', 'join', 'end') +
    line('b', 'join')
  expect(await doubts(beside(false))).toEqual([])
  expect(await doubts(beside(true))).toEqual(['JOIN_NEVER_FILLS join'])
})

test('CO15 only the join to blame is told, not those after it; a token that came twice fills a join', async () => {
  const chain =
    block('exclusiveGateway').replace(flow('join', 'end'), '') +
    gateway('parallelGateway', 'fork', 'last') +
    user('c', 'd') +
    line('join', 'fork', 'c', 'last', 'end') +
    line('fork', 'd', 'last')
  expect(await doubts(chain)).toEqual(['JOIN_NEVER_FILLS join'])
  const twice =
    begin +
    gateway('parallelGateway', 'fork', 'join') +
    node('exclusiveGateway', 'merge') +
    node('exclusiveGateway', 'choice', '', '', 'default="choice_d"') +
    user('a', 'b', 'c', 'd') +
    line('start', 'fork', 'a', 'merge', 'choice') +
    line('fork', 'b', 'merge') +
    flow('choice', 'c', 'x') +
    line('choice', 'd', 'join', 'end') +
    line('c', 'join')
  expect(await doubts(twice)).toEqual([])
})

test('CO16 inclusive joins in a loop that may wait for each other are told; one inside the other is not', async () => {
  const cross =
    begin +
    gateway('parallelGateway', 'fork') +
    gateway('inclusiveGateway', 'left', 'right') +
    user('a', 'b') +
    node('exclusiveGateway', 'l', '', '', 'default="l_end"') +
    node('exclusiveGateway', 'r', '', '', 'default="r_end"') +
    line('start', 'fork', 'left', 'a', 'l', 'end') +
    line('fork', 'right', 'b', 'r', 'end') +
    flow('l', 'right', 'x') +
    flow('r', 'left', 'x')
  expect(await doubts(cross)).toEqual(['INCLUSIVE_JOINS_WAIT left'])
  const loop =
    begin +
    gateway('exclusiveGateway', 'merge') +
    node('exclusiveGateway', 'again', '', '', 'default="again_end"') +
    gateway('parallelGateway', 'one', 'two') +
    gateway('inclusiveGateway', 'in', 'out') +
    user('a', 'b', 'c') +
    line('start', 'merge', 'one', 'two', 'a', 'in', 'out', 'again', 'end') +
    line('two', 'b', 'in') +
    line('one', 'c', 'out') +
    flow('again', 'merge', 'x')
  expect(await doubts(loop)).toEqual([])
})

const boundary = (definition: string, host = 'x') =>
  node('boundaryEvent', 'b', '', definition, `attachedToRef="${host}"`) + end('bEnd') + line('b', 'bEnd')
const error = (ref = '') => `<bpmn:errorEventDefinition${ref && ` errorRef="${ref}"`}/>`
const escalation = '<bpmn:escalationEventDefinition escalationRef="escLate"/>'
const at = (host: string, definition: string) => doubts(begin + host + line('start', 'x', 'end') + boundary(definition))
const sub = (content: string, ends: string, name = 'x') =>
  node('subProcess', name, '', node('startEvent', `${name}s`) + content + ends)
const throwing = (definition: string, name = 'x') =>
  sub('', node('endEvent', `${name}e`, '', definition) + line(`${name}s`, `${name}e`), name)

test('CO17 a boundary event at what is left at once never happens', async () => {
  const wait = timer('timeDuration', 'P1D')
  const script = '<zeebe:script expression="=1" resultVariable="a"/>'
  expect(await at(node('manualTask', 'x'), wait)).toEqual(['EVENT_NEVER_HAPPENS b'])
  expect(await at(node('task', 'x'), '<bpmn:signalEventDefinition signalRef="sigFlood"/>')).toEqual([
    'EVENT_NEVER_HAPPENS b',
  ])
  expect(await at(node('scriptTask', 'x', script), wait)).toEqual(['EVENT_NEVER_HAPPENS b'])
  expect(await at(node('scriptTask', 'x', '<zeebe:taskDefinition type="py"/>'), wait)).toEqual([])
  expect(await at(user('x'), wait)).toEqual([])
  // Many items are worked through in several commands.
  expect(await at(node('scriptTask', 'x', script, each({ items: 'list' })), wait)).toEqual([])
  expect(await at(throwing(''), wait)).toEqual(['EVENT_NEVER_HAPPENS b'])
  expect(await at(sub(user('u'), end('xe') + line('xs', 'u', 'xe')), wait)).toEqual([])
})

test('CO17 an error or escalation event that nothing reaches never happens', async () => {
  const never = ['EVENT_NEVER_HAPPENS b']
  expect(await at(user('x'), error())).toEqual(never)
  expect(await at(node('userTask', 'x', '', '', 'jobBased'), error())).toEqual([])
  expect(await at(node('serviceTask', 'x', '<zeebe:taskDefinition type="t"/>'), error('errLost'))).toEqual([])
  expect(await at(throwing(''), error())).toEqual(never)
  expect(await at(throwing(error('errLost')), error())).toEqual([])
  expect(await at(throwing(error('errLost')), error('errLost'))).toEqual([])
  expect(await at(throwing(error('errLost')), error('errFound'))).toEqual(never)
  expect(await at(throwing(error('errCode')), error('errFound'))).toEqual([])
  expect(await at(throwing(escalation), error())).toEqual(never)
  expect(await at(throwing(escalation), escalation)).toEqual([])
  expect(await at(node('callActivity', 'x', '<zeebe:calledElement processId="p"/>'), escalation)).toEqual([])
  // What is caught further inside comes no further.
  const caught = throwing(error('errLost'), 'i') + node('boundaryEvent', 'ib', '', error(), 'attachedToRef="i"')
  expect(await at(sub(caught, end('xe') + line('xs', 'i', 'xe') + line('ib', 'xe')), error('errLost'))).toEqual(never)
})

test('CO17 an event sub-process for what its scope does not throw never happens', async () => {
  const handler = (definition: string) =>
    node(
      'subProcess',
      'esp',
      '',
      node('startEvent', 'es', '', definition) + end('ee') + line('es', 'ee'),
      'triggeredByEvent="true"',
    )
  const beside = (content: string, definition: string) =>
    doubts(begin + content + line('start', 'x', 'end') + handler(definition))
  expect(await beside(user('x'), error())).toEqual(['EVENT_NEVER_HAPPENS es'])
  expect(await beside(throwing(error('errLost')), error('errLost'))).toEqual([])
  expect(await beside(user('x'), timer('timeDuration', 'P1D'))).toEqual([])
  expect(await beside(node('manualTask', 'x'), timer('timeDuration', 'P1D'))).toEqual(['EVENT_NEVER_HAPPENS es'])
})

test('CO17 a code at the boundary of a scope comes before a catch-all event sub-process in it', async () => {
  const both = (inside: string, outside: string) => {
    const start = node('startEvent', 'es', '', inside) + end('ee') + line('es', 'ee')
    const handler = node('subProcess', 'esp', '', start, 'triggeredByEvent="true"')
    const host = sub(handler, node('endEvent', 'xe', '', error('errLost')) + line('xs', 'xe'))
    return at(host, outside)
  }
  expect(await both(error(), error('errLost'))).toEqual(['EVENT_NEVER_HAPPENS es'])
  expect(await both(error(), error())).toEqual(['EVENT_NEVER_HAPPENS b'])
  expect(await both(error('errLost'), error('errLost'))).toEqual(['EVENT_NEVER_HAPPENS b'])
  expect(await both(error('errFound'), error())).toEqual(['EVENT_NEVER_HAPPENS es'])
})

test('CO18 a timer beside an activity that repeats without end is told', async () => {
  const reminder = (text: string) =>
    doubts(
      begin +
        user('x') +
        line('start', 'x', 'end') +
        node('boundaryEvent', 'b', '', timer('timeCycle', text), 'attachedToRef="x" cancelActivity="false"') +
        end('bEnd') +
        line('b', 'bEnd'),
    )
  expect(await reminder('R/P1D')).toEqual(['TIMER_WITHOUT_END b'])
  expect(await reminder('R5/P1D')).toEqual([])
  expect(await reminder('R/P1D/2026-06-30')).toEqual([])
  expect(
    await doubts(node('startEvent', 'start', '', timer('timeCycle', 'R/P7D')) + end() + line('start', 'end')),
  ).toEqual([])
})

test('CO10 a cycle over an error that a sub-process throws at once never waits', async () => {
  const loop = (inside: string) =>
    compile(
      model(
        begin +
          gateway('exclusiveGateway', 'm') +
          inside +
          line('start', 'm', 'x', 'end') +
          node('boundaryEvent', 'b', '', error(), 'attachedToRef="x"') +
          line('b', 'm'),
        roots,
      ),
      'a.bpmn',
    )
  expect((await loop(throwing(error('errLost')))).problems).toMatchObject([
    { code: 'CYCLE_WITHOUT_WAIT', facts: { elements: ['m', 'x', 'b'] } },
  ])
  const waits = sub(user('u'), node('endEvent', 'xe', '', error('errLost')) + line('xs', 'u', 'xe'))
  expect((await loop(waits)).problems).toEqual([])
  for (const host of [
    node('callActivity', 'x', '<zeebe:calledElement processId="p"/>'),
    node('serviceTask', 'x', '<zeebe:taskDefinition type="t"/>'),
  ])
    expect((await loop(host)).problems).toEqual([])
})

test('CO19 where something is refused nothing is doubted', async () => {
  const { problems } = await compile(
    model(begin + gateway('complexGateway', 'x') + user('a') + line('start', 'x', 'a', 'end')),
    'a',
  )
  expect(problems.map(({ code }) => code)).toEqual(['ELEMENT_NOT_EXECUTED'])
})
