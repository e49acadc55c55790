import type { Variables } from '@bihuan/engine'
import { each, line, model, node, timer } from '@bihuan/engine/testing'
import type { Directory } from '@bihuan/runtime/contract'
import { expect, it } from 'vitest'
import { prepare } from './prepare.ts'
import { marksOf, storyOf } from './story.ts'
import { Trial } from './trial.ts'
import type { Turn } from './turn.ts'
import { turnsOf } from './turns.ts'

const units = [{ id: 'v', name: 'Village', level: 'village' }]
const directory = { units: [], roles: [] } as unknown as Directory
const began = Date.parse('2026-03-02T01:00:00Z')

async function open(content: string, roots = ''): Promise<Trial> {
  const { prepared, problems } = await prepare({ 'a.bpmn': model(content, roots) }, { forms: [], decisions: [] })
  expect(problems).toEqual([])
  return new Trial(prepared!, units, {}, began)
}

const begin = (trial: Trial) => trial.start({}, 'somebody')
const waits = (trial: Trial) => turnsOf(trial, directory).map(({ id, role }) => `${id.split(' ')[0]} ${role}`)
const outside = (trial: Trial, id: string) => {
  const found = turnsOf(trial, directory).find((one) => one.id.startsWith(id))
  expect(found?.kind, id).toBe('outside')
  return found as Extract<Turn, { kind: 'outside' }>
}
/** Does the first deed of a turn, or the one of that place. */
const answer = (
  trial: Trial,
  id: string,
  given: { variables?: Variables; chosen?: string[]; note?: string } = {},
  at = 0,
) => outside(trial, id).deeds[at]!.run({ variables: {}, chosen: [], note: '', ...given })
const variables = (trial: Trial) => trial.view.state.elements.get(trial.view.instanceKey)?.variables
const ended = (trial: Trial) => trial.view.state.instance?.status

const service = (id: string) => node('serviceTask', id, '<zeebe:taskDefinition type="mail"/>', '', `name="${id}"`)
const message = '<bpmn:message id="m" name="paid"/>'
const keyed = `<bpmn:message id="m" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements></bpmn:message>`
const signal = '<bpmn:signal id="s" name="alarm"/>'
const ofMessage = '<bpmn:messageEventDefinition messageRef="m"/>'
const ofSignal = '<bpmn:signalEventDefinition signalRef="s"/>'
const condition = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`
const around = (inner: string, id: string) =>
  node('startEvent', 'start') + inner + node('endEvent', 'end') + line('start', id, 'end')

it('JO4 JO2 a waiting job is done with variables, or fails and is tried again with data put right', async () => {
  const trial = await open(around(service('send'), 'send'))
  await begin(trial)
  expect(waits(trial)).toEqual(['job 别的系统办：send'])
  await answer(trial, 'job', { note: 'no paper' }, 1)
  expect(waits(trial)).toEqual(['stuck 卡住了：send'])
  expect(marksOf(trial.facts, trial.prepared.process).send).toBe('bad')
  await answer(trial, 'stuck', { variables: { paper: true } })
  expect(variables(trial)).toEqual({ paper: true })
  expect(marksOf(trial.facts, trial.prepared.process).send).toBe('active')
  await answer(trial, 'job', { variables: { sent: 3 } })
  expect([ended(trial), variables(trial)]).toEqual(['completed', { paper: true, sent: 3 }])
  expect(storyOf(trial.facts).map(({ kind }) => kind)).toEqual(['ended', 'worker', 'stuck', 'failed', 'started'])
})

it('ER1 a job reports an error that an event catches', async () => {
  const caught = node(
    'boundaryEvent',
    'late',
    '',
    '<bpmn:errorEventDefinition errorRef="e"/>',
    'attachedToRef="send" name="Late"',
  )
  const flows = around(service('send'), 'send') + caught + node('userTask', 'mend') + line('late', 'mend')
  const trial = await open(flows, '<bpmn:error id="e" errorCode="LATE"/>')
  await begin(trial)
  await answer(trial, 'job', { note: 'LATE' }, 2)
  expect(trial.view.tasks.map(({ elementId }) => elementId)).toEqual(['mend'])
})

it('EG2 a message, a signal or the clock goes on where all are waited for, and taking it back waits again', async () => {
  const events = { m1: ofMessage, s1: ofSignal, t1: timer('timeDuration', 'P1D') }
  const ways = Object.entries(events).map(
    ([id, definition]) =>
      node('intermediateCatchEvent', id, '', definition) +
      node('userTask', `${id}_task`) +
      line('which', id, `${id}_task`),
  )
  const content = node('startEvent', 'start') + node('eventBasedGateway', 'which') + line('start', 'which')
  const trial = await open(content + ways.join(''), keyed + signal)
  await begin(trial)
  expect(waits(trial)).toEqual(['message 等消息：paid', 'signal 等信号：alarm'])
  await answer(trial, 'message', { variables: { amount: 5 } })
  expect([trial.view.tasks[0]?.elementId, variables(trial)]).toEqual(['m1_task', { amount: 5 }])
  await trial.takeBack()
  await answer(trial, 'signal')
  expect(trial.view.tasks[0]?.elementId).toBe('s1_task')
  await trial.takeBack()
  await trial.advanceBy('P1D')
  expect(trial.view.tasks[0]?.elementId).toBe('t1_task')
})

it('CN2 a condition is looked at again when data of the case changes', async () => {
  const trial = await open(
    around(node('intermediateCatchEvent', 'full', '', condition('count = 3'), 'name="Full"'), 'full'),
  )
  await begin(trial)
  await answer(trial, 'data', { variables: { count: 2 } })
  expect(ended(trial)).toBe('active')
  await answer(trial, 'data', { variables: { count: 3 } })
  expect(storyOf(trial.facts).map(({ kind, element }) => `${kind} ${element}`)).toContain('condition Full')
  expect(ended(trial)).toBe('completed')
})

it('AH11 elements of an ad-hoc sub-process are begun by choice', async () => {
  const inside = node('userTask', 'ask', '', '', 'name="Ask"') + node('userTask', 'look', '', '', 'name="Look"')
  const trial = await open(around(node('adHocSubProcess', 'box', '', inside), 'box'))
  await begin(trial)
  expect(outside(trial, 'adHoc').choices.map(({ label }) => label)).toEqual(['Ask', 'Look'])
  await answer(trial, 'adHoc', { chosen: ['look'] })
  expect(trial.view.tasks.map(({ name }) => name)).toEqual(['Look'])
})

it('TL7 a listener may refuse what was asked, and the task is there again', async () => {
  const listener = '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="look"/></zeebe:taskListeners>'
  const trial = await open(around(node('userTask', 'sign', listener, '', 'name="Sign"'), 'sign'))
  await begin(trial)
  const [task] = trial.view.tasks
  await trial.complete(task!.key, {}, 'clerk')
  expect(waits(trial)).toEqual(['job 系统核对：Sign'])
  await answer(trial, 'job', { note: 'no seal' }, 1)
  expect(storyOf(trial.facts)[0]).toMatchObject({ kind: 'denied', element: 'Sign', message: 'no seal' })
  expect(waits(trial)).toEqual(['task clerk'])
  await trial.complete(task!.key, {}, 'clerk')
  await answer(trial, 'job')
  expect(ended(trial)).toBe('completed')
})

it('TL1 who completes a task takes it first: where a listener looks at that, it is completed the next time', async () => {
  const listener = '<zeebe:taskListeners><zeebe:taskListener eventType="assigning" type="look"/></zeebe:taskListeners>'
  const trial = await open(around(node('userTask', 'sign', listener, '', 'name="Sign"'), 'sign'))
  await begin(trial)
  const [task] = trial.view.tasks
  await trial.complete(task!.key, {}, 'clerk')
  expect([waits(trial), ended(trial)]).toEqual([['job 系统核对：Sign'], 'active'])
  await answer(trial, 'job')
  expect(trial.view.state.tasks.get(task!.key)?.assignee).toBe('clerk')
  await trial.complete(task!.key, {}, 'clerk')
  expect(ended(trial)).toBe('completed')
})

it('CL1 a called process of the package is played, and marks nothing of the drawing that calls it', async () => {
  const call = node('callActivity', 'call', '<zeebe:calledElement processId="other"/>', '', 'name="Pay"')
  // Its elements have ids that the drawing of the case has, too.
  const inner = node('startEvent', 'start') + node('userTask', 'end', '', '', 'name="Inner"') + line('start', 'end')
  const other = model(inner).replace('id="process" name="Process"', 'id="other" name="Other"')
  const { prepared, problems } = await prepare(
    { 'process.bpmn': model(around(call, 'call')), 'another.bpmn': other },
    { forms: [], decisions: [] },
  )
  expect(problems).toEqual([])
  expect(prepared?.process.id).toBe('process')
  const trial = new Trial(prepared!, units, {}, began)
  await begin(trial)
  expect(trial.view.tasks.map(({ name }) => name)).toEqual(['Inner'])
  const marks = marksOf(trial.facts, trial.prepared.process)
  expect(marks).toMatchObject({ start: 'done', call: 'active' })
  expect(marks).not.toHaveProperty('end')
  await trial.complete(trial.view.tasks[0]!.key, {}, 'clerk')
  expect(ended(trial)).toBe('completed')
  expect(storyOf(trial.facts).map(({ kind, element }) => `${kind} ${element}`)).toEqual([
    'ended null',
    'completed Inner',
    'called Pay',
    'started Process',
  ])
})

it('SV1 a case is begun by any of its start events, with what that brings', async () => {
  const content =
    around(node('userTask', 'look'), 'look') +
    node('startEvent', 'asked', '', ofMessage, 'name="Asked"') +
    line('asked', 'look')
  const trial = await open(content, message)
  expect(waits(trial)).toEqual(['start 谁都行', 'start 起因 Asked'])
  await answer(trial, 'start asked', { variables: { who: 'Wang' } })
  expect(trial.view.tasks.map(({ elementId }) => elementId)).toEqual(['look'])
  expect(variables(trial)).toEqual({ who: 'Wang' })
  expect(marksOf(trial.facts, trial.prepared.process)).toMatchObject({ asked: 'done' })
  await trial.takeBack()
  expect(trial.started).toBe(false)
})

it('JO12 a list of a role that nobody holds stops as it would on the server, and is tried with people lent', async () => {
  const look =
    '<zeebe:taskDefinition type="bihuan.people"/><zeebe:taskHeaders><zeebe:header key="role" value="member"/></zeebe:taskHeaders>'
  const vote = node('userTask', 'vote', '', each({ items: 'people', element: 'voter' }))
  const lines = line('start', 'look', 'vote', 'end')
  const trial = await open(
    node('startEvent', 'start') + node('serviceTask', 'look', look) + vote + node('endEvent', 'end') + lines,
  )
  await begin(trial)
  expect(waits(trial)).toEqual(['stuck 卡住了：look'])
  expect(outside(trial, 'stuck').about).toContain('没有人担任')
  await answer(trial, 'stuck')
  expect(trial.view.tasks.map(({ elementId }) => elementId)).toEqual(['vote', 'vote', 'vote'])
  expect(trial.view.incidents).toEqual([])
})
