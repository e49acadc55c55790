import { expect, test } from 'vitest'
import type { Fact, JobResult, TaskCorrections } from '../record/record.ts'
import { restoreState, serializeState } from '../state/snapshot.ts'
import { bundleOf, flow, line, model, node, type Play, play, timer, trace } from '../testing/index.ts'

const listeners = (...all: readonly string[]) =>
  `<zeebe:taskListeners>${all
    .map((one) => `<zeebe:taskListener eventType="${one.split(':')[0]}" type="${one.split(':')[1]}"/>`)
    .join('')}</zeebe:taskListeners>`
const task = (extensions: string) =>
  model(
    node('startEvent', 'start') +
      node('userTask', 'a', extensions) +
      node('endEvent', 'end') +
      line('start', 'a', 'end'),
  )

async function begin(extensions: string): Promise<Play> {
  const game = play(await bundleOf(task(extensions)))
  game.start()
  return game
}

function told(game: Play): Readonly<Record<string, string | undefined>> {
  const fact = game.facts.findLast((one): one is Fact<'job.created'> => one.kind === 'job.created')
  const entries = Object.entries(fact?.value.headers ?? {})
  return Object.fromEntries(entries.map(([name, value]) => [name.replace('io.camunda.zeebe:', ''), value]))
}

function answer(game: Play, corrections: TaskCorrections = {}, deniedReason?: string) {
  const denied = deniedReason !== undefined
  const result: JobResult = { type: 'userTask', denied, deniedReason: deniedReason ?? '', corrections }
  return game.send('job.complete', [...game.state.jobs.keys()][0], { variables: {}, result })
}

const theTask = (game: Play) => [...game.state.tasks.values()][0]

test('TL5 a listener is told the task as it will be, and what that changes', async () => {
  const attributes =
    '<zeebe:assignmentDefinition candidateGroups="clerk, reviewer@township" candidateUsers="u1"/>' +
    '<zeebe:taskSchedule dueDate="2026-06-01" followUpDate="2026-05-20T08:00:00Z"/>' +
    '<zeebe:taskHeaders><zeebe:header key="color" value="red"/></zeebe:taskHeaders>'
  const game = await begin(attributes + listeners('assigning:one', 'assigning:two'))
  const key = theTask(game)?.key
  game.send('userTask.assign', key, { assignee: 'p1', allowOverride: false })
  const first = {
    action: 'assign',
    assignee: 'p1',
    candidateGroups: '["clerk","reviewer@township"]',
    candidateUsers: '["u1"]',
    dueDate: '2026-06-01T00:00:00+08:00',
    followUpDate: '2026-05-20T16:00:00+08:00',
    priority: '50',
    userTaskKey: String(key),
    changedAttributes: '["assignee"]',
    color: 'red',
  }
  expect(told(game)).toEqual(first)
  answer(game, { priority: 80, followUpAt: null })
  const { followUpDate: _, ...rest } = first
  expect(told(game)).toEqual({ ...rest, priority: '80', changedAttributes: '["assignee","followUpDate","priority"]' })
})

test('TL5 what is asked is called as whoever asks calls it', async () => {
  const game = await begin(listeners('assigning:one', 'updating:one', 'completing:one'))
  const key = theTask(game)?.key
  const called = (action: string) => {
    expect(told(game).action).toBe(action)
    answer(game)
  }
  game.send('userTask.assign', key, { assignee: 'p1', allowOverride: true, action: 'claim' })
  called('claim')
  game.send('userTask.update', key, { priority: 60, action: 'escalate' })
  expect(told(game).changedAttributes).toBe('["priority"]')
  called('escalate')
  game.send('userTask.update', key, { priority: 70, action: '' })
  called('update')
  game.send('userTask.complete', key, { variables: {}, formKey: null, action: 'approve' })
  called('approve')
  expect(game.state.instance?.status).toBe('completed')
})

test('TL5 an attribute corrected back is no change any more', async () => {
  const game = await begin(listeners('completing:one', 'completing:two', 'completing:three'))
  game.complete('a')
  answer(game, { priority: 80 })
  expect(told(game).changedAttributes).toBe('["priority"]')
  answer(game, { priority: 50 })
  expect(told(game)).not.toHaveProperty('changedAttributes')
})

test('TL6 an update takes effect as corrected; what the update does not tell is told before it', async () => {
  const game = await begin(listeners('updating:one'))
  game.send('userTask.update', theTask(game)?.key, { priority: 70 })
  const { facts } = answer(game, { priority: 60, dueAt: 5, candidateGroups: ['reviewer@township'], assignee: 'p1' })
  expect(facts.slice(1)).toMatchObject([
    { kind: 'userTask.corrected', value: { assignee: 'p1', candidates: [{ role: 'reviewer', unitId: 't1' }] } },
    { kind: 'userTask.updated', value: { priority: 60, dueAt: 5 } },
  ])
  expect(theTask(game)).toMatchObject({ priority: 60, dueAt: 5, assignee: 'p1', status: 'assigned' })
  expect(theTask(game)).not.toHaveProperty('pending')
})

test('TL6 an update with listeners: what they correct goes before what the update says', async () => {
  const game = await begin(listeners('updating:one'))
  game.send('userTask.update', theTask(game)?.key, { followUpAt: 7, candidateUsers: ['p1'] })
  const { facts } = answer(game, { candidateUsers: ['p2'] })
  expect(facts.slice(1)).toMatchObject([
    { kind: 'userTask.corrected', value: { followUpAt: 7, candidateUsers: ['p2'] } },
    { kind: 'userTask.updated' },
  ])
})

test('TL7 a denial drops what the listeners before it corrected', async () => {
  const game = await begin(listeners('completing:one', 'completing:two'))
  const before = JSON.stringify(theTask(game))
  game.complete('a', { n: 1 })
  answer(game, { priority: 80 })
  const { facts } = answer(game, {}, 'not yet')
  expect(facts.at(-1)).toMatchObject({ kind: 'userTask.denied', value: { event: 'completing', reason: 'not yet' } })
  expect(JSON.stringify(theTask(game))).toBe(before)
  expect(game.variables()).toEqual({})
})

test('TL1 a task without listeners for an event takes what is asked at once', async () => {
  const game = await begin(listeners('canceling:one'))
  const { facts } = game.send('userTask.assign', theTask(game)?.key, { assignee: 'p1', allowOverride: false })
  expect(facts.map((fact) => fact.kind)).toEqual(['userTask.assigned'])
})

test('TL6 an assignment corrected to nobody unassigns', async () => {
  const game = await begin(listeners('assigning:one'))
  game.send('userTask.assign', theTask(game)?.key, { assignee: 'p1', allowOverride: false })
  expect(answer(game, { assignee: null }).facts.at(-1)?.kind).toBe('userTask.unassigned')
  expect(theTask(game)).toMatchObject({ status: 'created', assignee: null })
})

test('TL8 a task listener cannot throw an error', async () => {
  const game = await begin(listeners('completing:one'))
  game.complete('a')
  const [key] = game.state.jobs.keys()
  const thrown = game.send('job.throwError', key, { errorCode: 'NO', message: '', variables: {} })
  expect(thrown.rejection).toMatchObject({ code: 'STATE_CONFLICT', facts: { state: 'listener completing' } })
})

test('TL1 ST4 what waits for listeners survives being saved', async () => {
  const game = await begin(listeners('completing:one', 'canceling:two'))
  game.complete('a', { n: 1 })
  answer(game, {}, 'no')
  game.send('processInstance.cancel', undefined, { reason: 'asked' })
  const saved = serializeState(game.state)
  expect(serializeState(restoreState(saved))).toEqual(saved)
  expect(saved.elements.map((one) => one.ending?.kind)).toEqual(['cancel', 'terminate'])
})

test('UT5 UT6 a job-based user task tells its worker the attributes in headers', async () => {
  const attributes =
    '<zeebe:assignmentDefinition assignee="=who" candidateGroups="clerk, reviewer@township" candidateUsers="=[&quot;u1&quot;]"/>' +
    '<zeebe:taskSchedule dueDate="2026-06-01" followUpDate="=null"/>' +
    '<zeebe:formDefinition formKey="camunda-forms:bpmn:f1"/>' +
    '<zeebe:taskHeaders><zeebe:header key="color" value="red"/></zeebe:taskHeaders>'
  const xml = model(
    node('startEvent', 'start') +
      node('userTask', 'a', attributes, '', 'jobBased') +
      node('endEvent', 'end') +
      line('start', 'a', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start({ who: 'p1' })
  const job = game.facts.find((fact) => fact.kind === 'job.created')
  expect(job?.value).toMatchObject({ type: 'io.camunda.zeebe:userTask', retries: 1 })
  expect(told(game)).toEqual({
    assignee: 'p1',
    candidateGroups: '["clerk","reviewer@township"]',
    candidateUsers: '["u1"]',
    dueDate: '2026-06-01T00:00:00+08:00',
    formKey: 'camunda-forms:bpmn:f1',
    color: 'red',
  })
})

/** A task with a canceling listener in a sub-process that a timer interrupts; `more` lies beside it. */
const around = (inner: string, boundary: string) =>
  model(
    node('startEvent', 'start') +
      node('subProcess', 'sub', '', node('startEvent', 's') + inner) +
      node('boundaryEvent', 'b', '', boundary, 'attachedToRef="sub"') +
      node('endEvent', 'end') +
      line('start', 'sub', 'end') +
      flow('b', 'end'),
    '<bpmn:error id="e" errorCode="NO"/>',
  )

test('TL11 nothing begins in a scope that waits for a listener to end', async () => {
  const error = '<bpmn:errorEventDefinition errorRef="e"/>'
  const inner =
    node('parallelGateway', 'p') +
    node('userTask', 'a', listeners('canceling:one')) +
    node('endEvent', 'x', '', error) +
    node('userTask', 'late') +
    line('s', 'p', 'a') +
    line('p', 'x') +
    line('p', 'late')
  const game = play(await bundleOf(around(inner, error)))
  expect(trace(game.start().facts)).not.toContain('element.activated late')
  expect(trace(answer(game).facts)).toEqual([
    'job.completed a',
    'userTask.canceled a',
    'element.terminated a',
    'element.terminated sub',
    'element.activated b',
    'element.completed b',
    'sequenceFlow.taken b_end',
    'element.activated end',
    'element.completed end',
    'processInstance.completed',
  ])
})

test('TL11 a case that is canceled meanwhile ends instead, and the listener is asked once', async () => {
  const inner = node('userTask', 'a', listeners('canceling:one')) + line('s', 'a')
  const game = play(await bundleOf(around(inner, timer('timeDuration', 'PT1H'))))
  game.start()
  game.fire('b')
  const { facts } = game.send('processInstance.cancel', undefined, { reason: 'asked' })
  expect(facts.map((fact) => fact.kind)).toEqual(['element.ending', 'element.ending', 'element.ending'])
  expect(trace(answer(game).facts)).toEqual([
    'job.completed a',
    'userTask.canceled a',
    'element.terminated a',
    'element.terminated sub',
    'processInstance.terminated',
  ])
})

test.each([true, false])(
  'TE2 TL11 no event sub-process begins in a scope that a terminate end event has ended (interrupting: %s)',
  async (interrupting) => {
    const late =
      node('startEvent', 'l_start', '', timer('timeDuration', 'PT1H'), `isInterrupting="${interrupting}"`) +
      node('userTask', 'act') +
      line('l_start', 'act')
    const xml = model(
      node('startEvent', 'start') +
        node('parallelGateway', 'fork') +
        node('userTask', 'a', listeners('canceling:hear')) +
        node('userTask', 'b') +
        node('endEvent', 'end', '', '<bpmn:terminateEventDefinition/>') +
        line('start', 'fork', 'a') +
        line('fork', 'b', 'end') +
        node('subProcess', 'late', '', late, 'triggeredByEvent="true"'),
    )
    const game = play(await bundleOf(xml))
    game.start()
    game.complete('b')
    expect([...game.state.timers.values()]).toEqual([])
    const [job] = game.state.jobs.keys()
    game.send('job.complete', job, { variables: {} })
    expect(game.state.instance?.status).toBe('completed')
  },
)

test('TL9 what a listener that cannot be judged needs is set at its task, and heard by nobody', async () => {
  const own = '<zeebe:ioMapping><zeebe:input source="=null" target="worker"/></zeebe:ioMapping>'
  const game = await begin(own + listeners('updating:audit', 'completing:=worker'))
  game.complete('a')
  expect(theTask(game)?.pending?.event).toBe('completing')
  const [incident] = [...game.state.incidents.values()]
  expect(incident?.code).toBe('EXPRESSION_FAILED')
  game.send('variables.set', undefined, {
    scopeKey: incident?.elementInstanceKey ?? 0,
    variables: { worker: 'check' },
    local: true,
  })
  game.send('incident.resolve', incident?.key, {})
  expect([...game.state.jobs.values()].map(({ type }) => type)).toEqual(['check'])
  answer(game)
  expect(game.state.instance?.status).toBe('completed')
})
