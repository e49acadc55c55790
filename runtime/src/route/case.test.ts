import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Case, CaseStarted, StoredFile, Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let east: Requester

const head =
  '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="http://bihuan.org/test">'
/** Votes are counted; without a majority there is no way on, which is an incident. */
const model = `<?xml version="1.0"?>${head}
  <bpmn:process id="vote" name="Vote" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:extensionElements><bihuan:starters candidateGroups="clerk" /><zeebe:formDefinition formId="count" /></bpmn:extensionElements><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="s" targetRef="g" />
    <bpmn:exclusiveGateway id="g" name="Majority"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="b" name="passed" sourceRef="g" targetRef="t"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=yes * 2 &gt; present</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:userTask id="t" name="Sign"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="c" sourceRef="t" targetRef="e" />
    <bpmn:endEvent id="e"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const form = (label: string) =>
  JSON.stringify({
    type: 'default',
    id: 'count',
    schemaVersion: 19,
    components: [
      {
        id: 'a',
        key: 'present',
        type: 'number',
        label,
        decimalDigits: 0,
        appearance: { suffixAdorner: '人' },
        properties: { check: '=present <= parameters.most', checkMessage: 'Too many.' },
      },
      { id: 'b', key: 'yes', type: 'number', label: 'Yes', decimalDigits: 0 },
      {
        id: 'c',
        key: 'amount',
        type: 'number',
        label: 'Amount',
        serializeToString: true,
        decimalDigits: 2,
        appearance: { suffixAdorner: '元' },
      },
      { id: 'd', key: 'photos', type: 'filepicker', label: 'Photos', multiple: true },
    ],
  })

const deploy = (label: string, requestId: string) =>
  app.server.host.deploy(
    Object.entries({
      'vote.bpmn': model,
      'count.form': form(label),
      'package.yaml': 'id: vote\nname: Vote\nversion: 1.0.0\ndepartment: Office\ndescription: Counts\n',
      'parameters.yaml': 'parameters:\n  - { name: most, title: Most, type: integer, default: 50 }\n',
    }).map(([name, text]) => ({ name, content: new TextEncoder().encode(text) })),
    { type: 'system', id: 'test' },
    requestId,
  )
const start = (answers: object, formKey: string | null = null) =>
  east('POST', '/api/cases', { processId: 'vote', unitId: 'east', formKey, answers })
const started = async (answers: object) => {
  const answer = await start(answers)
  expect(answer.status, await answer.clone().text()).toBe(201)
  return ((await answer.json()) as CaseStarted).caseKey
}
const read = async <T>(path: string) => (await (await east('GET', path)).json()) as T

beforeAll(async () => {
  app = await openTestApp()
  east = await app.as('clerk.east')
  await deploy('Present', 'first')
})
afterAll(() => app.close())

test('a start form reads the parameters in force for the unit', async () => {
  const refused = await start({ present: 51, yes: 40 })
  expect(await refused.json()).toMatchObject({
    status: 422,
    fields: [{ field: 'present', code: 'FIELD_CHECK_FAILED' }],
  })
  const seeder = { type: 'system', id: 'test' } as const
  await app.server.host.setParameters(
    { packageId: 'vote', unitId: 'east', effectiveFrom: 0, values: { most: 60 } },
    seeder,
    'most',
  )
  await started({ present: 51, yes: 40 })
})

test('a case shows its answers with units and files, worded by the form it was started with', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = new FormData()
  upload.append('file', new File([png], 'hall.png'))
  const photo = (await (await east('POST', '/api/files', upload)).json()) as StoredFile
  const key = await started({ present: 30, yes: 20, amount: '186000.00', photos: [photo] })
  await deploy('People in the hall', 'second')
  const { summary } = await read<Case>(`/api/cases/${key}`)
  expect(summary).toEqual([
    { label: 'Present', value: '30 人', files: [] },
    { label: 'Yes', value: '20', files: [] },
    { label: 'Amount', value: '186,000.00 元', files: [] },
    { label: 'Photos', value: 'hall.png', files: [photo] },
  ])
  const trail = await read<Trail>(`/api/cases/${key}/trail`)
  expect(trail.entries.find((entry) => entry.kind === 'processInstance.created')!.answers).toEqual(summary)
  const counted = trail.entries.find((entry) => entry.kind === 'sequenceFlow.taken')
  expect(counted).toMatchObject({ important: true, why: { inputs: { yes: 20, present: 30 } } })
})

test('an incident is told in both languages, on the case and in its trail', async () => {
  const key = await started({ present: 30, yes: 10 })
  const { incidents } = await read<Case>(`/api/cases/${key}`)
  expect(incidents).toHaveLength(1)
  const { messages, text } = incidents[0]!
  expect(messages['zh-CN']!.text).toBe(text)
  expect(messages['zh-CN']!.text).toMatch(/“Majority”的/)
  expect(messages.en!.text).toMatch(/"Majority"/)
  expect(messages.en!.text).not.toMatch(/\p{Script=Han}/u)
  const trail = await read<Trail>(`/api/cases/${key}/trail`)
  expect(trail.entries.find((entry) => entry.kind === 'incident.created')!.messages).toEqual(messages)
})

test('a trail is read on from where a page ended, and its chain is checked whole', async () => {
  const key = await started({ present: 3, yes: 3 })
  const whole = await read<Trail>(`/api/cases/${key}/trail`)
  expect(whole).toMatchObject({ next: null, chain: { intact: true, unchecked: 0 } })
  const first = whole.entries[0]!.sequence
  const rest = await read<Trail>(`/api/cases/${key}/trail?after=${first}`)
  expect(rest.entries).toEqual(whole.entries.filter((entry) => entry.sequence > first))
  expect(rest.chain).toEqual(whole.chain)
  expect((await east('GET', `/api/cases/${key}/trail?after=x`)).status).toBe(422)
})

test('F02 a task that waits for a post nobody holds is told as one, until somebody holds it', async () => {
  const by = { type: 'system', id: 'test' } as const
  const lines = '<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t" />'
  const offered = (id: string, groups: string) =>
    `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="${groups}" /></bpmn:extensionElements></bpmn:userTask>`
  const tasks = `${offered('t', 'reviewer')}${offered('auditors', 'auditor@district')}${offered('both', 'reviewer,clerk')}`
  const starts = ['auditors', 'both'].map((id) => `<bpmn:sequenceFlow id="to_${id}" sourceRef="s" targetRef="${id}" />`)
  const xml = `<?xml version="1.0"?>${head}<bpmn:process id="post" name="Post" isExecutable="true"><bpmn:startEvent id="s"><bpmn:extensionElements><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements></bpmn:startEvent>${lines}${starts.join('')}${tasks}</bpmn:process></bpmn:definitions>`
  await app.server.host.deploy([{ name: 'post.bpmn', content: Buffer.from(xml) }], by, 'post')
  const asked = { processId: 'post', unitId: 'east', formKey: null, answers: {} }
  const { caseKey } = (await (await east('POST', '/api/cases', asked)).json()) as CaseStarted
  const vacant = async () => {
    const one = (await (await east('GET', `/api/cases/${caseKey}`)).json()) as Case
    return one.tasks.filter((task) => task.vacant).map(({ elementId }) => elementId)
  }
  expect((await vacant()).sort()).toEqual(['auditors', 't'])
  const { id } = (await (await east('GET', '/api/session')).json()) as { id: string }
  await app.server.organisation.addPosition(id, 'clerk.east', 'reviewer', 'east', by)
  expect(await vacant()).toEqual(['auditors'])
})
