import { each, flow, io, line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from '../route/test-app.ts'
import { incidentWords } from './case.ts'

let app: TestApp
let clerk: Requester
let reviewer: Requester
beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
})
afterAll(() => app.close())

const deploy = (id: string, files: { readonly [name: string]: string }) =>
  app.server.host.deploy(
    Object.entries(files).map(([name, text]) => ({ name, content: new TextEncoder().encode(text) })),
    { type: 'system', id: 'test' },
    id,
  )
const named = (id: string, content: string, roots = '') =>
  model(content, roots).replaceAll('id="process"', `id="${id}"`)
const start = async (id: string, variables: object = {}) => {
  const answer = await app.client('POST', '/v2/process-instances', {
    processDefinitionId: id,
    tenantId: 'east',
    variables,
  })
  return ((await answer.json()) as { processInstanceKey: string }).processInstanceKey
}
const trail = async (key: string, who = clerk) =>
  ((await (await who('GET', `/api/cases/${key}/trail`)).json()) as Trail).entries
const settle = () => app.advance(0)

const starters = '<bihuan:starters candidateGroups="clerk"/>'
const group = '<zeebe:assignmentDefinition candidateGroups="clerk"/>'
const reviewers = '<zeebe:assignmentDefinition candidateGroups="reviewer@township"/>'
/** Lets the clerk, who has it, read the case. */
const seen = node('userTask', 'seen', group)
const condition = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`
const around = (...ids: string[]) => node('startEvent', 's', starters) + node('endEvent', 'e') + line('s', ...ids, 'e')

test('ES4 ER1 SG1 what is thrown and what catches it are told first, at their elements', async () => {
  const inside =
    node('startEvent', 'i') +
    node('intermediateThrowEvent', 'up', '', '<bpmn:escalationEventDefinition escalationRef="x"/>') +
    node('endEvent', 'fail', '', '<bpmn:errorEventDefinition errorRef="f"/>') +
    line('i', 'up', 'fail')
  const caught = (id: string, content: string, attributes = '') =>
    node('boundaryEvent', id, '', content, `attachedToRef="sub" ${attributes}`)
  const content =
    around('sub') +
    node('subProcess', 'sub', '', inside) +
    caught('heard', '<bpmn:escalationEventDefinition/>', 'cancelActivity="false"') +
    node('endEvent', 'noted') +
    line('heard', 'noted') +
    caught('failed', '<bpmn:errorEventDefinition/>') +
    node('intermediateCatchEvent', 'alarmed', '', '<bpmn:signalEventDefinition signalRef="a"/>') +
    line('failed', 'alarmed', 'seen') +
    seen
  const roots =
    '<bpmn:escalation id="x" escalationCode="X"/><bpmn:error id="f" errorCode="F"/><bpmn:signal id="a" name="alarm"/>'
  await deploy('thrown', { 'thrown.bpmn': named('thrown', content, roots) })
  const key = await start('thrown')
  await app.client('POST', '/v2/signals/broadcast', { signalName: 'alarm' })
  await settle()
  const kinds = ['escalation.thrown', 'error.thrown', 'signalSubscription.triggered']
  const told = (await trail(key)).filter(({ kind }) => kinds.includes(kind))
  expect(told.map(({ kind, elementId, important }) => [kind, elementId, important])).toEqual([
    ['escalation.thrown', 'up', true],
    ['error.thrown', 'fail', true],
    ['signalSubscription.triggered', 'alarmed', true],
  ])
})

test('CN1 MI3 AH7 a condition that came true and a vote that was decided are told with the reason', async () => {
  const content =
    around('enough', 'vote', 'some') +
    node('intermediateCatchEvent', 'enough', '', condition('households > 3')) +
    node('userTask', 'vote', group, each({ items: '[1, 2]', until: 'numberOfCompletedInstances >= 1' })) +
    node(
      'adHocSubProcess',
      'some',
      '<zeebe:adHoc activeElementsCollection="=[&quot;a&quot;]"/>',
      `${node('task', 'a')}<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=households = 4</bpmn:completionCondition>`,
    )
  await deploy('decided', { 'decided.bpmn': named('decided', content) })
  const key = await start('decided', { households: 4 })
  await settle()
  const { items } = (await (
    await app.client('POST', '/v2/user-tasks/search', { filter: { processInstanceKey: key } })
  ).json()) as { items: { userTaskKey: string }[] }
  expect((await app.client('POST', `/v2/user-tasks/${items[0]?.userTaskKey}/completion`, {})).status).toBe(204)
  const entries = await trail(key)
  const told = (kind: string) => entries.filter((one) => one.kind === kind)
  expect(told('conditionalSubscription.triggered')).toMatchObject([
    { elementId: 'enough', important: true, why: { rule: 'households > 3', inputs: { households: 4 }, result: true } },
  ])
  expect(told('multiInstance.decided')).toMatchObject([
    { elementId: 'vote', important: true, why: { inputs: { numberOfCompletedInstances: 1 }, result: true } },
  ])
  expect(told('adHocSubProcess.decided')).toMatchObject([
    { elementId: 'some', important: false, why: { inputs: { households: 4 } } },
  ])
})

test('CM1 CM2 what is undone is told at what is undone', async () => {
  const undo = '<bpmn:compensateEventDefinition/>'
  const content =
    around('book', 'back', 'seen') +
    seen +
    node('manualTask', 'book') +
    node('boundaryEvent', 'undo', '', undo, 'attachedToRef="book"') +
    node('manualTask', 'cancel', '', '', 'isForCompensation="true"') +
    '<bpmn:association id="undo_cancel" sourceRef="undo" targetRef="cancel" associationDirection="One"/>' +
    node('intermediateThrowEvent', 'back', '', undo)
  await deploy('undone', { 'undone.bpmn': named('undone', content) })
  const entries = await trail(await start('undone'))
  expect(entries.filter(({ kind }) => kind === 'compensationSubscription.triggered')).toMatchObject([
    { elementId: 'book', important: true },
  ])
})

test('TL7 what a listener refused is told with its words', async () => {
  const listener =
    '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="check"/></zeebe:taskListeners>'
  const content = around('write') + node('userTask', 'write', group + listener)
  await deploy('denied', { 'denied.bpmn': named('denied', content) })
  const key = await start('denied')
  const { items } = (await (
    await app.client('POST', '/v2/user-tasks/search', { filter: { processInstanceKey: key } })
  ).json()) as { items: { userTaskKey: string }[] }
  await app.client('POST', `/v2/user-tasks/${items[0]?.userTaskKey}/completion`, {})
  const { jobs } = (await (
    await app.client('POST', '/v2/jobs/activation', { type: 'check', timeout: 60_000, maxJobsToActivate: 1 })
  ).json()) as { jobs: { jobKey: string }[] }
  const result = { type: 'userTask', denied: true, deniedReason: 'No date' }
  await app.client('POST', `/v2/jobs/${jobs[0]?.jobKey}/completion`, { result })
  expect((await trail(key)).filter(({ kind }) => kind === 'userTask.denied')).toMatchObject([
    { elementId: 'write', important: true, facts: { event: 'completing', reason: 'No date' } },
  ])
})

test('CL1 what happens in a called process is told at the call activity of the case, however deep', async () => {
  const call = (id: string, of: string, more = '') =>
    node('callActivity', id, `${more}<zeebe:calledElement processId="${of}"/>`, '', 'name="Ask below"')
  const wait = node('intermediateCatchEvent', 'outer_call', '', condition('go = true'), 'name="Wait"')
  await deploy('calls', {
    'outer.bpmn': named('outer', around('ask') + call('ask', 'middle', '<bihuan:stage name="Asking"/>')),
    'middle.bpmn': named('middle', around('ask_2') + call('ask_2', 'inner')),
    'inner.bpmn': named(
      'inner',
      around('ask', 'outer_call') +
        node(
          'userTask',
          'ask',
          `${group}<bihuan:stage name="Asking"/>${io({}, { go: '=true' })}`,
          '',
          'name="Answer"',
        ) +
        wait,
    ),
  })
  const key = await start('outer')
  const { items } = (await (
    await app.client('POST', '/v2/user-tasks/search', { filter: { processInstanceKey: key } })
  ).json()) as { items: { userTaskKey: string }[] }
  expect((await app.client('POST', `/v2/user-tasks/${items[0]?.userTaskKey}/completion`, {})).status).toBe(204)
  const entries = await trail(key)
  const told = (kind: string) =>
    entries.filter((one) => one.kind === kind).map(({ elementId, elementName }) => [elementId, elementName])
  expect(told('callActivity.called')).toEqual([
    ['ask', 'Ask below'],
    ['ask', 'Ask below'],
  ])
  expect(told('userTask.completed')).toEqual([['ask', 'Answer']])
  expect(told('conditionalSubscription.triggered')).toEqual([['ask', 'Wait']])
  const stages = entries.filter(({ kind }) => kind === 'element.activated').map(({ facts }) => facts.stage ?? null)
  expect(stages).toEqual(['Asking', null])
})

test('FE6 a reason names what was missing and what did not compare, but no data its reader may not see', async () => {
  const rule = '(income > 3 or nothing > 3 or subject > 3) = null'
  const content =
    node('startEvent', 's', starters) +
    node('exclusiveGateway', 'which', '', '', 'default="which_e"') +
    node('userTask', 'judge', reviewers) +
    node('endEvent', 'e') +
    line('s', 'which', 'e') +
    flow('which', 'judge', rule) +
    line('judge', 'e')
  await deploy('reasons', {
    'reasons.bpmn': named('reasons', content),
    'package.yaml': 'id: reasons\nname: Reasons',
    'fields.yaml': `
fields:
  - { key: subject, name: Subject, kind: text, grade: public }
  - { key: income, name: Income, kind: text, grade: sensitive, purpose: to judge the need }
access: {}
`,
  })
  const key = await start('reasons', { subject: 'Roof' })
  const [way] = (await trail(key, reviewer)).filter(({ kind, why }) => kind === 'sequenceFlow.taken' && why)
  expect(way?.why).toMatchObject({
    inputs: { subject: 'Roof' },
    missing: ['nothing'],
    unlike: expect.arrayContaining([{ operator: '>', left: 'string', right: 'number' }]),
  })
})

test('MG5 what was said before a case was migrated is said of the drawing of then', async () => {
  const drawn = (name: string) => around('seen') + node('userTask', 'seen', group, '', `name="${name}"`)
  await deploy('moving 1', { 'moving.bpmn': named('moving', drawn('Look')) })
  const key = await start('moving')
  const { processes } = await deploy('moving 2', { 'moving.bpmn': named('moving', drawn('Look twice')) })
  const moved = await app.server.host.migrateInstances(
    { cases: { instanceKeys: [Number(key)] }, targetDefinitionKey: processes[0]!.key },
    { reason: 'one look was not enough', actor: { type: 'system', id: 'test' }, requestId: 'moving' },
  )
  expect(moved.items).toEqual([{ instanceKey: Number(key), rejection: null }])
  const told = (await trail(key)).filter(({ kind }) => kind === 'userTask.created' || kind.endsWith('.migrated'))
  expect(told.map(({ kind, elementName, facts }) => [kind, elementName, facts.task ?? facts.version])).toEqual([
    ['userTask.created', 'Look', 'Look'],
    ['processInstance.migrated', null, '2'],
  ])
  expect(told.at(-1)).toMatchObject({ facts: { reason: 'one look was not enough' }, important: true })
})

test('IN1 an incident tells a list item by item, and leaves out what is not known', () => {
  const at = { elementId: 'a', elementName: 'Sum' }
  const words = (code: string, facts: object) => incidentWords({ ...at, code, facts: facts as never }).en.text
  expect(words('NAME_MISSING', { expression: 'x + y', missing: ['x', 'y'] })).toContain('x, y')
  const unit = words('CANDIDATE_UNIT_NOT_FOUND', { role: 'clerk', level: null, unit: null })
  expect(unit).toBe('Expected a unit for role "clerk" of "Sum", but there is none.')
})
