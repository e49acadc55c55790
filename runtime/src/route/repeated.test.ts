import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { objection } from '../testing/objection.ts'
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

async function deployed(xml: string): Promise<void> {
  const form = new FormData()
  form.set('resources', new File([xml], 'process.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
}

const deploy = (note: string) => deployed(drawing(note))

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

  it('starts the same case for a person, also when its form asks for more by then', async () => {
    const clerk = await app.as('clerk.east')
    const { form } = (await (await clerk('GET', '/api/startable/petition')).json()) as { form: { formKey: string } }
    const begin = async (key: string, subject = 'Tap') => {
      const body = { processId: 'petition', unitId: 'east', formKey: form.formKey, answers: { subject } }
      const answer = await clerk('POST', '/api/cases', body, { 'idempotency-key': key })
      return [answer.status, ((await answer.json()) as { caseKey?: string }).caseKey]
    }
    const [status, caseKey] = await begin('petition')
    expect([status, typeof caseKey]).toEqual([201, 'string'])
    const asksMore = {
      ...{ id: 'petition', type: 'default', schemaVersion: 19 },
      components: ['subject', 'place'].map((key) => ({
        type: 'textfield',
        id: key,
        key,
        validate: { required: true },
      })),
    }
    const upload = new FormData()
    upload.set('resources', new File([JSON.stringify(asksMore)], 'petition.form'))
    expect((await app.client('POST', '/v2/deployments', upload)).status).toBe(200)
    expect(await begin('petition')).toEqual([201, caseKey])
    // Another request, or another content, is judged anew.
    expect((await begin('next'))[0]).toBe(409)
    expect((await begin('petition', 'Well'))[0]).toBe(409)
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

  it('E03 begins nothing more by a condition when a new version was deployed meanwhile', async () => {
    const conditional = (note: string) =>
      model(
        `<bpmn:documentation>${note}</bpmn:documentation>` +
          node(
            'startEvent',
            'start',
            '',
            '<bpmn:conditionalEventDefinition><bpmn:condition>=level &gt; 2</bpmn:condition></bpmn:conditionalEventDefinition>',
          ) +
          node('userTask', 'ask') +
          node('endEvent', 'end') +
          line('start', 'ask', 'end'),
      ).replaceAll('id="process"', 'id="risen"')
    const evaluate = async () => {
      const body = { variables: { level: 3 } }
      const answer = await app.client('POST', '/v2/conditionals/evaluation', body, { 'idempotency-key': 'level' })
      return (await answer.json()) as { processInstances: object[] }
    }
    await deployed(conditional('first'))
    const first = await evaluate()
    expect(first.processInstances).toHaveLength(1)
    await deployed(conditional('second'))
    expect(await evaluate()).toEqual(first)
  })

  it('E03 hands a signal on again, after a crash and a deployment, without a second case', async () => {
    const bySignal = (note: string) =>
      model(
        `<bpmn:documentation>${note}</bpmn:documentation>` +
          node('startEvent', 'start', '', '<bpmn:signalEventDefinition signalRef="flood"/>') +
          node('userTask', 'ask') +
          node('endEvent', 'end') +
          line('start', 'ask', 'end'),
        '<bpmn:signal id="flood" name="flood"/>',
      ).replaceAll('id="process"', 'id="flooded"')
    const { store, host } = app.server.services
    const { signal, outbox } = store.tables
    await deployed(bySignal('first'))
    const answer = await app.client('POST', '/v2/signals/broadcast', { signalName: 'flood' })
    const key = Number(((await answer.json()) as { signalKey: string }).signalKey)
    await host.settle()
    await deployed(bySignal('second'))
    // As if the server had died before it forgot that the signal was on its way.
    await store.single.insert(signal).values({ key, name: 'flood', variables: {}, broadcastAt: host.clock.now() })
    await store.single.insert(outbox).values({ key, kind: 'signal.broadcast', dueAt: host.clock.now(), mark: 0 })
    await host.settle()
    expect(await store.read.select().from(signal)).toEqual([])
    const filter = { processDefinitionId: 'flooded' }
    const found = await app.client('POST', '/v2/process-instances/search', { filter })
    expect(((await found.json()) as { items: object[] }).items).toHaveLength(1)
  })

  it('E03 tries again what failed once, and says so again', async () => {
    const failing = node('scriptTask', 'fail', '<zeebe:script expression="=assert(x, x != null)" resultVariable="y"/>')
    await deployed(
      model(`${node('startEvent', 's')}${failing}${node('endEvent', 'e')}${line('s', 'fail', 'e')}`).replaceAll(
        'id="process"',
        'id="failing"',
      ),
    )
    const begun = await app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'failing',
      tenantId: 'east',
    })
    const { processInstanceKey } = (await begun.json()) as { processInstanceKey: string }
    const operator = await app.as('operator')
    const incidents = async () => {
      const answer = await operator('GET', `/api/operate/incidents?case=${processInstanceKey}`)
      return ((await answer.json()) as { items: { key: string }[] }).items.map(({ key }) => key)
    }
    const [incident] = await incidents()
    const resolve = async () => {
      const path = `/api/operate/incidents/${incident}/resolve`
      const answer = await operator('POST', path, { reason: 'Mended' }, { 'idempotency-key': 'resolve' })
      return [answer.status, await answer.json()]
    }
    expect(await resolve()).toEqual([200, { stuckAgain: true }])
    const after = await incidents()
    expect(await resolve()).toEqual([200, { stuckAgain: true }])
    expect(await incidents()).toEqual(after)
  })

  it('E03 does an act on a case once, and it counts as no message from outside', async () => {
    await deployed(objection.replaceAll('id="process"', 'id="objected"'))
    const begun = await app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'objected',
      tenantId: 'east',
    })
    const { processInstanceKey } = (await begun.json()) as { processInstanceKey: string }
    const clerk = await app.as('clerk.east')
    const path = `/api/cases/${processInstanceKey}`
    const { actions } = (await (await clerk('GET', path)).json()) as { actions: { key: string }[] }
    const object = async (key: string) => {
      const body = { formKey: null, answers: {} }
      const answer = await clerk('POST', `${path}/actions/${actions[0]!.key}`, body, { 'idempotency-key': key })
      return [answer.status, ((await answer.json()) as { caseKey?: string }).caseKey]
    }
    expect(await object('object')).toEqual([200, processInstanceKey])
    expect(await object('object')).toEqual([200, processInstanceKey])
    expect((await object('another'))[0]).toBe(409)
    const filter = { processInstanceKey }
    const reached = await app.client('POST', '/v2/correlated-message-subscriptions/search', { filter })
    expect(((await reached.json()) as { items: object[] }).items).toEqual([])
  })
})
