import { expect, test } from 'vitest'
import type { Actor } from '../record/record.ts'
import { serializeState } from '../state/snapshot.ts'
import { bundleOf, line, model, node, play, trace, units } from '../testing/index.ts'

const person = (id: string): Actor => ({ type: 'person', id })
const head = '<bihuan:case title="=&quot;Road &quot; + name" dueDate="=due" numberPrefix="SY"/>'
const xml = model(
  `<bpmn:extensionElements>${head}</bpmn:extensionElements>` +
    node('startEvent', 'start') +
    node(
      'userTask',
      'a',
      '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="village_clerk, reviewer@township" candidateUsers="=[&quot;u1&quot;]"/><zeebe:taskSchedule dueDate="=now() + duration(&quot;P3D&quot;)"/><zeebe:priorityDefinition priority="70"/>',
    ) +
    node('endEvent', 'end') +
    line('start', 'a', 'end'),
)
const bundle = await bundleOf(xml)
const begin = () => {
  const game = play(bundle)
  game.start({ name: 'R1', due: '2026-06-01' })
  return { game, key: [...game.state.tasks.keys()][0]! }
}

test('UT1 a user task is created with candidates of the units of the case, due date, priority and reasons', () => {
  const { game } = begin()
  const created = game.facts.find((fact) => fact.kind === 'userTask.created')
  expect(created?.value).toMatchObject({
    candidates: [
      { role: 'village_clerk', unitId: 'v1' },
      { role: 'reviewer', unitId: 't1' },
    ],
    candidateUsers: ['u1'],
    dueAt: game.at + 3 * 86_400_000,
    priority: 70,
    assignee: null,
  })
  expect(game.facts[0]?.value).toMatchObject({
    title: 'Road R1',
    dueAt: Date.UTC(2026, 4, 31, 16),
    businessId: 'SY-2026-0001',
  })
})

test('UT2 the second of two who claim is told who has it (quality E01)', () => {
  const { game, key } = begin()
  expect(game.send('userTask.assign', key, { assignee: 'p1', allowOverride: false }, person('p1')).rejection).toBe(null)
  const second = game.send('userTask.assign', key, { assignee: 'p2', allowOverride: false }, person('p2'))
  expect(second.rejection).toMatchObject({ code: 'USER_TASK_ASSIGNED', facts: { assignee: 'p1' } })
  expect(game.send('userTask.complete', key, { variables: {}, formKey: null }, person('p2')).rejection?.code).toBe(
    'USER_TASK_ASSIGNED',
  )
  expect(
    game.send('userTask.assign', key, { assignee: 'p2', allowOverride: true }, person('x')).facts[0]?.value,
  ).toMatchObject({ previous: 'p1' })
})

test('UT3 ST6 the second of two who complete is refused, and nothing changes (quality E02)', () => {
  const { game, key } = begin()
  game.send('userTask.complete', key, { variables: { v: 1 }, formKey: null }, person('p1'))
  const before = JSON.stringify(serializeState(game.state))
  const second = game.send('userTask.complete', key, { variables: { v: 2 }, formKey: null }, person('p2'))
  expect(second).toMatchObject({ facts: [], rejection: { code: 'USER_TASK_COMPLETED' } })
  expect(JSON.stringify(serializeState(game.state))).toBe(before)
})

test('UT4 unassigning what nobody has is refused; updating keeps what is not named', () => {
  const { game, key } = begin()
  expect(game.send('userTask.unassign', key, {}).rejection?.code).toBe('USER_TASK_NOT_ASSIGNED')
  expect(game.send('userTask.update', key, { priority: 5 }).facts[0]?.value).toMatchObject({
    priority: 5,
    dueAt: game.at + 3 * 86_400_000,
  })
  expect(game.send('userTask.update', key, { dueAt: null }).facts[0]?.value).toMatchObject({ priority: 5, dueAt: null })
  expect(game.send('userTask.assign', 12345, { assignee: 'p', allowOverride: true }).rejection?.code).toBe('NOT_FOUND')
})

test('PI1 a due date that fails refuses the start and keeps nothing', () => {
  const game = play(bundle)
  const refused = game.start({ name: 'x', due: 'someday' })
  expect(refused.rejection?.code).toBe('EXPRESSION_FAILED')
  expect(game.state.instance).toBe(null)
  expect(game.start({ name: 'x', due: null }).rejection).toBe(null)
  expect(
    game.send('processInstance.create', undefined, { units, variables: {}, parameters: {}, businessId: null }).rejection
      ?.code,
  ).toBe('STATE_CONFLICT')
})

test('PI2 cancelling ends everything; a second time is refused', () => {
  const { game } = begin()
  const key = game.state.instance!.key
  expect(trace(game.send('processInstance.cancel', key, { reason: 'withdrawn' }).facts)).toEqual([
    'userTask.canceled a',
    'element.terminated a',
    'processInstance.terminated',
  ])
  expect(game.send('processInstance.cancel', key, { reason: '' }).rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('KE1 keys are made of the stream and never repeat', () => {
  const { game, key } = begin()
  game.send('userTask.complete', key, { variables: {}, formKey: null })
  const activated = game.facts
    .filter((fact) => fact.kind === 'element.activated' || fact.kind === 'userTask.created')
    .map((fact) => fact.key)
  expect(new Set(activated).size).toBe(activated.length)
  expect(activated.every((one) => Math.floor(one / 2 ** 20) === 1024)).toBe(true)
})
