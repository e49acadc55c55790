import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const named = (xml: string, id: string) => xml.replaceAll('id="process"', `id="${id}"`)
const deploy = async (xml: string) => {
  const form = new FormData()
  form.append('resources', new File([xml], 'p.bpmn'))
  const answer = await app.client('POST', '/v2/deployments', form)
  expect(answer.status).toBe(200)
}
const post = async <T>(path: string, body: object): Promise<T> =>
  (await (await app.client('POST', `/v2/${path}`, body)).json()) as T
interface Items {
  readonly items: readonly { readonly [name: string]: unknown }[]
}
const search = async (what: string, filter: object) => (await post<Items>(`${what}/search`, { filter })).items
const start = (processDefinitionId: string) =>
  post<{ processInstanceKey: string }>('process-instances', { processDefinitionId, tenantId: 'east' })
const settle = () => app.server.services.host.settle()

test('a signal begins a process, and a condition does', async () => {
  const begun = (definition: string, roots = '') =>
    model(
      `${node('startEvent', 's', '', definition)}${node('receiveTask', 'r', '', '', 'messageRef="m"')}${node('endEvent', 'e')}${line('s', 'r', 'e')}`,
      `<bpmn:message id="m" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements></bpmn:message>${roots}`,
    )
  await deploy(
    named(begun('<bpmn:signalEventDefinition signalRef="x"/>', '<bpmn:signal id="x" name="flood"/>'), 'bySignal'),
  )
  await deploy(
    named(
      begun(
        '<bpmn:conditionalEventDefinition><bpmn:condition>=level &gt; 2</bpmn:condition></bpmn:conditionalEventDefinition>',
      ),
      'byCondition',
    ),
  )
  expect(await post('signals/broadcast', { signalName: 'flood', variables: { level: 1 } })).toMatchObject({
    signalKey: expect.any(String),
  })
  await settle()
  expect(await search('process-instances', { processDefinitionId: 'bySignal' })).toMatchObject([{ state: 'ACTIVE' }])
  expect(await post('conditionals/evaluation', { variables: { level: 1 } })).toMatchObject({ processInstances: [] })
  const { processInstances } = await post<{ processInstances: { processInstanceKey: string }[] }>(
    'conditionals/evaluation',
    { variables: { level: 3 }, tenantId: 'east' },
  )
  const { processInstanceKey } = processInstances[0]!
  expect(await search('process-instances', { processInstanceKey })).toMatchObject([{ tenantId: 'east' }])
})

test('elements of an ad-hoc sub-process begin on demand, and by what a worker decides', async () => {
  const adHoc = (id: string, extensions: string) =>
    named(
      model(
        `${node('startEvent', 's')}<bpmn:adHocSubProcess id="ad">${extensions}${node('userTask', 'a')}${node('userTask', 'b')}</bpmn:adHocSubProcess>${node('endEvent', 'e')}${line('s', 'ad', 'e')}`,
      ),
      id,
    )
  await deploy(adHoc('onDemand', ''))
  await deploy(
    adHoc('decided', '<bpmn:extensionElements><zeebe:taskDefinition type="choose"/></bpmn:extensionElements>'),
  )
  const tasks = async (processInstanceKey: string) =>
    (await search('user-tasks', { processInstanceKey })).map(({ elementId }) => elementId)
  const one = (await start('onDemand')).processInstanceKey
  const [ad] = await search('element-instances', { processInstanceKey: one, type: 'AD_HOC_SUB_PROCESS' })
  const path = `/v2/element-instances/ad-hoc-activities/${ad?.elementInstanceKey}/activation`
  expect((await app.client('POST', path, { elements: [{ elementId: 'b' }] })).status).toBe(204)
  expect((await app.client('POST', path, { elements: [{ elementId: 'nothing' }] })).status).toBeGreaterThanOrEqual(400)
  expect(await tasks(one)).toEqual(['b'])

  const two = (await start('decided')).processInstanceKey
  const { jobs } = await post<{ jobs: { jobKey: string; kind: string }[] }>('jobs/activation', {
    type: 'choose',
    timeout: 1000,
    maxJobsToActivate: 1,
  })
  expect(jobs).toMatchObject([{ kind: 'AD_HOC_SUB_PROCESS', priority: 0 }])
  const complete = (result: object) => app.client('POST', `/v2/jobs/${jobs[0]!.jobKey}/completion`, { result })
  expect((await complete({ type: 'adHocSubProcess', denied: true })).status).toBe(400)
  expect((await complete({ type: 'adHocSubProcess', activateElements: [{ elementId: 'a' }] })).status).toBe(204)
  expect(await tasks(two)).toEqual(['a'])
})

test('a task shows what it waits for while its listeners are at work', async () => {
  await deploy(
    named(
      model(
        `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="look"/></zeebe:taskListeners>')}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
      ),
      'listened',
    ),
  )
  const { processInstanceKey } = await start('listened')
  const [task] = await search('user-tasks', { processInstanceKey })
  const complete = () => app.client('POST', `/v2/user-tasks/${task?.userTaskKey}/completion`, {})
  expect((await complete()).status).toBe(204)
  expect(await search('user-tasks', { processInstanceKey, state: 'COMPLETING' })).toHaveLength(1)
  expect((await complete()).status).toBe(409)
  const { jobs } = await post<{ jobs: { jobKey: string }[] }>('jobs/activation', {
    type: 'look',
    timeout: 1000,
    maxJobsToActivate: 1,
  })
  expect(jobs).toMatchObject([
    { kind: 'TASK_LISTENER', listenerEventType: 'COMPLETING', userTask: { userTaskKey: task?.userTaskKey } },
  ])
  const denied = { result: { type: 'userTask', denied: true, deniedReason: 'not yet' } }
  expect((await app.client('POST', `/v2/jobs/${jobs[0]!.jobKey}/completion`, denied)).status).toBe(204)
  expect(await search('user-tasks', { processInstanceKey, state: 'CREATED' })).toHaveLength(1)
  expect(await search('jobs', { processInstanceKey, kind: 'TASK_LISTENER' })).toMatchObject([
    { isDenied: true, deniedReason: 'not yet' },
  ])
})

test('TL5 a task listener is told by its job what is asked and the task as it will be, as by Camunda', async () => {
  // A model may give a header any name.
  const odd =
    '<zeebe:taskHeaders><zeebe:header key="io.camunda.zeebe:candidateUsers" value="no list"/></zeebe:taskHeaders>'
  const listeners = ['assigning', 'updating'].map((on) => `<zeebe:taskListener eventType="${on}" type="hear ${on}"/>`)
  const content = `<zeebe:assignmentDefinition candidateGroups="clerk"/><zeebe:taskListeners>${listeners.join('')}</zeebe:taskListeners>`
  const drawn = `${node('startEvent', 's')}${node('userTask', 'a', content)}${node('userTask', 'b', content + odd)}`
  await deploy(named(model(`${drawn}${node('endEvent', 'e')}${line('s', 'a', 'e')}${line('s', 'b', 'e')}`), 'told'))
  const { processInstanceKey } = await start('told')
  const [a] = await search('user-tasks', { processInstanceKey, elementId: 'a' })
  const [b] = await search('user-tasks', { processInstanceKey, elementId: 'b' })
  const told = async (type: string) => {
    const { jobs } = await post<{ jobs: { jobKey: string; userTask: object }[] }>('jobs/activation', {
      type,
      timeout: 1000,
      maxJobsToActivate: 2,
    })
    for (const { jobKey } of jobs) await app.client('POST', `/v2/jobs/${jobKey}/completion`, {})
    return jobs.map(({ userTask }) => userTask)
  }
  for (const task of [a, b])
    await app.client('POST', `/v2/user-tasks/${task?.userTaskKey}/assignment`, { assignee: 'p1' })
  const assigned = { action: 'assign', assignee: 'p1', candidateGroups: ['clerk'], changedAttributes: ['assignee'] }
  expect(await told('hear assigning')).toEqual([
    {
      ...assigned,
      userTaskKey: a?.userTaskKey,
      candidateUsers: [],
      dueDate: null,
      followUpDate: null,
      formKey: null,
      priority: 50,
    },
    expect.objectContaining({ ...assigned, userTaskKey: b?.userTaskKey, candidateUsers: [] }),
  ])
  const changeset = { priority: 80, dueDate: '2026-03-09T00:00:00Z' }
  await app.client('PATCH', `/v2/user-tasks/${a?.userTaskKey}`, { changeset, action: 'escalate' })
  expect(await told('hear updating')).toMatchObject([
    {
      action: 'escalate',
      priority: 80,
      dueDate: '2026-03-09T08:00:00+08:00',
      changedAttributes: ['dueDate', 'priority'],
    },
  ])
})

test('TL5 what a person calls what he asks of a task is told to its listeners, and is in the trail', async () => {
  const listeners = ['assigning', 'completing'].map((on) => `<zeebe:taskListener eventType="${on}" type="note ${on}"/>`)
  const content = `<zeebe:assignmentDefinition candidateGroups="clerk"/><zeebe:taskListeners>${listeners.join('')}</zeebe:taskListeners>`
  const drawn = `${node('startEvent', 's')}${node('userTask', 'a', content)}${node('endEvent', 'e')}${line('s', 'a', 'e')}`
  await deploy(named(model(drawn), 'called'))
  const { processInstanceKey } = await start('called')
  const [task] = await search('user-tasks', { processInstanceKey })
  const clerk = await app.as('clerk.east')
  const told = async (type: string) => {
    const activate = { type, timeout: 1000, maxJobsToActivate: 1 }
    const { jobs } = await post<{ jobs: { jobKey: string; userTask: object }[] }>('jobs/activation', activate)
    for (const { jobKey } of jobs) await app.client('POST', `/v2/jobs/${jobKey}/completion`, {})
    return jobs.map(({ userTask }) => userTask)
  }
  const me = ((await (await clerk('GET', '/v2/authentication/me')).json()) as { username: string }).username
  const of = (what: string) => `/v2/user-tasks/${task?.userTaskKey}/${what}`
  expect((await clerk('POST', of('assignment'), { assignee: me, action: 'mine' })).status).toBe(204)
  expect(await told('note assigning')).toMatchObject([{ action: 'mine' }])
  expect((await clerk('POST', of('completion'), { variables: {}, action: 'approve' })).status).toBe(204)
  expect(await told('note completing')).toMatchObject([{ action: 'approve' }])
  const { read, tables } = app.server.services.host.store
  const payloads = await read.select({ records: tables.payload.records }).from(tables.payload)
  const text = payloads.map(({ records }) => records).join()
  for (const action of ['mine', 'approve']) expect(text.includes(`"action":"${action}"`), action).toBe(true)
})
