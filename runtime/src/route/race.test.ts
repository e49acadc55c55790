import { eq, gt } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Case, ProblemJson, Task } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let east: Requester
let second: Requester
let reviewer: Requester

beforeAll(async () => {
  app = await openTestApp()
  east = await app.as('clerk.east')
  second = await app.as('second.east')
  reviewer = await app.as('reviewer')
})
afterAll(() => app.close())

async function newTask(): Promise<{ readonly caseKey: string; readonly task: Task }> {
  const started = await east('POST', '/api/cases', {
    processId: 'petition',
    unitId: 'east',
    formKey: null,
    answers: { subject: 'A bridge' },
  })
  const { caseKey } = (await started.json()) as { caseKey: string }
  const one = (await (await east('GET', `/api/cases/${caseKey}`)).json()) as Case
  const task = (await (await east('GET', `/api/tasks/${one.tasks[0]!.key}`)).json()) as Task
  return { caseKey, task }
}

const problem = async (answer: Response) => (await answer.json()) as ProblemJson

test('E01 of 50 who claim one task at once one has it; the others are told his name, for they may see the case', async () => {
  const { task } = await newTask()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? east : second)('POST', `/api/tasks/${task.key}/claim`)),
  )
  const refused = answers.filter(({ status }) => status === 409)
  // Whoever has it may claim it again, that changes nothing: the other person's 25 are refused.
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(25)
  expect(refused).toHaveLength(25)
  const { assignee } = (await (await east('GET', `/api/tasks/${task.key}`)).json()) as Task
  for (const answer of refused) {
    const told = await problem(answer)
    expect(told.code).toBe('USER_TASK_ASSIGNED')
    expect(told.detail).toContain(assignee!.name)
    expect(assignee!.name).toMatch(/^N (clerk|second)\.east$/)
  }
  const { read, tables } = app.server.services.store
  const rows = await read.select().from(tables.trail)
  const assigned = rows.filter(
    ({ stream, heads }) =>
      stream === Math.floor(Number(task.key) / 2 ** 20) && JSON.stringify(heads).includes('userTask.assigned'),
  )
  expect(assigned).toHaveLength(1)
})

test('E02 of two who complete a task with other answers the first is taken; the second is refused and keeps his text', async () => {
  const { caseKey, task } = await newTask()
  const complete = (who: Requester, report: string) =>
    who('POST', `/api/tasks/${task.key}/complete`, { formKey: task.form!.formKey, answers: { report } })
  const answers = await Promise.all([complete(east, 'of the first'), complete(second, 'of the second')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const loser =
    answers[0]!.status === 409
      ? { id: 'clerk.east', text: 'of the first' }
      : { id: 'second.east', text: 'of the second' }
  const { read, tables } = app.server.services.store
  const drafts = await read.select().from(tables.draft)
  const people = new Map((await read.select().from(tables.person)).map((one) => [one.id, one.username]))
  expect(drafts.map((one) => ({ id: people.get(one.personId), answers: one.answers }))).toContainEqual({
    id: loser.id,
    answers: { report: loser.text },
  })
  const trail = await (await east('GET', `/api/cases/${caseKey}/trail`)).text()
  expect(trail).toContain(answers[0]!.status === 200 ? 'clerk.east' : 'second.east')
})

test('E03 a double click has one effect; the same key with another body is refused', async () => {
  const { task } = await newTask()
  const complete = (report: string) =>
    east(
      'POST',
      `/api/tasks/${task.key}/complete`,
      { formKey: task.form!.formKey, answers: { report } },
      { 'idempotency-key': 'one-click' },
    )
  const twice = await Promise.all([complete('done'), complete('done')])
  expect(twice.map(({ status }) => status)).toEqual([200, 200])
  expect(await twice[0]!.json()).toEqual(await twice[1]!.json())
  const start = (subject: string) =>
    east(
      'POST',
      '/api/cases',
      { processId: 'petition', unitId: 'east', formKey: null, answers: { subject } },
      { 'idempotency-key': 'one-start' },
    )
  const first = await (await start('A')).json()
  expect(await (await start('A')).json()).toEqual(first)
  const other = await start('B')
  expect(other.status).toBe(422)
  expect((await problem(other)).code).toBe('IDEMPOTENCY_KEY_REUSED')
})

test('E05 answers that were judged before a migration, and come after it, are refused though the form is the same', async () => {
  const { host, store } = app.server.services
  const { caseKey, task } = await newTask()
  const { processDefinition: t } = store.tables
  const [before] = await store.read.select().from(t).where(eq(t.processId, 'petition'))
  const content = new TextEncoder().encode(before!.xml.replace('name="Write up"', 'name="Write it up"'))
  const deployer = { type: 'system', id: 'test' } as const
  await host.deploy([{ name: 'petition.bpmn', content }], deployer, 'deploy again')
  const [after] = await store.read.select().from(t).where(gt(t.key, before!.key))
  const migrate = () =>
    host.submit({
      kind: 'processInstance.migrate',
      key: Number(caseKey),
      actor: deployer,
      requestId: `migrate ${caseKey}`,
      value: {
        reason: 'a better name',
        targetDefinitionKey: after!.key,
        mappings: [{ sourceElementId: 'write', targetElementId: 'write' }],
      },
    })
  const submit = host.submit.bind(host)
  const between = vi.spyOn(host, 'submit').mockImplementation(async (submission) => {
    if (submission.kind === 'userTask.complete') {
      between.mockRestore()
      await migrate()
    }
    return submit(submission)
  })
  const complete = () => {
    const answers = { report: 'typed before' }
    return east('POST', `/api/tasks/${task.key}/complete`, { formKey: task.form!.formKey, answers })
  }
  const refused = await complete()
  expect([refused.status, (await problem(refused)).code]).toEqual([409, 'FORM_VERSION_STALE'])
  expect((await complete()).status).toBe(200)
})

test('E05 a form of an older version is refused with 409 and the text is kept', async () => {
  const { task } = await newTask()
  const { status, code } = await east('POST', `/api/tasks/${task.key}/complete`, {
    formKey: '1',
    answers: { report: 'typed on the old form' },
  }).then(async (answer) => ({ status: answer.status, code: (await problem(answer)).code }))
  expect({ status, code }).toEqual({ status: 409, code: 'FORM_VERSION_STALE' })
  const kept = (await (await east('GET', `/api/tasks/${task.key}`)).json()) as Task
  expect(JSON.stringify(kept)).toContain('typed on the old form')
})

test('E05 what has ended meanwhile is refused with 409 and the text is kept', async () => {
  const { caseKey, task } = await newTask()
  const cancelled = await app.client('POST', `/v2/process-instances/${caseKey}/cancellation`, {})
  expect(cancelled.status).toBe(204)
  const answer = await east('POST', `/api/tasks/${task.key}/complete`, {
    formKey: task.form!.formKey,
    answers: { report: 'too late' },
  })
  expect(answer.status).toBe(409)
  const { read, tables } = app.server.services.store
  const drafts = await read.select().from(tables.draft)
  expect(drafts.map((one) => one.answers)).toContainEqual({ report: 'too late' })
})

test('F18 F19 a server that is busy answers 503 with the seconds to wait, and is asked about its health all the same', async () => {
  const { load } = app.server.services
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  const busy = Array.from({ length: 256 }, () => load.work(() => held))
  const answer = await reviewer('GET', '/api/inbox')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await problem(answer)).toMatchObject({ code: 'OVERLOADED', status: 503 })
  expect((await app.request('GET', '/api/health')).status).toBe(200)
  release()
  await Promise.all(busy)
  expect((await reviewer('GET', '/api/inbox')).status).toBe(200)
})
