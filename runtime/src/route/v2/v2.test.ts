import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRows, streamOf } from '../../work/case-data.ts'
import { openTestApp, START, type TestApp } from '../test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const head =
  '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">'

/** A job, then a notice, then a message to wait for. */
const service = (name: string) => `<?xml version="1.0"?>${head}
  <bpmn:message id="m" name="reply"><bpmn:extensionElements><zeebe:subscription correlationKey="=order" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="order" name="${name}" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="s" targetRef="job" />
    <bpmn:serviceTask id="job" name="Print"><bpmn:extensionElements><zeebe:taskDefinition type="print" retries="2" /></bpmn:extensionElements><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="b" sourceRef="job" targetRef="post" />
    <bpmn:serviceTask id="post" name="Post"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.notice" /><zeebe:ioMapping>
      <zeebe:input source="=&quot;result&quot;" target="kind" /><zeebe:input source="=&quot;A notice&quot;" target="title" /><zeebe:input source="=null" target="number" />
      <zeebe:input source="=&quot;Text&quot;" target="text" /><zeebe:input source="=[{label: &quot;Order&quot;, value: order}]" target="fields" /><zeebe:input source="=[]" target="photos" /><zeebe:input source="=3" target="days" />
    </zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="c" sourceRef="post" targetRef="wait" />
    <bpmn:intermediateCatchEvent id="wait" name="Reply"><bpmn:incoming>c</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing><bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="d" sourceRef="wait" targetRef="e" />
    <bpmn:endEvent id="e"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const deploy = (content: string, name = 'order.bpmn') => {
  const form = new FormData()
  form.append('resources', new File([content], name))
  return app.client('POST', '/v2/deployments', form)
}
interface Items {
  readonly items: { readonly [name: string]: unknown }[]
  readonly page: { readonly totalItems: number; readonly endCursor: string | null }
}
const search = async (what: string, filter: object = {}, rest: object = {}) =>
  (await (await app.client('POST', `/v2/${what}/search`, { filter, ...rest })).json()) as Items

test('a process is deployed, started, worked on by jobs and messages, and found by searches', async () => {
  const deployed = (await (await deploy(service('Order'))).json()) as {
    deployments: { processDefinition: { processDefinitionKey: string } }[]
  }
  const { processDefinitionKey } = deployed.deployments[0]!.processDefinition
  expect(await (await app.client('GET', `/v2/process-definitions/${processDefinitionKey}/xml`)).text()).toContain(
    'id="order"',
  )
  expect((await app.client('GET', `/v2/process-definitions/${processDefinitionKey}/form`)).status).toBe(204)

  const created = await app.client('POST', '/v2/process-instances', {
    processDefinitionId: 'order',
    variables: { order: 'o-1' },
    tenantId: 'east',
  })
  const { processInstanceKey } = (await created.json()) as { processInstanceKey: string }
  const activate = async () =>
    (
      (await (
        await app.client('POST', '/v2/jobs/activation', {
          type: 'print',
          timeout: 60_000,
          maxJobsToActivate: 5,
          worker: 'w',
          requestTimeout: -1,
        })
      ).json()) as {
        jobs: { jobKey: string; variables: object }[]
      }
    ).jobs
  const [job] = await activate()
  expect(job).toMatchObject({ variables: { order: 'o-1' }, tenantId: 'east', processInstanceKey })
  expect(await activate()).toEqual([])

  // No retries left: an incident, and one more chance after it is resolved.
  expect(
    (await app.client('POST', `/v2/jobs/${job!.jobKey}/failure`, { retries: 0, errorMessage: 'no paper' })).status,
  ).toBe(204)
  const incidents = await search('incidents', { state: 'ACTIVE', processInstanceKey })
  expect(incidents.items).toMatchObject([{ errorType: 'JOB_NO_RETRIES', jobKey: job!.jobKey, elementId: 'job' }])
  expect((await search('process-instances', { hasIncident: true })).items).toMatchObject([
    { processInstanceKey, hasIncident: true, state: 'ACTIVE' },
  ])
  expect((await app.client('POST', `/v2/incidents/${incidents.items[0]!.incidentKey}/resolution`)).status).toBe(204)

  const [again] = await activate()
  expect((await app.client('POST', `/v2/jobs/${again!.jobKey}/completion`, { variables: { pages: 3 } })).status).toBe(
    204,
  )
  await app.server.host.settle()
  expect((await search('variables', { processInstanceKey, name: 'pages' })).items).toMatchObject([
    { value: '3', isTruncated: false },
  ])

  // The notice is public, with what it names and nothing else.
  const board = (await (await app.request('GET', '/api/notices?unit=town')).json()) as { items: { key: string }[] }
  expect(board.items).toMatchObject([
    { title: 'A notice', fields: [{ label: 'Order', value: 'o-1' }], state: 'open', unit: { id: 'east' } },
  ])
  expect(JSON.stringify(board)).not.toContain('pages')
  expect((await app.request('GET', `/api/notices/${board.items[0]!.key}`)).status).toBe(200)

  const message = await app.client('POST', '/v2/messages/publication', {
    name: 'reply',
    correlationKey: 'o-1',
    timeToLive: 60_000,
  })
  expect(message.status).toBe(200)
  await app.server.host.settle()
  expect(await (await app.client('GET', `/v2/process-instances/${processInstanceKey}`)).json()).toMatchObject({
    state: 'COMPLETED',
    tenantId: 'east',
  })
})

test('I03 a model with an element that is not executed is refused with its name, in both languages; the old version stays', async () => {
  await deploy(service('Order'))
  const before = await search('process-definitions', { processDefinitionId: 'order', isLatestVersion: true })
  const bad = service('Order').replace(
    '<bpmn:endEvent id="e">',
    '<bpmn:endEvent id="e" name="Undo"><bpmn:cancelEventDefinition />',
  )
  const refused = await deploy(bad)
  expect(refused.status).toBe(422)
  const problem = (await refused.json()) as {
    problems: { elementId: string; messages: { [language: string]: { text: string; todo: string } } }[]
  }
  expect(problem).toMatchObject({ code: 'DEPLOYMENT_REFUSED' })
  const found = problem.problems.find((one) => one.elementId === 'e')!
  for (const language of ['zh-CN', 'en']) {
    expect(found.messages[language]!.text).toContain('Undo')
    expect(found.messages[language]!.todo).not.toBe('')
  }
  expect(await search('process-definitions', { processDefinitionId: 'order', isLatestVersion: true })).toEqual(before)
})

test('the same content again is the same version', async () => {
  const version = async (name: string) =>
    (
      (await (await deploy(service(name))).json()) as {
        deployments: [{ processDefinition: { processDefinitionVersion: number } }]
      }
    ).deployments[0].processDefinition.processDefinitionVersion
  const first = await version('Order once')
  expect(await version('Order once')).toBe(first)
  expect(await version('Order twice')).toBe(first + 1)
})

test('a graph of decisions has a version of its own, whatever those of its decisions are', async () => {
  const decision = (id: string) =>
    `<decision id="${id}" name="${id}"><literalExpression><text>1</text></literalExpression></decision>`
  const deploy = async (...ids: string[]) => {
    const form = new FormData()
    const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="fees" name="Fees" namespace="d">${ids.map(decision).join('')}</definitions>`
    form.append('resources', new File([xml], 'fees.dmn'))
    const answer = await app.client('POST', '/v2/deployments', form)
    const { deployments } = (await answer.json()) as { deployments: { decisionRequirements: object | null }[] }
    return deployments.flatMap(({ decisionRequirements }) => decisionRequirements ?? [])
  }
  const [first] = await deploy('fee')
  const [second] = await deploy('discount', 'fee')
  expect([first, second]).toMatchObject([{ version: 1 }, { version: 2, decisionRequirementsName: 'Fees' }])
  expect(await deploy('discount', 'fee')).toEqual([second])
  const sort = [{ field: 'version', order: 'DESC' }]
  const graphs = await app.client('POST', '/v2/decision-requirements/search', {
    sort,
    filter: { decisionRequirementsId: 'fees', version: { $gt: 0 } },
  })
  expect(await graphs.json()).toMatchObject({ items: [second, first] })
  const found = await app.client('POST', '/v2/decision-definitions/search', {
    filter: { decisionRequirementsName: 'Fees', decisionRequirementsVersion: 2 },
    sort: [{ field: 'version' }],
  })
  expect(await found.json()).toMatchObject({
    items: [
      { decisionDefinitionId: 'discount', version: 1, decisionRequirementsVersion: 2 },
      { decisionDefinitionId: 'fee', version: 2, decisionRequirementsVersion: 2 },
    ],
  })
})

test('a search pages by cursor, sorts, and refuses what it does not know', async () => {
  for (const subject of ['a', 'b', 'c']) {
    await app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'petition',
      variables: { subject },
      tenantId: 'west',
    })
  }
  const filter = { state: 'CREATED', tenantId: 'west' }
  const sort = [{ field: 'creationDate', order: 'DESC' }]
  const first = await search('user-tasks', filter, { sort, page: { limit: 2 } })
  expect([first.items.length, first.page.totalItems]).toEqual([2, 3])
  const rest = await search('user-tasks', filter, { sort, page: { limit: 2, after: first.page.endCursor } })
  expect(rest.items).toHaveLength(1)
  expect(new Set([...first.items, ...rest.items].map((one) => one.userTaskKey)).size).toBe(3)
  expect((await search('user-tasks', { userTaskKey: { $in: [first.items[0]!.userTaskKey] } })).items).toHaveLength(1)
  for (const body of [
    { filter: { nonsense: 1 } },
    { filter: { state: 'x' } },
    { filter: { name: { $regex: '.' } } },
    { sort: [{ field: 'x' }] },
    { page: { limit: -1 } },
  ]) {
    expect((await app.client('POST', '/v2/user-tasks/search', body)).status, JSON.stringify(body)).toBe(400)
  }
})

test('a client assigns, reassigns and completes a task; its answers are variables', async () => {
  const created = await app.client('POST', '/v2/process-instances', {
    processDefinitionId: 'petition',
    variables: { subject: 's' },
    tenantId: 'east',
  })
  const { processInstanceKey } = (await created.json()) as { processInstanceKey: string }
  const [task] = (await search('user-tasks', { processInstanceKey, state: 'CREATED' })).items
  const path = `/v2/user-tasks/${task!.userTaskKey}`
  expect((await app.client('POST', `${path}/assignment`, { assignee: 'p1' })).status).toBe(204)
  expect((await app.client('POST', `${path}/assignment`, { assignee: 'p2', allowOverride: false })).status).toBe(409)
  expect((await app.client('DELETE', `${path}/assignee`)).status).toBe(204)
  // Camunda: nobody has it, as was asked.
  expect((await app.client('DELETE', `${path}/assignee`)).status).toBe(204)
  expect(
    (await app.client('PATCH', path, { changeset: { dueDate: '2026-03-09T00:00:00Z', priority: 80 } })).status,
  ).toBe(204)
  expect(await (await app.client('GET', path)).json()).toMatchObject({
    assignee: null,
    dueDate: '2026-03-09T00:00:00.000Z',
    priority: 80,
    candidateGroups: ['clerk@east'],
  })
  // What is shown can be written back, with more beside it.
  const candidateGroups = ['clerk@east', 'reviewer@township']
  expect((await app.client('PATCH', path, { changeset: { candidateGroups } })).status).toBe(204)
  expect(await (await app.client('GET', path)).json()).toMatchObject({
    candidateGroups: ['clerk@east', 'reviewer@town'],
  })
  expect((await app.client('POST', `${path}/completion`, { variables: { report: 'r' } })).status).toBe(204)
  expect((await app.client('POST', `${path}/completion`, {})).status).toBe(404)
  expect((await app.client('POST', `/v2/process-instances/${processInstanceKey}/cancellation`)).status).toBe(204)
  const ended = await app.client('GET', `/v2/process-instances/${processInstanceKey}`)
  const { processDefinitionKey, ...shown } = (await ended.json()) as { processDefinitionKey: string; state: string }
  expect(shown.state).toBe('TERMINATED')
  const instance = `/v2/process-instances/${processInstanceKey}`
  const variables = { x: 1 }
  const late: [method: string, path: string, body: object][] = [
    ['POST', `${instance}/cancellation`, {}],
    ['POST', `${instance}/modification`, { activateInstructions: [{ elementId: 'check' }] }],
    ['POST', `${instance}/migration`, { targetProcessDefinitionKey: processDefinitionKey, mappingInstructions: [] }],
    ['PUT', `/v2/element-instances/${processInstanceKey}/variables`, { variables }],
    ['POST', `${path}/assignment`, { assignee: 'p1' }],
    ['DELETE', `${path}/assignee`, {}],
    ['PATCH', path, { changeset: { priority: 1 } }],
  ]
  // Camunda: what has ended is there no more.
  for (const [method, address, body] of late) {
    const answer = await app.client(method, address, body)
    const { status, code } = (await answer.json()) as { status: number; code: string }
    expect([address, answer.status, status]).toEqual([address, 404, 404])
    expect(['PROCESS_INSTANCE_ENDED', 'USER_TASK_COMPLETED']).toContain(code)
  }
})

test('OP5 a modification without instructions is taken, as by Camunda 8, and is no row of the trail; a repeat neither', async () => {
  const started = await app.client('POST', '/v2/process-instances', { processDefinitionId: 'petition', variables: {} })
  const { processInstanceKey } = (await started.json()) as { processInstanceKey: string }
  const { store } = app.server.services
  const kinds = async () =>
    (await readRows(store, streamOf(Number(processInstanceKey)), 0, 100)).map(({ row }) => row.kind)
  const before = await kinds()
  const modify = (body: object) =>
    app.client('POST', `/v2/process-instances/${processInstanceKey}/modification`, body, { 'idempotency-key': 'none' })
  for (const body of [{}, {}]) expect((await modify(body)).status).toBe(204)
  expect(await kinds()).toEqual(before)
  expect((await modify({ terminateInstructions: [{ elementId: 'write' }] })).status).toBe(422)
  const next = { activateInstructions: [{ elementId: 'write' }] }
  expect((await app.client('POST', `/v2/process-instances/${processInstanceKey}/modification`, next)).status).toBe(204)
  expect(await kinds()).toEqual([...before, 'processInstance.modify'])
})

test('the clock is pinned and let go by a client', async () => {
  expect((await app.client('PUT', '/v2/clock', { timestamp: START + 1000 })).status).toBe(204)
  expect(app.server.host.clock.now()).toBe(START + 1000)
  expect((await app.client('POST', '/v2/clock/reset')).status).toBe(204)
  expect(app.server.host.clock.now()).not.toBe(START + 1000)
})

test('the interface describes itself: every route stands in the OpenAPI document', async () => {
  const document = (await (await app.request('GET', '/api/openapi.json')).json()) as {
    paths: { [path: string]: { [method: string]: unknown } }
  }
  expect(document.paths['/v2/user-tasks/{key}/completion']).toHaveProperty('post')
  expect(document.paths['/api/cases/{key}/actions/{action}']).toHaveProperty('get')
  expect(Object.keys(document.paths).length).toBeGreaterThan(40)
})
