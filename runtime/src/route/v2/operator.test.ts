import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp

/** A job of a service task, beside two user tasks nobody is offered, of which one has no name. */
const model = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="errand" name="Errand" isExecutable="true">
    <bpmn:startEvent id="begun" /><bpmn:sequenceFlow id="a" sourceRef="begun" targetRef="fork" />
    <bpmn:parallelGateway id="fork" />
    <bpmn:sequenceFlow id="b" sourceRef="fork" targetRef="carry" /><bpmn:sequenceFlow id="c" sourceRef="fork" targetRef="sign" /><bpmn:sequenceFlow id="d" sourceRef="fork" targetRef="wait" />
    <bpmn:serviceTask id="carry" name="Carry"><bpmn:extensionElements><zeebe:taskDefinition type="carry" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:userTask id="sign"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:userTask id="wait" name="Wait"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements></bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>`

interface Page {
  readonly items: readonly { readonly [name: string]: unknown }[]
  readonly page: { readonly totalItems: number; readonly startCursor: string; readonly endCursor: string }
}

beforeAll(async () => {
  app = await openTestApp()
  const form = new FormData()
  form.append('resources', new File([model], 'errand.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
  await app.client('POST', '/v2/process-instances', { processDefinitionId: 'errand' })
  const petition = { processDefinitionId: 'petition', variables: { subject: 'Tap' }, tenantId: 'east' }
  await app.client('POST', '/v2/process-instances', petition)
  const [sign] = await found('user-tasks', { elementId: 'sign' })
  const task = `/v2/user-tasks/${sign!.userTaskKey}`
  await app.client('POST', `${task}/assignment`, { assignee: 'anna' })
  await app.client('PATCH', task, { changeset: { candidateUsers: ['anna', 'bert'] } })
})
afterAll(() => app.close())

const ask = (what: string, body: object) => app.client('POST', `/v2/${what}/search`, body, { 'accept-language': 'en' })
async function found(what: string, filter: object): Promise<Page['items']> {
  const answer = await ask(what, { filter })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return ((await answer.json()) as Page).items
}
const status = async (what: string, body: object) => (await ask(what, body)).status
const tasks = async (filter: object) => (await found('user-tasks', filter)).map((one) => one.elementId).sort()

test('what has no value is unlike any value', async () => {
  expect(await tasks({ assignee: 'anna' })).toEqual(['sign'])
  expect(await tasks({ assignee: { $neq: 'anna' } })).toEqual(['wait', 'write'])
  expect(await tasks({ assignee: { $notIn: ['anna', 'bert'] } })).toEqual(['wait', 'write'])
  expect(await tasks({ assignee: { $neq: 'anna', $exists: true } })).toEqual([])
  expect((await found('jobs', { errorMessage: { $neq: 'x' } })).length).toBe(1)
})

test('what has no value comes last, whatever the order', async () => {
  const sorted = async (order: string) => {
    const answer = await ask('user-tasks', { sort: [{ field: 'assignee', order }] })
    return ((await answer.json()) as Page).items.map((one) => one.assignee)
  }
  expect(await sorted('ASC')).toEqual(['anna', null, null])
  expect(await sorted('DESC')).toEqual(['anna', null, null])
})

test('a pattern heeds the case of letters, and fits words as they are shown', async () => {
  const names = async ($like: string) =>
    (await found('process-definitions', { name: { $like } })).map((one) => one.name).sort()
  expect(await names('Err*')).toEqual(['Errand'])
  expect(await names('err*')).toEqual([])
  expect(await names('*[a-z]*')).toEqual([])
  expect(await names('??????')).toEqual(['Errand'])
  expect((await found('jobs', { kind: { $like: 'BPMN_*' } })).length).toBe(1)
  expect((await found('jobs', { state: { $like: 'created' } })).length).toBe(0)
  expect(await tasks({ state: { $like: 'CREAT*' } })).toEqual(['sign', 'wait', 'write'])
})

test('I12 a pattern for what is no text is refused', async () => {
  for (const [what, name] of [
    ['process-instances', 'processInstanceKey'],
    ['process-instances', 'startDate'],
    ['process-instances', 'hasIncident'],
    ['jobs', 'retries'],
    ['jobs', 'isDenied'],
  ] as const)
    expect(await status(what, { filter: { [name]: { $like: '*' } } }), name).toBe(400)
})

test('a user task is found by users and groups it is offered to, and by those it is not', async () => {
  const group = 'clerk@east'
  expect(await tasks({ candidateUser: 'anna' })).toEqual(['sign'])
  expect(await tasks({ candidateUser: 'Anna' })).toEqual([])
  expect(await tasks({ candidateUser: 'ann' })).toEqual([])
  expect(await tasks({ candidateUser: { $in: ['bert', 'cleo'] } })).toEqual(['sign'])
  expect(await tasks({ candidateUser: { $neq: 'anna' } })).toEqual(['wait', 'write'])
  expect(await tasks({ candidateUser: { $exists: false } })).toEqual(['wait', 'write'])
  expect(await status('user-tasks', { filter: { candidateUser: { $like: 'a*' } } })).toBe(400)
  expect(await tasks({ candidateGroup: { $in: [group, 'x@y'] } })).toEqual(['write'])
  expect(await tasks({ candidateGroup: { $neq: group } })).toEqual(['sign', 'wait'])
  expect(await tasks({ candidateGroup: { $exists: false } })).toEqual(['sign', 'wait'])
  expect(await tasks({ candidateGroup: { $exists: true } })).toEqual(['write'])
})

test('what is shown can be searched for', async () => {
  const jobs = async (filter: object) => (await found('jobs', filter)).map((one) => one.elementId)
  expect(await jobs({ listenerEventType: 'UNSPECIFIED', worker: '' })).toEqual(['carry'])
  expect(await jobs({ listenerEventType: { $neq: 'START' }, worker: { $exists: true } })).toEqual(['carry'])
  expect(await jobs({ deadline: null, isDenied: null })).toEqual(['carry'])
  expect((await found('element-instances', { elementName: 'sign' })).length).toBe(1)
  expect(await found('element-instances', { type: 'UNKNOWN' })).toEqual([])
  expect(await found('incidents', { errorType: 'IO_MAPPING_ERROR' })).toEqual([])
  expect(await status('incidents', { filter: { errorType: 'NOTHING' } })).toBe(400)
})

test('a time names its zone', async () => {
  for (const $gt of ['foo 1', '2026', '2026-03-02', '2026-03-02T01:00:00', 'Mon, 02 Mar 2026 01:00:00 GMT'])
    expect(await status('process-instances', { filter: { startDate: { $gt } } }), $gt).toBe(400)
  expect((await found('process-instances', { startDate: '2026-03-02T09:00:00+08:00' })).length).toBe(2)
})

test('I12 a filter holds no more than a statement can take', async () => {
  const many = <T>(count: number, one: (i: number) => T) => Array.from({ length: count }, (_, i) => one(i))
  const variables = many(1000, (i) => ({ name: `v${i}`, value: '1' }))
  expect(await found('process-instances', { variables })).toEqual([])
  const $or = many(1000, (i) => ({ processDefinitionId: i === 999 ? 'errand' : `p${i}` }))
  expect((await found('process-instances', { $or })).length).toBe(1)
  expect(await tasks({ candidateGroup: '@'.repeat(1000) })).toEqual([])
  const operators = ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte']
  const asked = Object.fromEntries(operators.map((operator) => [operator, 'UNKNOWN']))
  const worst = many(333, () => ({ errorType: asked }))
  expect(await status('incidents', { filter: { $or: worst } })).toBe(200)
  const $in = many(1000, String)
  expect(await status('process-instances', { filter: { $or: many(40, () => ({ businessId: { $in } })) } })).toBe(400)
})

test.each([undefined, 'creationDate', 'assignee', 'dueDate'])(
  'a page after a cursor loses nothing when what stood before it is done (sorted by %s)',
  async (field) => {
    await app.client('POST', '/v2/process-instances', { processDefinitionId: 'errand' })
    const sort = field === undefined ? [] : [{ field, order: 'DESC' }]
    const page = async (place: object) =>
      (await (
        await ask('user-tasks', { filter: { elementId: 'wait', state: 'CREATED' }, sort, page: place })
      ).json()) as Page
    await app.client('POST', '/v2/process-instances', { processDefinitionId: 'errand' })
    await app.client('POST', '/v2/process-instances', { processDefinitionId: 'errand' })
    const all = (await page({})).items
    const first = await page({ limit: 1 })
    await app.client('POST', `/v2/user-tasks/${first.items[0]!.userTaskKey}/completion`, {})
    const second = await page({ limit: 1, after: first.page.endCursor })
    expect(second.items).toEqual(all.slice(1, 2))
    expect(second.page.totalItems).toBe(all.length - 1)
    const third = await page({ after: second.page.endCursor })
    expect(third.items).toEqual(all.slice(2))
    const before = await page({ limit: 5, before: third.page.startCursor })
    expect(before.items).toEqual(all.slice(1, 2))
  },
)

test('a page has one place', async () => {
  const after = Buffer.from('v2:1').toString('base64')
  for (const page of [
    { after, before: after },
    { after, from: 1 },
    { before: after, from: 0 },
  ])
    expect(await status('jobs', { page }), JSON.stringify(page)).toBe(400)
  expect(await status('jobs', { page: { after } })).toBe(200)
  expect(await status('jobs', { page: { after }, sort: [{ field: 'type' }] })).toBe(400)
})

test('a message, signal or evaluation for one tenant alone is refused: it would reach all', async () => {
  for (const [path, body] of [
    ['messages/publication', { name: 'paid', correlationKey: 'o' }],
    ['messages/correlation', { name: 'paid', correlationKey: 'o' }],
    ['signals/broadcast', { signalName: 'siren' }],
    ['decision-definitions/evaluation', { decisionDefinitionId: 'none' }],
  ] as const) {
    expect((await app.client('POST', `/v2/${path}`, { ...body, tenantId: 'east' })).status, path).toBe(400)
    expect((await app.client('POST', `/v2/${path}`, { ...body, tenantId: '<default>' })).status, path).not.toBe(400)
  }
})

test('a version asked for beside a key must be that of the key', async () => {
  const [definition] = await found('process-definitions', { processDefinitionId: 'errand' })
  const { processDefinitionKey } = definition!
  const start = async (rest: object) =>
    (await app.client('POST', '/v2/process-instances', { processDefinitionKey, ...rest })).status
  expect(await start({ processDefinitionVersion: 7 })).toBe(404)
  expect(await start({ processDefinitionVersion: 1 })).toBe(200)
  expect(await start({ processDefinitionVersion: -1 })).toBe(200)
})

test('a body of another media type is 415', async () => {
  const asText = { 'content-type': 'text/plain' }
  expect((await app.client('POST', '/v2/process-instances', { processDefinitionId: 'errand' }, asText)).status).toBe(
    415,
  )
})

test('null asks for nothing, as clients of Camunda write it', async () => {
  const filter = { elementId: 'wait', assignee: null, name: { $eq: null, $in: ['Wait'] }, processInstanceKey: null }
  const page = { from: null, limit: null, after: null, before: null }
  expect(await status('user-tasks', { filter, page, sort: [{ field: 'name', order: null }] })).toBe(200)
  expect(new Set(await tasks(filter))).toEqual(new Set(['wait']))
  expect(await status('user-tasks', { filter: { assignee: [] } })).toBe(400)
  const unknown = { batchOperationId: null, tags: [], elementId: null, elementInstanceState: 'ACTIVE', $or: null }
  expect((await found('process-instances', { processDefinitionId: 'errand', ...unknown })).length).toBeGreaterThan(0)
  expect(await status('process-instances', { filter: { tags: ['a'] } })).toBe(400)
  expect(await status('process-instances', { filter: { variables: [{ name: 'a', value: null }] } })).toBe(400)
  const start = { processDefinitionKey: null, processDefinitionId: 'errand', operationReference: null, variables: null }
  const started = await app.client('POST', '/v2/process-instances', { ...start, startInstructions: [], tags: null })
  expect(started.status).toBe(200)
  const { processInstanceKey } = (await started.json()) as { processInstanceKey: string }
  const none = { operationReference: null }
  expect((await app.client('POST', `/v2/process-instances/${processInstanceKey}/cancellation`, none)).status).toBe(204)
  const message = { name: 'nobody', correlationKey: null, timeToLive: null, messageId: null, variables: null }
  expect((await app.client('POST', '/v2/messages/publication', message)).status).toBe(200)
})

test('who cancels again what waits for listeners to be heard is told, as by Zeebe 8.8, that it is there no more', async () => {
  const listener = '<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="hear" /></zeebe:taskListeners>'
  const heard = model.replaceAll('errand', 'heard').replace('<zeebe:userTask />', `<zeebe:userTask />${listener}`)
  const form = new FormData()
  form.append('resources', new File([heard], 'heard.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
  const begun = await app.client('POST', '/v2/process-instances', { processDefinitionId: 'heard' })
  const { processInstanceKey } = (await begun.json()) as { processInstanceKey: string }
  const cancel = () => app.client('POST', `/v2/process-instances/${processInstanceKey}/cancellation`, {})
  expect((await cancel()).status).toBe(204)
  const again = await cancel()
  expect([again.status, await again.json()]).toMatchObject([404, { status: 404, code: 'STATE_CONFLICT' }])
  // Its task is there, in a state that does not fit.
  const [sign] = await found('user-tasks', { elementId: 'sign', processInstanceKey })
  expect((await app.client('POST', `/v2/user-tasks/${sign!.userTaskKey}/completion`, {})).status).toBe(409)
  const lent = await app.client('POST', '/v2/jobs/activation', { type: 'hear', timeout: 1000, maxJobsToActivate: 1 })
  const [job] = ((await lent.json()) as { jobs: { jobKey: string }[] }).jobs
  expect((await app.client('POST', `/v2/jobs/${job!.jobKey}/completion`, {})).status).toBe(204)
  expect((await cancel()).status).toBe(404)
})
