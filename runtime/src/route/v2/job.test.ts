import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const task = '<zeebe:taskDefinition type="weigh" retries="2"/>'
  const xml = model(
    `${node('startEvent', 's')}${node('serviceTask', 'j', task)}${node('endEvent', 'e')}${line('s', 'j', 'e')}`,
  ).replaceAll('id="process"', 'id="weighing"')
  const form = new FormData()
  form.append('resources', new File([xml], 'p.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
})
afterAll(() => app.close())

const start = () => app.client('POST', '/v2/process-instances', { processDefinitionId: 'weighing', tenantId: 'east' })
const ask = async (timeout = 1000) => {
  const answer = await app.client('POST', '/v2/jobs/activation', {
    type: 'weigh',
    timeout,
    maxJobsToActivate: 10,
    requestTimeout: -1,
  })
  return ((await answer.json()) as { jobs: { jobKey: string; retries: number; deadline: number }[] }).jobs
}
const update = (key: string, changeset: object) => app.client('PATCH', `/v2/jobs/${key}`, { changeset })
const fail = (key: string, retries: number) => app.client('POST', `/v2/jobs/${key}/failure`, { retries })

test('the lease of a job is made longer while it runs, and refused once it is over', async () => {
  await start()
  const [job] = await ask()
  await app.advance(900)
  expect((await update(job!.jobKey, { timeout: 1000 })).status).toBe(204)
  await app.advance(900)
  expect(await ask()).toEqual([])
  await app.advance(200)
  const late = await update(job!.jobKey, { timeout: 1000 })
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({ code: 'STATE_CONFLICT' })
  // Refused as a whole: the retries beside it are not changed.
  expect((await update(job!.jobKey, { timeout: 1000, retries: 9 })).status).toBe(409)
  expect(await ask()).toMatchObject([{ jobKey: job!.jobKey, retries: 2 }])
  expect((await app.client('POST', `/v2/jobs/${job!.jobKey}/completion`, {})).status).toBe(204)
  expect((await update(job!.jobKey, { retries: 3 })).status).toBe(404)
  expect((await update(job!.jobKey, { timeout: 1000 })).status).toBe(404)
})

test('a lease and retries are changed together or not at all, whatever happens between', async () => {
  const { host } = app.server
  const submit = host.submit
  const between = async (happens: () => Promise<unknown>, asked: () => Promise<Response>) => {
    const told = vi.spyOn(host, 'submit').mockImplementationOnce(async (submission) => {
      await happens()
      return submit(submission)
    })
    try {
      return await asked()
    } finally {
      told.mockRestore()
    }
  }
  const { processInstanceKey } = (await (await start()).json()) as { processInstanceKey: string }
  const [job] = await ask(1000)
  const both = () => update(job!.jobKey, { timeout: 5000, retries: 7 })
  // The lease would be over when the retries are written.
  expect((await between(() => app.advance(1500), both)).status).toBe(204)
  expect(await ask()).toEqual([])
  await app.advance(3500)
  const [again] = await ask(2000)
  expect(again).toMatchObject({ jobKey: job!.jobKey, retries: 7 })
  // What the case refuses leaves the lease as it was.
  const key = Number(processInstanceKey)
  const suspend = { kind: 'processInstance.suspend', key, value: { reason: '' }, requestId: 'hold' } as const
  const actor = { type: 'system', id: 'test' } as const
  const refused = await between(() => submit({ ...suspend, actor }), both)
  expect([refused.status, (await refused.json()) as object]).toMatchObject([
    409,
    { code: 'PROCESS_INSTANCE_SUSPENDED' },
  ])
  const found = await app.client('POST', '/v2/jobs/search', { filter: { jobKey: job!.jobKey } })
  const { items } = (await found.json()) as { items: { deadline: string; retries: number }[] }
  expect(items).toMatchObject([{ deadline: new Date(again!.deadline).toISOString(), retries: 7 }])
  await submit({ ...suspend, kind: 'processInstance.resume', requestId: 'go-on', actor })
  await app.client('POST', `/v2/jobs/${job!.jobKey}/completion`, {})
})

test('retries are raised by an operator, and the job is offered again', async () => {
  await start()
  const [job] = await ask()
  expect((await fail(job!.jobKey, 0)).status).toBe(204)
  expect(await ask()).toEqual([])
  expect((await update(job!.jobKey, { retries: 5 })).status).toBe(204)
  expect(await ask()).toMatchObject([{ jobKey: job!.jobKey, retries: 5 }])
  const incidents = await app.client('POST', '/v2/incidents/search', { filter: { jobKey: job!.jobKey } })
  expect(((await incidents.json()) as { items: unknown[] }).items).toHaveLength(1)
})

test('E03 retries that were raised once are answered alike when the request comes again, the job done meanwhile', async () => {
  await start()
  const [job] = await ask()
  const raise = (retries: number) =>
    app.client('PATCH', `/v2/jobs/${job!.jobKey}`, { changeset: { retries } }, { 'idempotency-key': 'raise' })
  expect((await raise(4)).status).toBe(204)
  await app.client('POST', `/v2/jobs/${job!.jobKey}/completion`, {})
  expect((await raise(4)).status).toBe(204)
  expect((await raise(5)).status).toBe(422)
  expect((await update(job!.jobKey, { retries: 4, timeout: 1000 })).status).toBe(404)
})

test('E03 a lease that was extended once is not extended again when the request comes again', async () => {
  await start()
  const [job] = await ask()
  const change = (changeset: object, key: string) =>
    app.client('PATCH', `/v2/jobs/${job!.jobKey}`, { changeset }, { 'idempotency-key': key })
  const deadline = async () => {
    const found = await app.client('POST', '/v2/jobs/search', { filter: { jobKey: job!.jobKey } })
    return ((await found.json()) as { items: { deadline: string }[] }).items[0]!.deadline
  }
  expect((await change({ timeout: 60_000 }, 'longer')).status).toBe(204)
  const first = await deadline()
  await app.advance(1000)
  expect((await change({ timeout: 60_000 }, 'longer')).status).toBe(204)
  expect(await deadline()).toBe(first)
  expect((await change({ timeout: 90_000 }, 'longer')).status).toBe(422)
  expect((await change({ retries: 8 }, 'longer')).status).toBe(422)
  expect((await change({ retries: 8, timeout: 70_000 }, 'both')).status).toBe(204)
  expect((await change({ retries: 8, timeout: 80_000 }, 'both')).status).toBe(422)
  await app.client('POST', `/v2/jobs/${job!.jobKey}/completion`, {})
  for (const [changeset, key] of [
    [{ timeout: 60_000 }, 'longer'],
    [{ retries: 8, timeout: 70_000 }, 'both'],
  ] as const)
    expect((await change(changeset, key)).status).toBe(204)
})

test.each([{}, { retries: 0 }, { retries: -1 }, { retries: 1.5 }, { timeout: 0 }, { other: 1 }, { retries: 'x' }])(
  'a changeset of %j is refused',
  async (changeset) => {
    expect((await update('1', changeset)).status).toBe(400)
  },
)

test('a job that is not there is not found', async () => {
  expect((await update('1', { retries: 1 })).status).toBe(404)
})

test('a worker that names variables is given these alone; one that names none is given all', async () => {
  const given = { processDefinitionId: 'weighing', tenantId: 'east', variables: { gross: 1, net: 2 } }
  const { processInstanceKey } = (await (await app.client('POST', '/v2/process-instances', given)).json()) as {
    processInstanceKey: string
  }
  const activate = { type: 'weigh', timeout: 1000, maxJobsToActivate: 10 }
  for (const [fetchVariable, variables] of [
    [['net', 'other', 'a"b'], { net: 2 }],
    [['net'], { net: 2 }],
    [[], { gross: 1, net: 2 }],
  ]) {
    const answer = await app.client('POST', '/v2/jobs/activation', { ...activate, fetchVariable })
    const { jobs } = (await answer.json()) as { jobs: { processInstanceKey: string; variables: object }[] }
    const job = jobs.find((one) => one.processInstanceKey === processInstanceKey)
    expect(job?.variables).toEqual(variables)
    await app.advance(1000)
  }
})

test('I13 a worker of a thousand units asks for the jobs of all of them', async () => {
  const { single, tables } = app.server.services.store
  const tenantIds = Array.from({ length: 999 }, (_, i) => `u${i}`)
  await single.insert(tables.unit).values(
    tenantIds.map((id, place) => ({
      id,
      name: id,
      level: 'village',
      parentId: 'town',
      path: `/district/town/${id}/`,
      place,
    })),
  )
  await start()
  const activate = { type: 'weigh', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 }
  const none = await app.client('POST', '/v2/jobs/activation', { ...activate, tenantIds })
  expect([none.status, await none.json()]).toEqual([200, { jobs: [] }])
  const all = await app.client('POST', '/v2/jobs/activation', { ...activate, tenantIds: [...tenantIds, 'east'] })
  expect(await all.json()).toMatchObject({ jobs: [{ tenantId: 'east' }] })
})
