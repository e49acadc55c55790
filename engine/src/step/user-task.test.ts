import { expect, test } from 'vitest'
import type { Variables } from '../record/json.ts'
import { bundleOf, line, model, node, play } from '../testing/index.ts'

const task = (extensions: string) =>
  model(
    node('startEvent', 'start') +
      node('userTask', 'a', extensions) +
      node('endEvent', 'end') +
      line('start', 'a', 'end'),
  )

async function created(extensions: string, variables: Variables = {}) {
  const game = play(await bundleOf(task(extensions)))
  game.start(variables)
  const fact = game.facts.find((one) => one.kind === 'userTask.created')
  return { game, value: fact?.value, code: [...game.state.incidents.values()][0]?.code }
}

const assignment = (text: string) => `<zeebe:assignmentDefinition ${text}/>`

test.each<[string, string[], Variables?]>([
  ['candidateGroups="clerk, reviewer@township"', ['clerk@v1', 'reviewer@t1']],
  ['candidateGroups="=[&quot;clerk&quot;, &quot;reviewer@district&quot;]"', ['clerk@v1', 'reviewer@d1']],
  ['candidateGroups="=groups"', ['clerk@v1', 'auditor@v1'], { groups: ' clerk ,, auditor' }],
  ['candidateGroups="=groups"', [], { groups: null }],
  ['candidateGroups="=groups"', [], { groups: [] }],
])('UT1 candidates as text or list: %s', async (text, expected, variables) => {
  const { value } = await created(assignment(text), variables)
  expect(value?.candidates.map(({ role, unitId }) => `${role}@${unitId}`)).toEqual(expected)
})

test.each<[string, Variables, number | null | 'refused']>([
  ['2026-06-01', {}, Date.UTC(2026, 4, 31, 16)],
  ['2026-06-01T08:00:00Z', {}, Date.UTC(2026, 5, 1, 8)],
  ['=date(&quot;2026-06-01&quot;)', {}, Date.UTC(2026, 4, 31, 16)],
  ['=now() + duration(&quot;P1D&quot;)', {}, Date.UTC(2026, 4, 19)],
  ['=due', { due: '2026-06-01T00:00:00+08:00' }, Date.UTC(2026, 4, 31, 16)],
  ['=due', { due: null }, null],
  ['=due', { due: '' }, null],
  ['=due', { due: 'soon' }, 'refused'],
  ['=due', { due: 1_780_000_000 }, 'refused'],
  ['=due', { due: '2026-02-30' }, 'refused'],
  ['=due', { due: '2026-06-01T08:00:00+25:00' }, 'refused'],
])('UT1 due date %s %j', async (text, variables, expected) => {
  const { value, code } = await created(`<zeebe:taskSchedule dueDate="${text}"/>`, variables)
  if (expected === 'refused') expect([code, value]).toEqual(['EXPRESSION_FAILED', undefined])
  else expect(value?.dueAt).toBe(expected)
})

test.each<[string, Variables, number | 'refused']>([
  ['0', {}, 0],
  ['100', {}, 100],
  ['=p', { p: 70 }, 70],
  ['=p', { p: '70' }, 70],
  ['=p', { p: null }, 50],
  ['=p', { p: 101 }, 'refused'],
  ['=p', { p: -1 }, 'refused'],
  ['=p', { p: 1.5 }, 'refused'],
  ['=p', { p: 'high' }, 'refused'],
  ['=p', { p: ' ' }, 'refused'],
])('UT1 priority %s %j', async (text, variables, expected) => {
  const { value, code } = await created(`<zeebe:priorityDefinition priority="${text}"/>`, variables)
  if (expected === 'refused') expect([code, value]).toEqual(['EXPRESSION_FAILED', undefined])
  else expect(value?.priority).toBe(expected)
})

test('UT2 UT4 who may take a task over, give it back and do it', async () => {
  const { game } = await created(assignment('candidateGroups="clerk"'))
  const [key] = game.state.tasks.keys()
  const person = (id: string) => ({ type: 'person' as const, id })
  const assign = (assignee: string, allowOverride: boolean) =>
    game.send('userTask.assign', key, { assignee, allowOverride }, person(assignee))
  expect(game.send('userTask.unassign', key, {}).rejection?.code).toBe('USER_TASK_NOT_ASSIGNED')
  expect(assign('p1', false).facts).toHaveLength(1)
  expect(assign('p1', false)).toMatchObject({ facts: [], rejection: null })
  expect(assign('p2', false).rejection).toMatchObject({ code: 'USER_TASK_ASSIGNED', facts: { assignee: 'p1' } })
  expect(assign('p2', true).facts[0]?.value).toMatchObject({ assignee: 'p2', previous: 'p1' })
  const done = { variables: {}, formKey: null }
  expect(game.send('userTask.complete', key, done, person('p1')).rejection?.code).toBe('USER_TASK_ASSIGNED')
  expect(game.send('userTask.update', key, { priority: 90 }).facts[0]?.value).toMatchObject({
    priority: 90,
    dueAt: null,
  })
  expect(game.send('userTask.update', key, { dueAt: 5 }).facts[0]?.value).toMatchObject({ priority: 90, dueAt: 5 })
  expect(game.send('userTask.update', key, { dueAt: null }).facts[0]?.value).toMatchObject({ dueAt: null })
  expect(game.send('userTask.complete', key, done, person('p2')).rejection).toBeNull()
  expect(game.send('userTask.complete', key, done, person('p2')).rejection?.code).toBe('USER_TASK_COMPLETED')
  expect(assign('p3', true).rejection?.code).toBe('USER_TASK_COMPLETED')
})

test('UT4 a priority outside 0 to 100 is refused, whoever asks', async () => {
  const { game } = await created('')
  const [key] = game.state.tasks.keys()
  for (const priority of [-1, 101, 1.5])
    expect(game.send('userTask.update', key, { priority })).toMatchObject({
      facts: [],
      rejection: { code: 'BODY_INVALID' },
    })
})

test('TL6 an update tells follow-up date and candidates before the rest; groups nobody has are refused', async () => {
  const { game } = await created('')
  const [key] = game.state.tasks.keys()
  const changes = { followUpAt: 7, candidateUsers: ['p1'], candidateGroups: ['reviewer@township'] }
  expect(game.send('userTask.update', key, { ...changes, priority: 60 }).facts).toMatchObject([
    {
      kind: 'userTask.corrected',
      value: { followUpAt: 7, candidateUsers: ['p1'], candidates: [{ role: 'reviewer', unitId: 't1' }] },
    },
    { kind: 'userTask.updated', value: { priority: 60, dueAt: null } },
  ])
  expect(game.send('userTask.update', key, { candidateGroups: ['reviewer@nowhere'] })).toMatchObject({
    facts: [],
    rejection: { code: 'BODY_INVALID', facts: { field: 'candidateGroups' } },
  })
})

test('UT4 groups are written as they are shown, too: a unit of the case by its id, where no level is called so', async () => {
  const game = play(await bundleOf(task(assignment('candidateGroups="clerk"'))))
  const units = ['village', 'group', 'group', 'town'].map((level, i) => ({
    id: i === 3 ? 'group' : `u${i}`,
    name: level,
    level,
  }))
  game.send('processInstance.create', undefined, { units, variables: {}, parameters: {}, businessId: null })
  const [key] = game.state.tasks.keys()
  const candidates = (...candidateGroups: string[]) =>
    game
      .send('userTask.update', key, { candidateGroups })
      .facts.flatMap((fact) =>
        fact.kind === 'userTask.corrected'
          ? (fact.value.candidates ?? []).map(({ role, unitId }) => `${role}@${unitId}`)
          : [],
      )
  expect(candidates('clerk@u0', 'reviewer@u2')).toEqual(['clerk@u0', 'reviewer@u2'])
  expect(candidates('clerk', 'reviewer@group')).toEqual(['clerk@u0', 'reviewer@u1'])
  expect(candidates('clerk@u9')).toEqual([])
})

test('UT1 the nearest unit of a level is meant', async () => {
  const game = play(await bundleOf(task(assignment('candidateGroups="clerk@group"'))))
  const units = ['village', 'group', 'group', 'district'].map((level, i) => ({ id: `u${i}`, name: level, level }))
  game.send('processInstance.create', undefined, { units, variables: {}, parameters: {}, businessId: null })
  const created = game.facts.find((one) => one.kind === 'userTask.created')
  expect(created?.value.candidates).toEqual([{ role: 'clerk', unitId: 'u1' }])
})
