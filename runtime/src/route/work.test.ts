import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Case, Inbox, Startable, StartForm, Task, Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let east: Requester
let second: Requester
let west: Requester
let reviewer: Requester

beforeAll(async () => {
  app = await openTestApp()
  east = await app.as('clerk.east')
  second = await app.as('second.east')
  west = await app.as('clerk.west')
  reviewer = await app.as('reviewer')
})
afterAll(() => app.close())

const start = async (who: Requester, subject = 'A bridge', headers = {}) => {
  const answer = await who(
    'POST',
    '/api/cases',
    { processId: 'petition', unitId: 'east', formKey: null, answers: { subject } },
    headers,
  )
  expect(answer.status).toBe(201)
  return (await answer.json()) as { caseKey: string; caseNumber: string }
}
const openTask = async (who: Requester, caseKey: string) => {
  const one = (await (await who('GET', `/api/cases/${caseKey}`)).json()) as Case
  return one.tasks[0]!
}

test('E05 what one may start tells when a draft of it was kept, and by whose clock, until it has started', async () => {
  const kept = async () => ((await (await second('GET', '/api/startable')).json()) as Startable[])[0]!.draftSavedAt
  const form = async () => (await (await second('GET', '/api/startable/petition')).json()) as StartForm
  const now = new Date(app.server.host.clock.now()).toISOString()
  expect([await kept(), await form()]).toMatchObject([null, { draft: null, process: { draftSavedAt: null }, now }])
  await second('PUT', '/api/startable/petition/draft', { answers: { subject: 'half' } })
  expect([await kept(), await form()]).toMatchObject([now, { draft: { savedAt: now }, process: { draftSavedAt: now } }])
  await start(second)
  expect(await kept()).toBe(null)
})

test('a case goes from start to end through the hands of a clerk and a reviewer', async () => {
  const { caseKey, caseNumber } = await start(east)
  expect(caseNumber).toMatch(/^PT-2026-\d{4}$/)

  const inbox = (await (await second('GET', '/api/inbox?view=claimable')).json()) as Inbox
  const item = inbox.items.find((one) => one.caseKey === caseKey)!
  expect(item).toMatchObject({ name: 'Write up', title: 'A bridge', assignee: null })

  const task = (await (await second('POST', `/api/tasks/${item.taskKey}/claim`)).json()) as Task
  expect(task.can).toEqual({ claim: false, release: true, complete: true })
  expect(task.form).toMatchObject({ formId: 'report', data: { subject: 'A bridge' } })

  const done = await second('POST', `/api/tasks/${task.key}/complete`, {
    formKey: task.form!.formKey,
    answers: { report: 'Needed' },
  })
  expect(await done.json()).toEqual({ caseKey, nextTaskKey: null })

  const judging = await openTask(reviewer, caseKey)
  expect(judging).toMatchObject({ name: 'Judge', mine: true, candidates: ['Town Reviewer'] })
  expect((await reviewer('POST', `/api/tasks/${judging.key}/complete`, { formKey: null, answers: {} })).status).toBe(
    200,
  )

  const ended = (await (await east('GET', `/api/cases/${caseKey}`)).json()) as Case
  expect(ended.ring.state).toBe('completed')
  expect(ended.summary[0]).toEqual({ label: 'Subject', value: 'A bridge', files: [] })
  const trail = (await (await east('GET', `/api/cases/${caseKey}/trail`)).json()) as Trail
  expect(trail.chain).toMatchObject({ intact: true, brokenAt: null })
  const completed = trail.entries.filter((entry) => entry.kind === 'userTask.completed')
  expect(completed.map((entry) => entry.actor.name)).toEqual(['N second.east', 'N reviewer'])
  expect(completed[0]!.answers).toContainEqual({ label: 'Report', value: 'Needed', files: [] })
})

test('E02 two people complete the same task: one wins, the other gets 409 and keeps his text', async () => {
  const { caseKey } = await start(east)
  const { key } = await openTask(east, caseKey)
  const path = `/api/tasks/${key}/complete`
  const answers = await Promise.all([
    east('POST', path, { formKey: null, answers: { report: 'first' } }),
    second('POST', path, { formKey: null, answers: { report: 'second' } }),
  ])
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
  const loser = answers[0]!.status === 409 ? east : second
  const task = (await (await loser('GET', `/api/tasks/${key}`)).json()) as Task
  expect(task.state).toBe('completed')
  expect(task.draft?.answers).toEqual({ report: answers[0]!.status === 409 ? 'first' : 'second' })
})

test('E03 the same key twice has one effect; with another body it is refused', async () => {
  const key = { 'idempotency-key': 'once' }
  const first = await start(east, 'Once', key)
  expect(await start(east, 'Once', key)).toEqual(first)
  const other = await east(
    'POST',
    '/api/cases',
    { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: 'Other' } },
    key,
  )
  expect(other.status).toBe(422)
  expect(await other.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  const { key: task } = await openTask(east, first.caseKey)
  const complete = () =>
    east(
      'POST',
      `/api/tasks/${task}/complete`,
      { formKey: null, answers: { report: 'x' } },
      { 'idempotency-key': 'done' },
    )
  expect((await complete()).status).toBe(200)
  expect((await complete()).status).toBe(200)
})

test('A03 what is missing, unknown or not writable is refused by name, nothing is stored, the text is kept', async () => {
  const { caseKey } = await start(east)
  const { key } = await openTask(east, caseKey)
  const sequence = async () => ((await (await east('GET', `/api/cases/${caseKey}/trail`)).json()) as Trail).chain.rows
  const before = await sequence()
  const cases: [{ [name: string]: unknown }, string, string][] = [
    [{}, 'report', 'FIELD_REQUIRED'],
    [{ report: 'x', _internal: 1 }, '_internal', 'FIELD_UNKNOWN'],
    [{ report: 'x', subject: 'changed' }, 'subject', 'FIELD_NOT_WRITABLE'],
    [{ report: 7 }, 'report', 'FIELD_TYPE'],
  ]
  for (const [answers, field, code] of cases) {
    const refused = await east('POST', `/api/tasks/${key}/complete`, { formKey: null, answers })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'ANSWERS_REFUSED', fields: [{ field, code }] })
    expect(((await (await east('GET', `/api/tasks/${key}`)).json()) as Task).draft?.answers).toEqual(answers)
  }
  expect(await sequence()).toBe(before)
})

test('A03 the interface for other systems binds a person by the same writable set', async () => {
  const { caseKey } = await start(east)
  const { key } = await openTask(east, caseKey)
  const refused = await east('POST', `/v2/user-tasks/${key}/completion`, {
    variables: { report: 'x', subject: 'changed' },
  })
  expect(await refused.json()).toMatchObject({
    status: 422,
    fields: [{ field: 'subject', code: 'FIELD_NOT_WRITABLE' }],
  })
  const other = await east('POST', `/v2/user-tasks/${key}/assignment`, { assignee: 'somebody' })
  expect(other.status).toBe(403)
})

test('A02 what belongs to another village looks exactly like what does not exist', async () => {
  const { caseKey } = await start(east)
  const { key } = await openTask(east, caseKey)
  const paths = [
    ['GET', `/api/cases/${caseKey}`],
    ['GET', `/api/cases/${caseKey}/trail`],
    ['GET', `/api/cases/${caseKey}/diagram`],
    ['GET', `/api/tasks/${key}`],
    ['POST', `/api/tasks/${key}/claim`],
    ['POST', `/api/tasks/${key}/release`],
    ['GET', `/v2/process-instances/${caseKey}`],
    ['GET', `/v2/user-tasks/${key}`],
    ['GET', `/v2/user-tasks/${key}/form`],
  ] as const
  for (const [method, path] of paths) {
    const other = await west(method, path)
    const none = await west(method, path.replace(caseKey, '999999999').replace(key, '999999999'))
    expect(other.status, path).toBe(404)
    expect(await other.text(), path).toBe(await none.text())
  }
  const complete = await west('POST', `/api/tasks/${key}/complete`, { formKey: null, answers: { report: 'x' } })
  expect(complete.status).toBe(404)
  const found = (await (await west('POST', '/v2/user-tasks/search', {})).json()) as { items: { userTaskKey: string }[] }
  expect(found.items.map((one) => one.userTaskKey)).not.toContain(key)
  const list = (await (await west('GET', '/api/cases')).json()) as { items: { key: string }[] }
  expect(list.items.map((one) => one.key)).not.toContain(caseKey)
})

test('starting for a unit of others is refused, an unknown process is not found', async () => {
  const body = { processId: 'petition', unitId: 'west', formKey: null, answers: { subject: 'x' } }
  expect((await east('POST', '/api/cases', body)).status).toBe(403)
  expect((await east('POST', '/api/cases', { ...body, processId: 'none' })).status).toBe(404)
  expect((await reviewer('GET', '/api/startable/petition')).status).toBe(404)
})

test('a form version that is no longer the shown one is refused with 409', async () => {
  const { caseKey } = await start(east)
  const { key } = await openTask(east, caseKey)
  const answer = await east('POST', `/api/tasks/${key}/complete`, { formKey: '1', answers: { report: 'x' } })
  expect(await answer.json()).toMatchObject({ status: 409, code: 'FORM_VERSION_STALE' })
})

test('E05 what was handed in and is denied by who looks at it stays typed, and is no next task meanwhile', async () => {
  const own = `<zeebe:formDefinition formId="report" /><zeebe:assignmentDefinition candidateGroups="clerk" /><zeebe:taskListeners><zeebe:taskListener eventType="completing" type="look" /></zeebe:taskListeners>`
  const starters = '<bihuan:starters candidateGroups="clerk" />'
  const content = `${node('startEvent', 's', starters)}${node('userTask', 'a', own)}${node('endEvent', 'e')}${line('s', 'a', 'e')}`
  await app.server.host.deploy(
    [{ name: 'looked-at.bpmn', content: Buffer.from(model(content)) }],
    { type: 'system', id: 'test' },
    'looked-at',
  )
  const asked = { processId: 'process', unitId: 'east', formKey: null, answers: {} }
  const { caseKey } = (await (await east('POST', '/api/cases', asked)).json()) as { caseKey: string }
  const { key } = await openTask(east, caseKey)
  const draft = async () => ((await (await east('GET', `/api/tasks/${key}`)).json()) as Task).draft?.answers
  const handIn = async () => (await east('POST', `/api/tasks/${key}/complete`, { formKey: null, answers: text })).json()
  const look = async (result: object) => {
    const wanted = { type: 'look', timeout: 60_000, maxJobsToActivate: 1 }
    const { jobs } = (await (await app.client('POST', '/v2/jobs/activation', wanted)).json()) as {
      jobs: { jobKey: string }[]
    }
    const path = `/v2/jobs/${jobs[0]!.jobKey}/completion`
    expect((await app.client('POST', path, { result: { type: 'userTask', ...result } })).status).toBe(204)
  }
  const text = { report: 'A long report' }
  expect(await handIn()).toEqual({ caseKey, nextTaskKey: null })
  await look({ denied: true, deniedReason: 'not yet' })
  expect(await draft()).toEqual(text)
  await handIn()
  await look({ denied: false })
  expect(await draft()).toBeUndefined()
})
