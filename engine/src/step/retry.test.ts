import { expect, test } from 'vitest'
import type { Variables } from '../record/json.ts'
import { bundleOf, each, flow, io, line, model, node, play, timer } from '../testing/index.ts'

const frame = (element: string, more = '') =>
  model(node('startEvent', 'start') + element + node('endEvent', 'end') + line('start', 'a', 'end') + more)
const script = (expression: string, extensions = '') =>
  node('scriptTask', 'a', `<zeebe:script expression="=${expression}" resultVariable="out"/>${extensions}`)
const task = (extensions: string, content = '') => node('userTask', 'a', `<zeebe:userTask/>${extensions}`, content)
const assignment = (text: string) => `<zeebe:assignmentDefinition ${text}/>`

/** Fails while `v` is no whole number: a loop needs whole steps. */
const FAILS = 'count(for i in 1..v return i)'

/** Every hook that can fail: the element, the code, and what repairs it. `then` completes what waits afterwards. */
const hooks: [string, string, string, Variables, ('task' | 'job' | 'timer')?][] = [
  ['input mapping', script('1', io({ y: '=1', x: `=${FAILS}` })), 'EXPRESSION_FAILED', { v: 1 }],
  ['script', script(FAILS), 'EXPRESSION_FAILED', { v: 1 }],
  ['assignee', task(assignment('assignee="=v"')), 'EXPRESSION_FAILED', { v: 'p1' }, 'task'],
  ['candidate groups', task(assignment('candidateGroups="=v"')), 'EXPRESSION_FAILED', { v: ['clerk'] }, 'task'],
  [
    'level of a candidate',
    task(assignment('candidateGroups="=v2"')),
    'CANDIDATE_UNIT_NOT_FOUND',
    { v2: 'clerk@township' },
    'task',
  ],
  ['due date', task('<zeebe:taskSchedule dueDate="=v"/>'), 'EXPRESSION_FAILED', { v: '2026-06-01' }, 'task'],
  ['priority', task('<zeebe:priorityDefinition priority="=v"/>'), 'EXPRESSION_FAILED', { v: 100 }, 'task'],
  ['job type', node('serviceTask', 'a', '<zeebe:taskDefinition type="=v"/>'), 'EXPRESSION_FAILED', { v: 'w' }, 'job'],
  [
    'no job retries',
    node('serviceTask', 'a', '<zeebe:taskDefinition type="w" retries="=none"/>'),
    'EXPRESSION_FAILED',
    { none: 1 },
    'job',
  ],
  [
    'job retries',
    node('serviceTask', 'a', '<zeebe:taskDefinition type="w" retries="=v"/>'),
    'EXPRESSION_FAILED',
    { v: 2 },
    'job',
  ],
  [
    'timer',
    node('intermediateCatchEvent', 'a', '', timer('timeDuration', '=v')),
    'EXPRESSION_FAILED',
    { v: 'PT1H' },
    'timer',
  ],
  ['items', task('', each({ items: 'v' })), 'COLLECTION_NOT_A_LIST', { v: [1] }, 'task'],
  [
    'condition',
    node('exclusiveGateway', 'a') + node('endEvent', 'no') + flow('a', 'no', 'v'),
    'CONDITION_NOT_BOOLEAN',
    { v: true },
  ],
]

/** A value of the wrong type for all of them. */
const WRONG: Variables = { v: 7.5, none: 0, v2: 'clerk@nowhere' }

test.each(hooks)(
  'IN1 IN3 entering fails at the %s; resolving tries it again',
  async (_name, element, code, repair, then) => {
    const xml = frame(element).replace(
      '<bpmn:exclusiveGateway id="a" >',
      '<bpmn:exclusiveGateway id="a" default="a_end">',
    )
    const game = play(await bundleOf(xml))
    const { facts } = game.start(WRONG)
    const incidents = [...game.state.incidents.values()]
    expect(incidents).toMatchObject([{ code, elementId: 'a', retry: 'activate' }])
    expect(facts.at(-1)?.kind).toBe('incident.created')
    expect(facts.filter((fact) => /^(userTask|timer|job|multiInstance|element.completed a)/.test(fact.kind))).toEqual(
      [],
    )
    expect(facts.filter((fact) => fact.kind === 'variables.set')).toHaveLength(1)
    game.send('incident.resolve', incidents[0]!.key, {})
    expect(game.state.incidents.size).toBe(1)
    const key = game.state.instance!.key
    game.send('variables.set', key, { scopeKey: key, variables: repair, local: true })
    game.send('incident.resolve', [...game.state.incidents.keys()][0]!, {})
    expect(game.state.incidents.size).toBe(0)
    if (then === 'task') game.complete('a')
    if (then === 'job') game.send('job.complete', [...game.state.jobs.keys()][0], { variables: {} })
    if (then === 'timer') game.fire('a')
    expect(game.state.instance?.status).toBe('completed')
  },
)

const leaving: [string, string, string, Variables][] = [
  ['output mapping of a task', task(io({}, { y: '=1', x: `=${FAILS}` })), 'EXPRESSION_FAILED', { v: 1 }],
  ['output element', task('', each({ items: '[1]', into: 'all', result: FAILS })), 'EXPRESSION_FAILED', { v: 1 }],
  ['completion condition', task('', each({ items: '[1, 2]', until: 'v' })), 'CONDITION_NOT_BOOLEAN', { v: true }],
]

test.each(leaving)(
  'IN1 IN3 leaving fails at the %s; the task stays done and is not done again',
  async (_name, element, code, repair) => {
    const game = play(await bundleOf(frame(element)))
    game.start(WRONG)
    game.complete('a', { answer: 'yes' })
    const [incident] = game.state.incidents.values()
    expect(incident).toMatchObject({ code, retry: 'complete' })
    expect(game.facts.filter((fact) => fact.kind === 'variables.set' && 'y' in fact.value.variables)).toEqual([])
    const key = game.state.instance!.key
    game.send('variables.set', key, { scopeKey: key, variables: repair, local: true })
    game.send('incident.resolve', incident!.key, {})
    expect(game.state.incidents.size).toBe(0)
    expect(game.facts.filter((fact) => fact.kind === 'userTask.completed')).toHaveLength(1)
    expect(game.state.instance?.status).toBe('completed')
  },
)

test('KE1 IN1 what a failed hook would have written leaves no gap in the keys', async () => {
  const failing = task(assignment('assignee="=v"'))
  const boundary = node('boundaryEvent', 'b', '', timer('timeDuration', 'P1D'), 'attachedToRef="a"')
  const game = play(await bundleOf(frame(failing, boundary)))
  game.start({ v: 1 })
  const instance = game.state.instance!.key
  const [incident] = game.state.incidents.keys()
  const [element] = [...game.state.elements.values()].filter((one) => one.elementId === 'a')
  expect([element!.key - instance, incident! - instance, game.state.timers.size]).toEqual([2, 3, 0])
})
