import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const drawing = (note: string) =>
  model(
    `<bpmn:documentation>${note}</bpmn:documentation>` +
      node('startEvent', 'start') +
      node('serviceTask', 'post', '<zeebe:taskDefinition type="post"/>') +
      node('userTask', 'ask', '<zeebe:assignmentDefinition candidateGroups="clerk"/>') +
      node('endEvent', 'end') +
      line('start', 'post', 'ask', 'end'),
  )

async function deploy(note: string): Promise<void> {
  const form = new FormData()
  form.set('resources', new File([drawing(note)], 'process.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
}

const start = (key: string) =>
  app.client(
    'POST',
    '/v2/process-instances',
    { processDefinitionId: 'process', tenantId: 'east' },
    { 'idempotency-key': key },
  )

async function lend(): Promise<string> {
  const asked = { type: 'post', timeout: 1_000, maxJobsToActivate: 1 }
  const { jobs } = (await (await app.client('POST', '/v2/jobs/activation', asked)).json()) as {
    jobs: { jobKey: string }[]
  }
  return jobs[0]!.jobKey
}

describe('F13 a request repeated because its answer was lost', () => {
  it('starts the same case, also when a new version was deployed meanwhile', async () => {
    await deploy('first')
    const first = await (await start('again')).json()
    await deploy('second')
    const again = await start('again')
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual(first)
  })

  it('fails a job with a back-off once, however late it is repeated', async () => {
    await start('job')
    const path = `/v2/jobs/${await lend()}/failure`
    const fail = () => app.client('POST', path, { retries: 2, retryBackOff: 1_000 }, { 'idempotency-key': 'fail' })
    expect((await fail()).status).toBe(204)
    await app.advance(500)
    expect((await fail()).status).toBe(204)
  })

  it('takes and gives back a task once, also when it has been completed meanwhile', async () => {
    await start('task')
    await app.advance(10_000)
    const done = await app.client('POST', `/v2/jobs/${await lend()}/completion`, {})
    expect(done.status).toBe(204)
    const found = await app.client('POST', '/v2/user-tasks/search', { filter: { state: 'CREATED', elementId: 'ask' } })
    const { items } = (await found.json()) as { items: { userTaskKey: string }[] }
    const key = items.at(-1)!.userTaskKey
    const clerk = await app.as('clerk.east')
    const claim = () => clerk('POST', `/api/tasks/${key}/claim`, undefined, { 'idempotency-key': 'claim' })
    const release = () => clerk('POST', `/api/tasks/${key}/release`, undefined, { 'idempotency-key': 'release' })
    expect((await claim()).status).toBe(200)
    expect((await release()).status).toBe(200)
    expect((await app.client('POST', `/v2/user-tasks/${key}/completion`, {})).status).toBe(204)
    expect((await claim()).status).toBe(200)
    expect((await release()).status).toBe(200)
    const other = await clerk('POST', `/api/tasks/${key}/claim`, undefined, { 'idempotency-key': 'another' })
    expect(other.status).toBe(409)
  })
})
