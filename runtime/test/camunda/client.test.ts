import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REST_DOCUMENT, restDocument } from '../../scripts/rest.ts'
import { START } from '../../src/route/test-app.ts'
import { operationList } from '../../src/route/v2/operations.ts'
import * as models from './models.ts'
import { type Client, openWalk, type Walk } from './walk.ts'

/** Answers are there at once: nothing is waited for. */
const now = { consistency: { waitUpToMs: 0 } }

let walk: Walk
let client: Client
let strict: Client
beforeAll(async () => {
  walk = await openWalk()
  client = walk.client
  strict = walk.strict
})
afterAll(() => walk.close())

/** Keys are branded in the client's types; on the wire they are text. */
type Loose = { readonly [operation: string]: (...given: object[]) => Promise<never> }
// biome-ignore lint/suspicious/noExplicitAny: a walk over a hundred operations names shapes by what it asserts of them
type Answer = any
const ask = (operation: string, given: object = {}, consistency?: object): Promise<Answer> =>
  (strict as unknown as Loose)[operation]!(given, ...(consistency ? [consistency] : []))
const plain = (operation: string, given: object = {}, consistency?: object): Promise<Answer> =>
  (client as unknown as Loose)[operation]!(given, ...(consistency ? [consistency] : []))
const search = async (operation: string, filter: object, more: object = {}): Promise<Answer[]> =>
  (await ask(operation, { filter, ...more }, now)).items
const deploy = (...files: readonly [string, string][]) =>
  ask('createDeployment', { resources: files.map(([name, content]) => new File([content], name)) })
const start = (processDefinitionId: string, variables: object = {}): Promise<Answer> =>
  ask('createProcessInstance', { processDefinitionId, variables })
const jobOf = async (type: string): Promise<Answer> =>
  (await ask('activateJobs', { type, worker: 'walk', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5_000 }))
    .jobs[0]
const settle = () => walk.app.server.host.settle()
/** The status and code of a refusal. */
const refusal = (answer: Promise<unknown>) =>
  answer.then(
    () => 'no refusal',
    (error: { status?: number; title?: string }) => error.status,
  )

test('the cluster tells what it is', async () => {
  expect(await ask('getTopology')).toMatchObject({ clusterSize: 1, brokers: [{ partitions: [{ health: 'healthy' }] }] })
  expect(await ask('getStatus')).toBeUndefined()
  expect(await ask('getLicense')).toMatchObject({ validLicense: true, isCommercial: false })
  expect(await ask('getAuthentication')).toMatchObject({ displayName: 'walk', tenants: [{ tenantId: '<default>' }] })
})

test('models, forms and decisions are deployed, found and read back', async () => {
  const deployed = await deploy(
    ['order.bpmn', models.order()],
    ['order.form', models.orderForm],
    ['check.form', models.checkForm],
    ['prices.dmn', models.discount],
    ['sum.bpmn', models.sum],
    ['enquiry.bpmn', models.enquiry],
    ['alarm.bpmn', models.alarm],
    ['visit.bpmn', models.visit],
    ['called.bpmn', models.called],
    ['caller.bpmn', models.caller],
  )
  expect([deployed.processes.length, deployed.decisions.length, deployed.forms.length]).toEqual([7, 2, 2])
  const [order] = await search('searchProcessDefinitions', { processDefinitionId: 'order', isLatestVersion: true })
  const { processDefinitionKey } = order
  expect(order).toMatchObject({ name: 'Order', version: 1, resourceName: 'order.bpmn', hasStartForm: true })
  expect(await ask('getProcessDefinition', { processDefinitionKey }, now)).toEqual(order)
  expect(await ask('getProcessDefinitionXml', { processDefinitionKey }, now)).toBe(models.order())
  expect(await plain('getStartProcessForm', { processDefinitionKey }, now)).toMatchObject({
    formId: 'order',
    schema: expect.stringContaining('"orderId"'),
  })
  expect(await ask('getResource', { resourceKey: processDefinitionKey })).toMatchObject({
    resourceId: 'order',
    resourceName: 'order.bpmn',
    version: 1,
  })
  expect(await ask('getResourceContent', { resourceKey: processDefinitionKey })).toBe(models.order())
  const { formKey } = deployed.forms[0]
  expect(JSON.parse(await ask('getResourceContent', { resourceKey: formKey }))).toEqual(JSON.parse(models.orderForm))
  expect(await refusal(ask('getResource', { resourceKey: '7' }))).toBe(404)
})

test('a job is waited for, fails, is updated, done; errors are thrown', async () => {
  const waiting = jobOf('pack')
  const { processInstanceKey } = await start('order', { orderId: 'o-1' })
  const job = await waiting
  expect(job).toMatchObject({ processInstanceKey, elementId: 'pack', retries: 3, variables: { orderId: 'o-1' } })
  const { jobKey } = job
  await ask('failJob', { jobKey, retries: 2, errorMessage: 'no tape', retryBackOff: 0 })
  expect(await search('searchJobs', { processInstanceKey })).toMatchObject([
    { jobKey, state: 'FAILED', retries: 2, errorMessage: 'no tape', hasFailedWithRetriesLeft: true },
  ])
  await ask('updateJob', { jobKey, changeset: { retries: 5 } })
  expect(await jobOf('pack')).toMatchObject({ jobKey, retries: 5 })
  await ask('completeJob', { jobKey, variables: { boxes: 2 } })
  expect(await search('searchJobs', { jobKey })).toMatchObject([{ state: 'COMPLETED' }])

  const second = await start('order', { orderId: 'o-2' })
  const thrown = await jobOf('pack')
  await ask('throwJobError', { jobKey: thrown.jobKey, errorCode: 'broken', errorMessage: 'fell' })
  expect(await search('searchUserTasks', { processInstanceKey: second.processInstanceKey })).toMatchObject([
    { elementId: 'repair', state: 'CREATED' },
  ])
})

test('a user task is found, given, changed and done; its form and variables are read', async () => {
  const [{ processInstanceKey }] = await search('searchProcessInstances', {
    variables: [{ name: 'orderId', value: '"o-1"' }],
  })
  const [task] = await search('searchUserTasks', { processInstanceKey, elementId: 'check' })
  const { userTaskKey } = task
  expect(task).toMatchObject({ name: 'Check', candidateGroups: ['clerk@district'], processName: 'Order' })
  expect(await ask('getUserTask', { userTaskKey }, now)).toEqual(task)
  expect(await plain('getUserTaskForm', { userTaskKey }, now)).toMatchObject({ formId: 'check' })
  await ask('assignUserTask', { userTaskKey, assignee: 'p1' })
  expect(await ask('getUserTask', { userTaskKey }, now)).toMatchObject({ assignee: 'p1' })
  expect(await refusal(ask('assignUserTask', { userTaskKey, assignee: 'p2', allowOverride: false }))).toBe(409)
  await ask('unassignUserTask', { userTaskKey })
  const dates = { dueDate: '2026-03-09T00:00:00.000Z', followUpDate: '2026-03-08T00:00:00.000Z' }
  const changeset = { ...dates, candidateUsers: ['p1'], candidateGroups: ['reviewer'], priority: 80 }
  await ask('updateUserTask', { userTaskKey, changeset })
  const changed = await ask('getUserTask', { userTaskKey }, now)
  expect(changed).toMatchObject({
    ...dates,
    priority: 80,
    candidateUsers: ['p1'],
    candidateGroups: ['reviewer@district'],
  })
  expect(changed).not.toHaveProperty('assignee')
  expect((await ask('searchUserTaskVariables', { userTaskKey, filter: { name: 'boxes' } }, now)).items).toMatchObject([
    { name: 'boxes', value: '2', isTruncated: false },
  ])
  await ask('completeUserTask', { userTaskKey, variables: { remark: 'fine' } })
  expect(await search('searchUserTasks', { userTaskKey })).toMatchObject([{ state: 'COMPLETED' }])
  expect(await refusal(ask('completeUserTask', { userTaskKey }))).toBe(404)
})

test('variables are found, read whole and set', async () => {
  const [found] = await search('searchVariables', { name: 'remark' })
  expect(found).toMatchObject({ value: '"fine"', isTruncated: false })
  const { variableKey, processInstanceKey } = found
  expect(await ask('getVariable', { variableKey }, now)).toMatchObject({ name: 'remark', value: '"fine"' })
  await ask('createElementInstanceVariables', { elementInstanceKey: processInstanceKey, variables: { paidBy: 'x' } })
  expect(await search('searchVariables', { processInstanceKey, name: 'paidBy' })).toMatchObject([{ value: '"x"' }])
})

test('where a process instance stands: elements, flows, counts, ancestors', async () => {
  const [instance] = await search('searchProcessInstances', { variables: [{ name: 'orderId', value: '"o-1"' }] })
  const { processInstanceKey, processDefinitionKey } = instance
  expect(instance).toMatchObject({ processDefinitionId: 'order', state: 'ACTIVE', hasIncident: false })
  expect(await ask('getProcessInstance', { processInstanceKey }, now)).toEqual(instance)
  const [payment] = await search('searchElementInstances', {
    processInstanceKey,
    state: 'ACTIVE',
    type: 'RECEIVE_TASK',
  })
  expect(payment).toMatchObject({ elementId: 'payment', elementName: 'Payment' })
  const { elementInstanceKey } = payment
  expect(await ask('getElementInstance', { elementInstanceKey }, now)).toEqual(payment)
  const flows = (await ask('getProcessInstanceSequenceFlows', { processInstanceKey }, now)).items
  expect(flows.map((one: Answer) => one.elementId)).toEqual(['toCheck', 'toPack', 'toPayment'])
  expect((await plain('getProcessInstanceStatistics', { processInstanceKey }, now)).items).toContainEqual({
    elementId: 'payment',
    active: 1,
    canceled: 0,
    incidents: 0,
    completed: 0,
  })
  const counted = await plain(
    'getProcessDefinitionStatistics',
    { processDefinitionKey, filter: { state: 'ACTIVE' } },
    now,
  )
  expect(counted.items).toContainEqual({ elementId: 'pack', active: 0, canceled: 1, incidents: 0, completed: 1 })
  const one = { processInstanceKey: { $in: [processInstanceKey] } }
  expect(
    (await plain('getProcessDefinitionStatistics', { processDefinitionKey, filter: one }, now)).items,
  ).toContainEqual({
    elementId: 'pack',
    active: 0,
    canceled: 0,
    incidents: 0,
    completed: 1,
  })
  expect(await ask('getProcessInstanceCallHierarchy', { processInstanceKey }, now)).toEqual([
    { processInstanceKey, processDefinitionKey, processDefinitionName: 'Order' },
  ])
})

test('a message is published or correlated; subscriptions tell what came', async () => {
  const [{ processInstanceKey }] = await search('searchProcessInstances', {
    variables: [{ name: 'orderId', value: '"o-1"' }],
  })
  const [open] = await search('searchMessageSubscriptions', { processInstanceKey })
  expect(open).toMatchObject({ messageName: 'paid', correlationKey: 'o-1', messageSubscriptionState: 'CREATED' })
  expect(await refusal(ask('correlateMessage', { name: 'paid', correlationKey: 'nobody' }))).toBe(404)
  const sent = await ask('correlateMessage', { name: 'paid', correlationKey: 'o-1', variables: { amount: 12 } })
  expect(sent).toMatchObject({ processInstanceKey, messageKey: expect.any(String) })
  expect(await ask('getProcessInstance', { processInstanceKey }, now)).toMatchObject({ state: 'COMPLETED' })
  expect(await search('searchMessageSubscriptions', { processInstanceKey })).toMatchObject([
    { messageSubscriptionKey: open.messageSubscriptionKey, messageSubscriptionState: 'CORRELATED' },
  ])
  expect(await search('searchCorrelatedMessageSubscriptions', { processInstanceKey })).toMatchObject([
    { messageKey: sent.messageKey, subscriptionKey: open.messageSubscriptionKey, elementId: 'payment', partitionId: 1 },
  ])

  const begun = await ask('correlateMessage', { name: 'ask', correlationKey: 'e-1' })
  expect(await ask('getProcessInstance', { processInstanceKey: begun.processInstanceKey }, now)).toMatchObject({
    processDefinitionId: 'enquiry',
    state: 'COMPLETED',
  })
  expect(
    await ask('publishMessage', { name: 'ask', correlationKey: 'e-2', timeToLive: 60_000, messageId: 'm' }),
  ).toMatchObject({
    messageKey: expect.any(String),
  })
  await settle()
  expect(await search('searchProcessInstances', { processDefinitionId: 'enquiry' })).toHaveLength(2)
})

test('an incident is raised, found and resolved', async () => {
  const { processInstanceKey } = await start('order', { orderId: 'o-3' })
  const { jobKey } = await jobOf('pack')
  await ask('failJob', { jobKey, retries: 0, errorMessage: 'no boxes' })
  const [incident] = await search('searchIncidents', { processInstanceKey, state: 'ACTIVE' })
  expect(incident).toMatchObject({ errorType: 'JOB_NO_RETRIES', jobKey, processDefinitionId: 'order' })
  const { incidentKey } = incident
  const types = { sort: [{ field: 'errorType', order: 'DESC' }] }
  expect(
    await search('searchIncidents', { errorType: { $in: ['JOB_NO_RETRIES'] }, processInstanceKey }, types),
  ).toEqual([incident])
  expect(await search('searchIncidents', { errorType: 'UNSPECIFIED', processInstanceKey })).toEqual([])
  expect(await search('searchElementInstances', { incidentKey })).toMatchObject([{ elementId: 'pack', incidentKey }])
  const worst = { sort: [{ field: 'hasIncident', order: 'DESC' }], page: { limit: 1 } }
  expect(await search('searchProcessInstances', {}, worst)).toMatchObject([{ processInstanceKey }])
  expect(await ask('getIncident', { incidentKey }, now)).toEqual(incident)
  expect((await ask('searchProcessInstanceIncidents', { processInstanceKey }, now)).items).toEqual([incident])
  expect(await search('searchProcessInstances', { elementId: 'pack', hasElementInstanceIncident: true })).toMatchObject(
    [{ processInstanceKey }],
  )
  await ask('updateJob', { jobKey, changeset: { retries: 1 } })
  await ask('resolveIncident', { incidentKey })
  expect(await search('searchIncidents', { incidentKey })).toMatchObject([{ state: 'RESOLVED' }])
  expect(await jobOf('pack')).toMatchObject({ jobKey })
  await ask('cancelProcessInstance', { processInstanceKey })
  expect(await ask('getProcessInstance', { processInstanceKey }, now)).toMatchObject({ state: 'TERMINATED' })
})

test('what stands in a called process names the called process', async () => {
  const { processInstanceKey } = await start('caller')
  const job = await jobOf('work')
  expect(job).toMatchObject({ processInstanceKey, processDefinitionId: 'called' })
  expect(await search('searchJobs', { processDefinitionId: 'called' })).toMatchObject([{ jobKey: job.jobKey }])
  await ask('failJob', { jobKey: job.jobKey, retries: 0, errorMessage: 'x' })
  const [incident] = await search('searchIncidents', { processDefinitionId: 'called' })
  expect(incident).toMatchObject({ processInstanceKey, processDefinitionKey: job.processDefinitionKey })
  await ask('resolveIncident', { incidentKey: incident.incidentKey })
  await ask('completeJob', { jobKey: (await jobOf('work')).jobKey })
  expect(await search('searchMessageSubscriptions', { processInstanceKey })).toMatchObject([
    { processDefinitionId: 'called', processDefinitionKey: job.processDefinitionKey, elementId: 'reply' },
  ])
  expect(await ask('correlateMessage', { name: 'answer', correlationKey: 'k' })).toMatchObject({ processInstanceKey })
  await start('caller')
  await ask('failJob', { jobKey: (await jobOf('work')).jobKey, retries: 0, errorMessage: 'left for the next' })
})

test("the client's own worker does the jobs of its type", async () => {
  const seen: Answer[] = []
  const worker = client.createJobWorker({
    jobType: 'pack',
    workerName: 'hand',
    jobTimeoutMs: 60_000,
    maxParallelJobs: 1,
    pollTimeoutMs: 1_000,
    pollIntervalMs: 1,
    jobHandler: (job) => {
      seen.push(job)
      return job.complete({ boxes: 7 })
    },
  })
  const { processInstanceKey } = await start('order', { orderId: 'o-5' })
  await expect
    .poll(() => search('searchUserTasks', { processInstanceKey }), { timeout: 10_000 })
    .toMatchObject([{ elementId: 'check' }])
  await worker.stopGracefully({ waitUpToMs: 5_000 })
  expect(seen).toMatchObject([{ processInstanceKey, variables: { orderId: 'o-5' } }])
  expect(await search('searchVariables', { processInstanceKey, name: 'boxes' })).toMatchObject([{ value: '7' }])
})

test('a result is awaited', async () => {
  const given = { processDefinitionId: 'sum', variables: { a: 1, b: 2 }, awaitCompletion: true }
  expect(await ask('createProcessInstance', given)).toMatchObject({ variables: { a: 1, b: 2, total: 3 } })
  const some = await ask('createProcessInstance', { ...given, fetchVariables: ['total'] })
  expect(some.variables).toEqual({ total: 3 })
  const waits = { processDefinitionId: 'alarm', awaitCompletion: true, requestTimeout: 1 }
  expect(await refusal(ask('createProcessInstance', waits))).toBe(504)
})

test('a signal reaches who waits for it', async () => {
  const { processInstanceKey } = await start('alarm')
  expect(await ask('broadcastSignal', { signalName: 'siren', variables: { loud: true } })).toMatchObject({
    signalKey: expect.any(String),
  })
  await settle()
  expect(await ask('getProcessInstance', { processInstanceKey }, now)).toMatchObject({ state: 'COMPLETED' })
})

test('steps of an ad-hoc sub-process begin on demand', async () => {
  const { processInstanceKey } = await start('visit')
  const [steps] = await search('searchElementInstances', { processInstanceKey, type: 'AD_HOC_SUB_PROCESS' })
  await ask('activateAdHocSubProcessActivities', {
    adHocSubProcessInstanceKey: steps.elementInstanceKey,
    elements: [{ elementId: 'talk' }],
  })
  expect(await search('searchUserTasks', { processInstanceKey })).toMatchObject([{ elementId: 'talk' }])
})

test('decisions are found, read and evaluated with what they stand on', async () => {
  const [decision] = await search('searchDecisionDefinitions', { decisionDefinitionId: 'discount' })
  const { decisionDefinitionKey, decisionRequirementsKey } = decision
  expect(decision).toMatchObject({ name: 'Discount', version: 1, decisionRequirementsId: 'prices' })
  expect(await ask('getDecisionDefinition', { decisionDefinitionKey }, now)).toEqual(decision)
  expect(await ask('getDecisionDefinitionXml', { decisionDefinitionKey }, now)).toBe(models.discount)
  const graphs = await search('searchDecisionRequirements', { decisionRequirementsName: 'Prices' })
  const resourceName = 'prices.dmn'
  expect(graphs).toMatchObject([{ decisionRequirementsKey, decisionRequirementsName: 'Prices', resourceName }])
  expect(await ask('getDecisionRequirements', { decisionRequirementsKey }, now)).toEqual(graphs[0])
  expect(await ask('getDecisionRequirementsXml', { decisionRequirementsKey }, now)).toBe(models.discount)
  const evaluated = await plain('evaluateDecision', { decisionDefinitionId: 'discount', variables: { amount: 200 } })
  expect(evaluated).toMatchObject({ output: '20', decisionDefinitionKey, failureMessage: null })
  expect(evaluated.evaluatedDecisions).toMatchObject([
    {
      decisionDefinitionId: 'grade',
      output: '"large"',
      evaluatedInputs: [{ inputName: 'Amount', inputValue: '200' }],
      matchedRules: [
        { ruleId: 'large', ruleIndex: 2, evaluatedOutputs: [{ outputName: 'grade', outputValue: '"large"' }] },
      ],
    },
    { decisionDefinitionId: 'discount', output: '20', evaluatedInputs: [{ inputValue: '"large"' }] },
  ])
  const byKey = await plain('evaluateDecision', { decisionDefinitionKey, variables: { amount: 5 } })
  expect(byKey).toMatchObject({ output: '0', decisionDefinitionVersion: 1 })
  expect(await refusal(plain('evaluateDecision', { decisionDefinitionId: 'nothing' }))).toBe(404)
})

test('an operator moves a process instance on', async () => {
  const { processInstanceKey } = await start('order', { orderId: 'o-4' })
  const [pack] = await search('searchElementInstances', { processInstanceKey, elementId: 'pack', state: 'ACTIVE' })
  await ask('modifyProcessInstance', {
    processInstanceKey,
    activateInstructions: [{ elementId: 'check', variableInstructions: [{ variables: { skipped: true } }] }],
    terminateInstructions: [{ elementInstanceKey: pack.elementInstanceKey }],
  })
  expect(await search('searchUserTasks', { processInstanceKey, state: 'CREATED' })).toMatchObject([
    { elementId: 'check' },
  ])
  expect(await search('searchJobs', { processInstanceKey })).toMatchObject([{ state: 'CANCELED' }])
  expect(await search('searchVariables', { processInstanceKey, name: 'skipped' })).toMatchObject([{ value: 'true' }])
  const nowhere = { processInstanceKey, activateInstructions: [{ elementId: 'nowhere' }] }
  expect(await refusal(ask('modifyProcessInstance', nowhere))).toBeGreaterThanOrEqual(400)
})

test('a process instance goes on in a newer version', async () => {
  const deployed = await deploy(['order.bpmn', models.nextOrder()])
  const { processDefinitionKey } = deployed.processes[0]
  const [{ processInstanceKey }] = await search('searchProcessInstances', {
    variables: [{ name: 'orderId', value: '"o-4"' }],
  })
  const [before] = await search('searchUserTasks', { processInstanceKey, state: 'CREATED' })
  await ask('migrateProcessInstance', {
    processInstanceKey,
    targetProcessDefinitionKey: processDefinitionKey,
    mappingInstructions: [{ sourceElementId: 'check', targetElementId: 'check' }],
  })
  expect(await ask('getProcessInstance', { processInstanceKey }, now)).toMatchObject({
    processDefinitionKey,
    processDefinitionVersion: 2,
  })
  const [after] = await search('searchUserTasks', { processInstanceKey, state: 'CREATED' })
  expect(after).toMatchObject({ userTaskKey: before.userTaskKey, processDefinitionKey, processDefinitionVersion: 2 })
  await ask('completeUserTask', { userTaskKey: after.userTaskKey })
  await ask('correlateMessage', { name: 'paid', correlationKey: 'o-4' })
  expect(await search('searchUserTasks', { processInstanceKey, state: 'CREATED' })).toMatchObject([
    { elementId: 'file' },
  ])
})

test('the clock is pinned and let go', async () => {
  await ask('pinClock', { timestamp: START + 1000 })
  expect(walk.app.server.host.clock.now()).toBe(START + 1000)
  await ask('resetClock')
  expect(walk.app.server.host.clock.now()).not.toBe(START + 1000)
})

test('a page is sorted and cut by cursors', async () => {
  const sort = [{ field: 'processInstanceKey', order: 'DESC' }]
  const page = (more: object) => plain('searchProcessInstances', { filter: {}, sort, page: { limit: 2, ...more } }, now)
  const first = await page({})
  const second = await page({ after: first.page.endCursor })
  const keys = [...first.items, ...second.items].map((one: Answer) => Number(one.processInstanceKey))
  expect(keys).toEqual([...keys].sort((a, b) => b - a))
  expect(new Set(keys).size).toBe(4)
  expect((await page({ before: second.page.startCursor })).items).toEqual(first.items)
  expect((await page({ from: 1 })).items[0]).toEqual(first.items[1])
})

test('what 8.9 adds is asked for by plain requests', async () => {
  const [{ processInstanceKey }] = await search('searchProcessInstances', { hasIncident: true })
  const elements = await search('searchElementInstances', { processInstanceKey, hasIncident: true })
  const path = (key: string) => `/v2/element-instances/${key}/incidents/search`
  const post = async (operation: string, address: string, body: object): Promise<Answer> => {
    const answer = await walk.app.client('POST', address, body)
    expect(answer.status).toBe(200)
    walk.called.add(operation)
    return answer.json()
  }
  const own = await post('searchElementInstanceIncidents', path(elements[0].elementInstanceKey), {})
  expect(own.items).toMatchObject([{ processInstanceKey, elementId: 'work' }])
  const [call] = await search('searchElementInstances', { processInstanceKey, elementId: 'call' })
  expect((await post('searchElementInstanceIncidents', path(call.elementInstanceKey), {})).items).toEqual(own.items)
  const [other] = await search('searchElementInstances', { processInstanceKey, type: 'START_EVENT' })
  expect((await post('searchElementInstanceIncidents', path(other.elementInstanceKey), {})).items).toEqual([])
  expect((await walk.app.client('POST', path('7'), {})).status).toBe(404)
  const met = await post('evaluateConditionals', '/v2/conditionals/evaluation', { variables: { level: 1 } })
  expect(met).toEqual({ processInstances: [], tenantId: '<default>' })
})

test('every operation passes or answers 501 with its name', async () => {
  for (const operation of operationList) {
    const { id } = operation
    if (walk.called.has(id)) continue
    const problem = await walk.refusalOf(operation)
    expect(problem, id).toMatchObject({ status: 501, code: 'NOT_IMPLEMENTED' })
    expect(problem.detail).toContain(id)
  }
  expect(walk.called.size).toBeGreaterThanOrEqual(45)
})

test('docs/rest.md says what passed', () => {
  const found = restDocument(walk.called)
  if (process.env.WRITE_REST === '1') writeFileSync(REST_DOCUMENT, found)
  expect(readFileSync(REST_DOCUMENT, 'utf8')).toBe(found)
})
