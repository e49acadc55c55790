import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Case, CaseActionForm, CaseList, CaseStarted, Diagram, ProblemJson, Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

/**
 * Works that a clerk records. The township has one act and nothing else to do in them: whoever reviews there may object
 * as often as he likes, or stop them for good.
 */
const works = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:message id="objection" name="objection" />
  <bpmn:message id="halt" name="halt" />
  <bpmn:process id="works" name="Works" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" /></bpmn:extensionElements>
    <bpmn:startEvent id="apply"><bpmn:extensionElements><zeebe:formDefinition formId="works_form" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="apply" targetRef="build" />
    <bpmn:userTask id="build" name="Build"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="build" targetRef="file" />
    <bpmn:boundaryEvent id="stop" name="Stop" attachedToRef="build"><bpmn:extensionElements><bihuan:caseAction label="Stop" candidateGroups="reviewer@township" /></bpmn:extensionElements><bpmn:outgoing>f3</bpmn:outgoing><bpmn:messageEventDefinition messageRef="halt" /></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f3" sourceRef="stop" targetRef="stopped" />
    <bpmn:endEvent id="stopped"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:userTask id="file" name="File"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f4" sourceRef="file" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:boundaryEvent id="object" name="Object" attachedToRef="build" cancelActivity="false"><bpmn:extensionElements><bihuan:caseAction label="Object" formId="works_form" candidateGroups="reviewer@township" /></bpmn:extensionElements><bpmn:outgoing>f5</bpmn:outgoing><bpmn:messageEventDefinition messageRef="objection" /></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f5" sourceRef="object" targetRef="heard" />
    <bpmn:endEvent id="heard"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const form = JSON.stringify({
  ...{ id: 'works_form', type: 'default', schemaVersion: 19 },
  components: [
    ...['subject', 'plan', 'budget', 'ground', 'phone'].map((key) => ({ id: key, key, type: 'textfield', label: key })),
    ...['drawings', 'bills'].map((key) => ({ id: key, key, type: 'filepicker', label: key, multiple: true })),
  ],
})

const fields = `
fields:
  - { key: subject, name: Subject, kind: text, grade: public }
  - { key: plan, name: Plan, kind: text, grade: internal }
  - { key: budget, name: Budget, kind: text, grade: internal }
  - { key: ground, name: Ground, kind: text, grade: internal }
  - { key: phone, name: Phone, kind: text, grade: sensitive, purpose: to answer }
  - { key: drawings, name: Drawings, kind: files, grade: internal }
  - { key: bills, name: Bills, kind: files, grade: internal }
access:
  apply: { subject: required, plan: required, budget: required, drawings: write, bills: write }
  object: { plan: read, drawings: read, ground: required, phone: write }
`

const picture = (last: number) =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from([last]),
  ])

let app: TestApp
let clerk: Requester
let reviewer: Requester
let key: string
interface Uploaded {
  readonly id: string
}
let files: { readonly drawing: Uploaded; readonly bill: Uploaded }

const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T
const listed = async (who: Requester) =>
  (await json<CaseList>(await who('GET', '/api/cases'))).items.map((item) => item.key)
const page = async (who: Requester) => json<Case>(await who('GET', `/api/cases/${key}`))
const act = async (label: string) => (await page(reviewer)).actions.find((one) => one.label === label)!.key
const send = (action: string, answers: object = {}) =>
  reviewer('POST', `/api/cases/${key}/actions/${action}`, { formKey: null, answers })

/** Completes the open task of the clerk. */
async function goOn(): Promise<void> {
  const [task] = (await page(clerk)).tasks
  const answer = await clerk('POST', `/api/tasks/${task!.key}/complete`, { formKey: null, answers: {} })
  expect(answer.status).toBe(200)
}

let uploads = 0
async function upload(): Promise<Uploaded> {
  uploads += 1
  const body = new FormData()
  body.append('file', new File([picture(uploads)], `${uploads}.png`, { type: 'image/png' }))
  return json<Uploaded>(await clerk('POST', '/api/files', body))
}

beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
  const resources = {
    'works.bpmn': works,
    'works.form': form,
    'fields.yaml': fields,
    'package.yaml': 'id: works\nname: Works',
  }
  await app.deploy('works', resources)
})
afterAll(() => app.close())

async function begin(): Promise<void> {
  files = { drawing: await upload(), bill: await upload() }
  const answers = {
    ...{ subject: 'Canal', plan: 'secret plan', budget: 'secret budget' },
    ...{ drawings: [files.drawing], bills: [files.bill] },
  }
  const started = await clerk('POST', '/api/cases', { processId: 'works', unitId: 'east', formKey: null, answers })
  key = (await json<CaseStarted>(started)).caseKey
}

beforeEach(begin)

describe('who has an act on a case and no other part in it', () => {
  it('CA1 A02 finds the case while the act is open, reads it, and does the act', async () => {
    expect(await listed(reviewer)).toContain(key)
    const shown = await page(reviewer)
    expect(shown.actions.map(({ label }) => label).sort()).toEqual(['Object', 'Stop'])
    expect((await reviewer('GET', `/api/cases/${key}/diagram`)).status).toBe(200)
    const action = await act('Object')
    const { form: asked } = await json<CaseActionForm>(await reviewer('GET', `/api/cases/${key}/actions/${action}`))
    expect(asked?.data).toMatchObject({ plan: 'secret plan' })
    expect((await send(action, { ground: 'too near' })).status).toBe(200)
    // He has a part now, whatever becomes of the act.
    await goOn()
    expect(await listed(reviewer)).toContain(key)
    const { entries } = await json<Trail>(await reviewer('GET', `/api/cases/${key}/trail`))
    const did = entries.find(({ kind }) => kind === 'messageSubscription.correlated')
    expect([did?.actor.name, did?.facts.as]).toEqual(['N reviewer', 'Town Reviewer'])
    expect((await reviewer('GET', `/api/cases/${key}/archive`)).status).toBe(200)
  })

  it('CA1 A02 reads what happened, at which step and when, and of people himself alone', async () => {
    const [task] = (await page(clerk)).tasks
    expect((await clerk('POST', `/api/tasks/${task!.key}/claim`, {})).status).toBe(200)
    const answer = await reviewer('GET', `/api/cases/${key}/trail`)
    const text = await answer.clone().text()
    const { entries } = await json<Trail>(answer)
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    expect([text.includes('N clerk.east'), text.includes(id)]).toEqual([false, false])
    expect(entries.find(({ kind }) => kind === 'userTask.assigned')).toMatchObject({
      actor: { type: 'withheld', id: '', name: '' },
      elementName: 'Build',
      facts: {},
    })
    expect(entries.find(({ kind }) => kind === 'userTask.created')?.facts).toMatchObject({ candidates: 'East Clerk' })
    // Rows in a package name people, and cannot be handed out without.
    expect((await reviewer('GET', `/api/cases/${key}/archive`)).status).toBe(404)
  })

  it('CA1 A02 sees of it what is public and what the step of the act reads, and nobody’s tasks', async () => {
    const shown = await page(reviewer)
    expect(shown.summary.map(({ label }) => label)).toEqual(['subject', 'plan', 'drawings'])
    expect([shown.tasks, shown.more]).toEqual([[], 0])
    const trail = await (await reviewer('GET', `/api/cases/${key}/trail`)).text()
    expect([trail.includes('secret plan'), trail.includes('secret budget')]).toEqual([true, false])
    expect((await reviewer('GET', `/api/files/${files.drawing.id}`)).status).toBe(200)
    expect((await reviewer('GET', `/api/files/${files.bill.id}`)).status).toBe(404)
    const [task] = (await page(clerk)).tasks
    expect((await reviewer('GET', `/api/tasks/${task!.key}`)).status).toBe(404)
    expect((await json<Diagram>(await reviewer('GET', `/api/cases/${key}/diagram`))).elements.build).toBe('active')
  })

  it('E05 is told, without a word of the case, when an act opens or closes', async () => {
    const answer = await reviewer('GET', '/api/inbox/events')
    const reader = answer.body!.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const told = async (times: number) => {
      while (text.split('event: changed').length <= times) text += decoder.decode((await reader.read()).value)
    }
    await begin()
    await told(1)
    await goOn()
    await told(2)
    await reader.cancel()
    expect(text).not.toContain(key)
  })

  it('A02 is nobody else: another unit, another role, and who looks after the system find no such case', async () => {
    const action = await act('Object')
    for (const username of ['clerk.west', 'auditor', 'operator', 'designer']) {
      const who = await app.as(username)
      expect((await who('GET', `/api/cases/${key}`)).status, username).not.toBe(200)
      expect(
        (await who('POST', `/api/cases/${key}/actions/${action}`, { formKey: null, answers: {} })).status,
        username,
      ).not.toBe(200)
    }
  })

  it('CA1 an act that each of several does for himself shows none of them what is sensitive of another', async () => {
    const other = 'phone-of-another-4711'
    const by = { type: 'system', id: 'test' } as const
    await send(await act('Object'), { ground: 'ground-of-another', phone: other })
    const { id } = await json<{ id: string }>(await (await app.as('clerk.west'))('GET', '/api/session'))
    await app.server.organisation.addPosition(id, 'clerk.west', 'reviewer', 'town', by)
    const second = await app.as('clerk.west')
    const trail = await (await second('GET', `/api/cases/${key}/trail`)).text()
    expect([trail.includes('ground-of-another'), trail.includes(other)]).toEqual([true, false])
  })

  it('CA1 A02 has the case no more when the act has closed and he did nothing: what he sends then is told why', async () => {
    const action = await act('Object')
    await goOn()
    expect(await listed(reviewer)).not.toContain(key)
    for (const path of ['', '/trail', '/diagram'])
      expect((await reviewer('GET', `/api/cases/${key}${path}`)).status).toBe(404)
    expect((await reviewer('GET', `/api/files/${files.drawing.id}`)).status).toBe(404)
    const late = await send(action, { ground: 'too near' })
    expect([late.status, (await json<ProblemJson>(late)).code]).toEqual([409, 'STATE_CONFLICT'])
    await goOn()
    expect((await json<ProblemJson>(await send(action, { ground: 'too near' }))).code).toBe('PROCESS_INSTANCE_ENDED')
  })
})
