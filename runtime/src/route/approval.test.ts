import { each, line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case, Inbox, Task, Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

/**
 * A permit that is judged by a reviewer, returned to a clerk as often as he says so, and stopped by a clerk at any time;
 * who has not judged it within three days no longer does.
 */
const permit = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:message id="stop" name="stop"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="permit" name="Permit" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" /></bpmn:extensionElements>
    <bpmn:startEvent id="apply"><bpmn:extensionElements><zeebe:formDefinition formId="permit_form" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="apply" targetRef="judge" />
    <bpmn:userTask id="judge" name="Judge"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="permit_form" /><zeebe:assignmentDefinition candidateGroups="reviewer@township" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="judge" targetRef="good" />
    <bpmn:exclusiveGateway id="good" default="f4"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f3" sourceRef="good" targetRef="granted"><bpmn:conditionExpression>=verdict = "good"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="good" targetRef="mend" />
    <bpmn:userTask id="mend" name="Mend"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="permit_form" /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f5" sourceRef="mend" targetRef="judge" />
    <bpmn:endEvent id="granted" name="Granted"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:boundaryEvent id="late" name="Late" attachedToRef="judge"><bpmn:outgoing>f6</bpmn:outgoing><bpmn:timerEventDefinition id="late_timer"><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f6" sourceRef="late" targetRef="lapsed" />
    <bpmn:endEvent id="lapsed" name="Lapsed"><bpmn:incoming>f6</bpmn:incoming></bpmn:endEvent>
    <bpmn:subProcess id="stopping" triggeredByEvent="true">
      <bpmn:startEvent id="stopped"><bpmn:extensionElements><bihuan:caseAction label="Stop" candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>s1</bpmn:outgoing><bpmn:messageEventDefinition id="stopped_message" messageRef="stop" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="s1" sourceRef="stopped" targetRef="withdrawn" />
      <bpmn:endEvent id="withdrawn" name="Withdrawn"><bpmn:incoming>s1</bpmn:incoming></bpmn:endEvent>
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`

const form = JSON.stringify({
  ...{ id: 'permit_form', type: 'default', schemaVersion: 19 },
  components: ['subject', 'ground', 'verdict'].map((key) => ({ id: key, key, type: 'textfield', label: key })),
})

const fields = `
fields:
  - { key: subject, name: Subject, kind: text, grade: public }
  - { key: ground, name: Ground, kind: text, grade: public }
  - { key: verdict, name: Verdict, kind: text, grade: public }
access:
  apply: { subject: required, ground: required }
  judge: { ground: read, verdict: required }
  mend: { verdict: read, ground: required }
`

let app: TestApp
let clerk: Requester
let reviewer: Requester

const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T

beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
  const files = {
    'permit.bpmn': permit,
    'permit.form': form,
    'fields.yaml': fields,
    'package.yaml': 'id: permit\nname: Permit',
  }
  await app.deploy('permit', files)
})
afterAll(() => app.close())

async function apply(ground = 'first'): Promise<string> {
  const asked = { processId: 'permit', unitId: 'east', formKey: null, answers: { subject: 'Shop', ground } }
  return (await json<{ caseKey: string }>(await clerk('POST', '/api/cases', asked))).caseKey
}

/** The key of the open task of a case that is this person's to do. */
async function taskOf(who: Requester, caseKey: string): Promise<string> {
  const { items } = await json<Inbox>(await who('GET', '/api/inbox?view=mine'))
  const more = await json<Inbox>(await who('GET', '/api/inbox?view=claimable'))
  return [...items, ...more.items].find((one) => one.caseKey === caseKey)!.taskKey!
}

async function complete(who: Requester, caseKey: string, answers: object): Promise<string> {
  const key = await taskOf(who, caseKey)
  expect((await who('POST', `/api/tasks/${key}/complete`, { formKey: null, answers })).status).toBe(200)
  return key
}

const readTask = async (who: Requester, key: string) => json<Task>(await who('GET', `/api/tasks/${key}`))
const readCase = async (who: Requester, key: string) => json<Case>(await who('GET', `/api/cases/${key}`))

describe('a step that is done twice', () => {
  it('each time shows what was read and handed in that time', async () => {
    const caseKey = await apply('first')
    const first = await complete(reviewer, caseKey, { verdict: 'bad' })
    await complete(clerk, caseKey, { ground: 'second' })
    const second = await complete(reviewer, caseKey, { verdict: 'good' })
    expect((await readTask(reviewer, first)).form?.data).toEqual({ ground: 'first', verdict: 'bad' })
    expect((await readTask(reviewer, second)).form?.data).toEqual({ ground: 'second', verdict: 'good' })
  })
})

describe('a case that has ended', () => {
  it('tells how it came out by the end it came to: granted, lapsed, withdrawn', async () => {
    const granted = await apply()
    expect((await readCase(clerk, granted)).outcome).toBe(null)
    await complete(reviewer, granted, { verdict: 'good' })
    const withdrawn = await apply()
    const { actions } = await readCase(clerk, withdrawn)
    const act = `/api/cases/${withdrawn}/actions/${actions[0]!.key}`
    expect((await clerk('POST', act, { formKey: null, answers: {} })).status).toBe(200)
    const lapsed = await apply()
    await app.advance(3 * 86_400_000)
    const ends = await Promise.all([granted, withdrawn, lapsed].map((key) => readCase(clerk, key)))
    expect(ends.map(({ outcome, ring }) => [ring.state, outcome])).toEqual([
      ['completed', 'Granted'],
      ['completed', 'Withdrawn'],
      ['completed', 'Lapsed'],
    ])
  })
})

describe('an act on a case whose time has passed', () => {
  it('E05 is refused with what has become of the case, not as if it had never been there', async () => {
    const caseKey = await apply()
    const { actions } = await readCase(clerk, caseKey)
    const act = (who: Requester, key = actions[0]!.key) =>
      who('POST', `/api/cases/${caseKey}/actions/${key}`, { formKey: null, answers: {} })
    const refused = async (answer: Promise<Response>) => [
      (await answer).status,
      (await json<{ code: string }>(await answer)).code,
    ]
    expect(await refused(act(reviewer))).toEqual([404, 'NOT_FOUND'])
    await complete(reviewer, caseKey, { verdict: 'good' })
    expect(await refused(act(clerk))).toEqual([409, 'PROCESS_INSTANCE_ENDED'])
    expect(await refused(act(clerk, '4711'))).toEqual([404, 'NOT_FOUND'])
    expect(await refused(act(await app.as('clerk.west')))).toEqual([404, 'NOT_FOUND'])
  })
})

describe('E05 what was typed into a task that was no longer to be done', () => {
  const typed = { verdict: 'half a verdict' }

  it('is still the person’s to read with the form, when the deadline has passed and when another has the task', async () => {
    const caseKey = await apply()
    const key = await taskOf(reviewer, caseKey)
    expect((await reviewer('PUT', `/api/tasks/${key}/draft`, { answers: typed })).status).toBe(200)
    await app.client('POST', `/v2/user-tasks/${key}/assignment`, { assignee: 'somebody' })
    const taken = await readTask(reviewer, key)
    expect([taken.can.complete, taken.draft?.answers, taken.form?.formId]).toEqual([false, typed, 'permit_form'])
    await app.advance(3 * 86_400_000)
    // A page that was open meanwhile sends what was typed last.
    const more = { verdict: 'the whole verdict' }
    expect((await reviewer('PUT', `/api/tasks/${key}/draft`, { answers: more })).status).toBe(409)
    const passed = await readTask(reviewer, key)
    expect([passed.state, passed.draft?.answers, passed.form?.formId]).toEqual(['canceled', more, 'permit_form'])
  })
})

describe('E02 what was typed into a task that another has completed', () => {
  it('is shown with the form, and nothing of what the other has answered', async () => {
    const caseKey = await apply()
    await complete(reviewer, caseKey, { verdict: 'bad' })
    const mending = await taskOf(clerk, caseKey)
    const second = await app.as('second.east')
    expect((await second('PUT', `/api/tasks/${mending}/draft`, { answers: { ground: 'mine' } })).status).toBe(200)
    await complete(clerk, caseKey, { ground: 'the other one' })
    const { draft, form: shown } = await readTask(second, mending)
    expect([draft?.answers, shown?.data]).toEqual([{ ground: 'mine' }, { verdict: 'bad' }])
    expect((await readTask(clerk, mending)).form?.data).toEqual({ verdict: 'bad', ground: 'the other one' })
  })
})

describe('a task that is given to others than it was offered to', () => {
  it('says in the trail from whom to whom, and a deadline only where one was set', async () => {
    const caseKey = await apply()
    const key = await taskOf(reviewer, caseKey)
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    const change = async (changeset: object) =>
      (await app.client('PATCH', `/v2/user-tasks/${key}`, { changeset })).status
    expect(await change({ candidateUsers: [id], candidateGroups: ['clerk'] })).toBe(204)
    expect(await change({ priority: 80 })).toBe(204)
    expect(await change({ dueDate: '2026-12-24T00:00:00Z' })).toBe(204)
    const { entries } = await json<Trail>(await clerk('GET', `/api/cases/${caseKey}/trail`))
    const told = entries.filter(({ kind }) => /^userTask.(created|updated)$/.test(kind)).map(({ facts }) => facts)
    expect(told).toEqual([
      { task: 'Judge', candidates: 'Town Reviewer' },
      { candidates: 'East Clerk、N clerk.east' },
      {},
      { dueAt: '2026-12-24T00:00:00.000Z' },
    ])
  })
})

describe('a person who completes tasks in several positions', () => {
  it('is named in the trail with the one in which he did each, as far as he held it by then', async () => {
    const caseKey = await apply()
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    const done = async () => {
      const { entries } = await json<Trail>(await clerk('GET', `/api/cases/${caseKey}/trail`))
      return entries.filter(({ kind }) => kind === 'userTask.completed').map(({ facts }) => facts.as ?? null)
    }
    await app.client('POST', `/v2/user-tasks/${await taskOf(reviewer, caseKey)}/assignment`, { assignee: id })
    await complete(clerk, caseKey, { verdict: 'bad' })
    await complete(clerk, caseKey, { ground: 'second' })
    expect(await done()).toEqual([null, 'Clerk'])
    await app.advance(1)
    await app.server.organisation.addPosition(id, 'clerk.east', 'reviewer', 'town', { type: 'system', id: 'test' })
    await complete(clerk, caseKey, { verdict: 'bad' })
    await complete(clerk, caseKey, { ground: 'third' })
    expect(await done()).toEqual([null, 'Clerk', 'Town Reviewer', 'Clerk'])
  })
})

describe('a ballot of more people than a page lists', () => {
  it('is open on the case page to the last of them, who is told how many others it waits for', async () => {
    const loop = `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=voters" inputElement="voter" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`
    const cast = node('userTask', 'cast', '<zeebe:assignmentDefinition assignee="=voter" />', loop)
    const ballot = model(`${node('startEvent', 's')}${cast}${node('endEvent', 'e')}${line('s', 'cast', 'e')}`)
    await app.server.host.deploy(
      [{ name: 'ballot.bpmn', content: Buffer.from(ballot) }],
      { type: 'system', id: 'test' },
      'ballot',
    )
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    const voters = [...Array.from({ length: 300 }, (_, i) => `voter ${i}`), id]
    const asked = { processDefinitionId: 'process', tenantId: 'east', variables: { voters } }
    const started = await json<{ processInstanceKey: string }>(await app.client('POST', '/v2/process-instances', asked))
    const one = await readCase(clerk, started.processInstanceKey)
    expect([one.tasks.length, one.more, one.tasks.filter(({ mine }) => mine).length]).toEqual([201, 100, 1])
    expect(one.startedBy.name).toBe('test')
  })
})

describe('who is looked up to vote', () => {
  it('is found by roles written as candidates are, above the case too, and once who holds two of them', async () => {
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    await app.server.organisation.addPosition(id, 'clerk.east', 'reviewer', 'town', { type: 'system', id: 'test' })
    const header = '<zeebe:taskHeaders><zeebe:header key="role" value="clerk, reviewer@township"/></zeebe:taskHeaders>'
    const look = node('serviceTask', 'look', `<zeebe:taskDefinition type="bihuan.people"/>${header}`)
    const xml = model(`${node('startEvent', 's')}${look}${node('userTask', 'read')}${line('s', 'look', 'read')}`)
    const files = [{ name: 'look.bpmn', content: Buffer.from(xml) }]
    await app.server.host.deploy(files, { type: 'system', id: 'test' }, 'look')
    const asked = { processDefinitionId: 'process', tenantId: 'east', variables: {} }
    const { processInstanceKey } = await json<{ processInstanceKey: string }>(
      await app.client('POST', '/v2/process-instances', asked),
    )
    await app.advance(1)
    const filter = { processInstanceKey, name: 'people' }
    const found = await json<{ items: { value: string }[] }>(
      await app.client('POST', '/v2/variables/search', { filter }),
    )
    const people = JSON.parse(found.items[0]!.value) as { name: string }[]
    expect(people.map(({ name }) => name).sort()).toEqual(['N clerk.east', 'N reviewer', 'N second.east'])
  })

  it('JO12 is an incident that names role and unit where nobody holds the role, and goes on once somebody does', async () => {
    const by = { type: 'system', id: 'test' } as const
    const header = '<zeebe:taskHeaders><zeebe:header key="role" value="reviewer"/></zeebe:taskHeaders>'
    const look = node('serviceTask', 'look', `<zeebe:taskDefinition type="bihuan.people"/>${header}`)
    const vote = node('userTask', 'vote', '', each({ items: 'people', element: 'voter' }))
    const xml = model(node('startEvent', 's') + look + vote + node('endEvent', 'e') + line('s', 'look', 'vote', 'e'))
    await app.server.host.deploy([{ name: 'nobody.bpmn', content: Buffer.from(xml) }], by, 'nobody')
    const asked = { processDefinitionId: 'process', tenantId: 'east', variables: {} }
    const { processInstanceKey } = await json<{ processInstanceKey: string }>(
      await app.client('POST', '/v2/process-instances', asked),
    )
    await app.advance(1)
    const stateOf = async () =>
      (await json<{ state: string }>(await app.client('GET', `/v2/process-instances/${processInstanceKey}`))).state
    expect(await stateOf()).toBe('ACTIVE')
    const incident = await json<{ items: { incidentKey: string; errorType: string; errorMessage: string }[] }>(
      await app.client('POST', '/v2/incidents/search', { filter: { processInstanceKey } }),
    )
    expect(incident.items.map(({ errorType, errorMessage }) => [errorType, errorMessage].join(' '))).toEqual([
      'JOB_NO_RETRIES ROLE_HELD_BY_NOBODY: Expected somebody to hold role "Reviewer" in East for the list of "look", but nobody does.',
    ])
    const { id } = await json<{ id: string }>(await clerk('GET', '/api/session'))
    await app.server.organisation.addPosition(id, 'clerk.east', 'reviewer', 'east', by)
    await app.client('POST', `/v2/incidents/${incident.items[0]!.incidentKey}/resolution`)
    await app.advance(1)
    const tasks = await json<{ items: unknown[] }>(
      await app.client('POST', '/v2/user-tasks/search', { filter: { processInstanceKey } }),
    )
    expect(tasks.items).toHaveLength(1)
  })
})
