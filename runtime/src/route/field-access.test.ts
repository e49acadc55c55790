import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyPackage } from '../../verifier/verify-bihuan.mjs'
import type { Case, Inbox, ProblemJson, StartForm, Task, Trail } from '../contract/contract.ts'
import { Retention } from '../keep/retention.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

/** Each secret is a text of its own: whether it left the server is asked of whole bodies. */
const SECRET = 'income-of-the-family-4711'
const OPINION = 'internal-opinion-0815'

const process = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="grant" name="Grant" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" /></bpmn:extensionElements>
    <bpmn:startEvent id="apply"><bpmn:extensionElements><zeebe:formDefinition formId="grant_form" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="apply" targetRef="review" />
    <bpmn:userTask id="review" name="Review"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="grant_form" /><zeebe:assignmentDefinition candidateGroups="reviewer@township" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="review" targetRef="rich" />
    <bpmn:exclusiveGateway id="rich" default="f4"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f3" sourceRef="rich" targetRef="end"><bpmn:conditionExpression>=income = "rich"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="rich" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f3</bpmn:incoming><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

// One form for both steps, drawn as if everybody might see all: the matrix decides, not the drawing.
const form = JSON.stringify({
  id: 'grant_form',
  type: 'default',
  schemaVersion: 19,
  components: [
    { id: 'a', key: 'subject', type: 'textfield', label: 'Subject' },
    { id: 'b', key: 'income', type: 'textfield', label: 'Income' },
    { id: 'c', key: 'opinion', type: 'textfield', label: 'Opinion' },
    { id: 'd', key: 'house_photos', type: 'filepicker', label: 'House', multiple: true },
    { id: 'e', type: 'text', text: 'Income is {{income}}' },
  ],
})

const fields = `
fields:
  - { key: subject, name: Subject, kind: text, grade: public }
  - { key: income, name: Income, kind: text, grade: sensitive, purpose: to judge the need }
  - { key: opinion, name: Opinion, kind: text, grade: internal }
  - { key: house_photos, name: House, kind: files, grade: sensitive, purpose: to see the need }
access:
  apply: { subject: required, income: required, house_photos: write }
  review: { subject: read, opinion: required }
`

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let app: TestApp
let clerk: Requester
let reviewer: Requester
let caseKey: string

const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T

beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
  const resources = {
    'grant.bpmn': process,
    'grant.form': form,
    'fields.yaml': fields,
    'package.yaml': 'id: grant\nname: Grant',
  }
  await app.deploy('grant', resources)
})
afterAll(() => app.close())

/** Whether the two texts are in a package that somebody is handed. */
async function packed(who: Requester, path: string): Promise<readonly [secret: boolean, opinion: boolean]> {
  const content = new Uint8Array(await (await who('GET', path)).arrayBuffer())
  expect((await verifyPackage(content)).holds).toBe(true)
  const text = Buffer.concat(Object.values(unzipSync(content))).toString()
  return [text.includes(SECRET), text.includes(OPINION)]
}

describe('the matrix of fields and steps', () => {
  it('shapes the start form: what the step does not see is gone, 必填 is required', async () => {
    const { form: shown } = await json<StartForm>(await clerk('GET', '/api/startable/grant'))
    const keys = (shown!.schema.components as { key?: string }[]).map(({ key }) => key)
    expect(keys).toEqual(['subject', 'income', 'house_photos', undefined])
    const refused = await clerk('POST', '/api/cases', {
      processId: 'grant',
      unitId: 'east',
      formKey: null,
      answers: { subject: 'Roof', opinion: 'mine' },
    })
    expect(refused.status).toBe(422)
    const { fields: faults } = await json<ProblemJson>(refused)
    expect(faults?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'income FIELD_REQUIRED',
      'opinion FIELD_UNKNOWN',
    ])
    const started = await clerk('POST', '/api/cases', {
      processId: 'grant',
      unitId: 'east',
      formKey: null,
      answers: { subject: 'Roof', income: SECRET },
    })
    expect(started.status).toBe(201)
    caseKey = (await json<{ caseKey: string }>(started)).caseKey
  })

  it('lets nothing of a hidden field reach the reviewer: task, case, trail, drawing, lists', async () => {
    const one = await json<Case>(await reviewer('GET', `/api/cases/${caseKey}`))
    const taskKey = one.tasks[0]!.key
    const paths = [
      `/api/tasks/${taskKey}`,
      `/api/cases/${caseKey}`,
      `/api/cases/${caseKey}/trail`,
      `/api/cases/${caseKey}/diagram`,
      '/api/cases',
      '/api/inbox?view=claimable',
      `/v2/user-tasks/${taskKey}`,
      `/v2/user-tasks/${taskKey}/form`,
      `/v2/process-instances/${caseKey}`,
    ]
    for (const path of paths) {
      const answer = await reviewer('GET', path)
      const text = await answer.text()
      expect([path, answer.status, text.includes(SECRET)]).toEqual([path, 200, false])
    }
    const task = await json<Task>(await reviewer('GET', `/api/tasks/${taskKey}`))
    expect(task.form?.data).toEqual({ subject: 'Roof' })
    expect(one.summary.map(({ label }) => label)).toEqual(['Subject'])
  })

  it('takes no answer for a field that is only read, or not seen, whatever the form says', async () => {
    const one = await json<Case>(await reviewer('GET', `/api/cases/${caseKey}`))
    const path = `/api/tasks/${one.tasks[0]!.key}/complete`
    const refused = await reviewer('POST', path, {
      formKey: null,
      answers: { subject: 'Palace', income: 'none', opinion: OPINION },
    })
    const { fields: faults } = await json<ProblemJson>(refused)
    expect(faults?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'income FIELD_UNKNOWN',
      'subject FIELD_NOT_WRITABLE',
    ])
    expect((await reviewer('POST', path, { formKey: null, answers: { opinion: OPINION } })).status).toBe(200)
  })

  it('hides what later steps wrote from those who never see it, and the reasons that read a hidden field', async () => {
    const texts = async (who: Requester) => {
      const bodies = [`/api/cases/${caseKey}`, `/api/cases/${caseKey}/trail`].map(async (path) =>
        (await who('GET', path)).text(),
      )
      return (await Promise.all(bodies)).join()
    }
    const ofClerk = await texts(clerk)
    expect([ofClerk.includes(SECRET), ofClerk.includes(OPINION)]).toEqual([true, false])
    const ofReviewer = await texts(reviewer)
    expect([ofReviewer.includes(OPINION), ofReviewer.includes(SECRET)]).toEqual([true, false])
    const trail = await json<Trail>(await reviewer('GET', `/api/cases/${caseKey}/trail`))
    const taken = trail.entries.find((entry) => entry.kind === 'sequenceFlow.taken')
    expect(taken?.why?.inputs).toEqual({})
  })

  it('A02 shows a file that many cases name to whom one of them shows it, and to nobody else', async () => {
    const upload = new FormData()
    upload.append('file', new File([picture], 'house.png'))
    const stored = await json<{ id: string }>(await clerk('POST', '/api/files', upload))
    const start = async (variables: object) => {
      const asked = { processDefinitionId: 'grant', tenantId: 'east', variables }
      expect((await app.client('POST', '/v2/process-instances', asked)).status).toBe(200)
    }
    const shown = async () => (await reviewer('GET', `/api/files/${stored.id}`)).status
    for (let i = 0; i < 51; i += 1) await start({ subject: 'Roof', house_photos: [stored] })
    expect(await shown()).toBe(404)
    await start({ subject: 'Roof', attachment: [stored] })
    expect(await shown()).toBe(200)
    expect((await (await app.as('second.east'))('GET', `/api/files/${stored.id}`)).status).toBe(404)
  })

  it('holds for what an erasure has left: each is handed what he saw', async () => {
    await app.server.host.seal()
    const actor = { type: 'system', id: 'operator' } as const
    const erasure = { key: Number(caseKey), fields: ['subject'], reason: 'demand', actor, requestId: 'erase' }
    expect((await app.server.host.erase(erasure)).records).toBeGreaterThan(0)
    expect(await packed(clerk, `/api/cases/${caseKey}/archive`)).toEqual([true, false])
    expect(await packed(reviewer, `/api/cases/${caseKey}/archive`)).toEqual([false, true])
  })

  it('holds for the package of the case when it is archived: each is handed what he saw', async () => {
    const { host, services } = app.server
    await app.advance(31 * 86_400_000)
    await host.seal()
    const report = (what: string, error: unknown) => {
      throw new Error(what, { cause: error })
    }
    const parts = { host, files: services.files, dataFolder: app.folder, days: 30, report }
    expect((await new Retention(parts).turn()).map(({ key }) => String(key))).toEqual([caseKey])
    expect(await packed(clerk, `/api/archived-cases/${caseKey}/package`)).toEqual([true, false])
    expect(await packed(reviewer, `/api/archived-cases/${caseKey}/package`)).toEqual([false, true])
  })
})

describe('a ballot', () => {
  const VOTE = 'against-it-2342'
  const ballot = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="ballot" name="Ballot" isExecutable="true">
    <bpmn:startEvent id="open"><bpmn:outgoing>b1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="b1" sourceRef="open" targetRef="cast" />
    <bpmn:userTask id="cast" name="Cast"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="ballot_form" /><zeebe:assignmentDefinition assignee="=voter" /></bpmn:extensionElements><bpmn:incoming>b1</bpmn:incoming><bpmn:outgoing>b2</bpmn:outgoing>
      <bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=voters" inputElement="voter" outputCollection="votes" outputElement="=vote" /></bpmn:extensionElements><bpmn:completionCondition>=count(votes[item != null]) = count(voters)</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="b2" sourceRef="cast" targetRef="closed" />
    <bpmn:endEvent id="closed"><bpmn:incoming>b2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`
  const ballotForm = JSON.stringify({
    ...{ id: 'ballot_form', type: 'default', schemaVersion: 19 },
    components: ['vote', 'remark'].map((key) => ({ id: key, key, type: 'textfield', label: key })),
  })
  const ballotFields = `
fields:
  - { key: vote, name: Vote, kind: text, grade: sensitive, purpose: to be counted }
  - { key: remark, name: Remark, kind: text, grade: internal }
access:
  cast: { vote: required, remark: write }
`

  /** A meeting whose only step is a ballot drawn in a process of its own. */
  const meeting = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="meeting" name="Meeting" isExecutable="true">
    <bpmn:startEvent id="met"><bpmn:outgoing>m1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="m1" sourceRef="met" targetRef="vote_there" />
    <bpmn:callActivity id="vote_there" name="Vote"><bpmn:extensionElements><zeebe:calledElement processId="ballot" propagateAllChildVariables="true" /></bpmn:extensionElements><bpmn:incoming>m1</bpmn:incoming><bpmn:outgoing>m2</bpmn:outgoing></bpmn:callActivity>
    <bpmn:sequenceFlow id="m2" sourceRef="vote_there" targetRef="parted" />
    <bpmn:endEvent id="parted"><bpmn:incoming>m2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

  it.each([
    ['ballot', {}],
    ['meeting', { 'meeting.bpmn': meeting }],
  ])(
    'A02 shows each voter his own vote and nobody else’s, and remarks that are not sensitive: %s',
    async (processId, more) => {
      const resources = {
        ...more,
        'ballot.bpmn': ballot,
        'ballot.form': ballotForm,
        'fields.yaml': ballotFields,
        'package.yaml': 'id: ballot\nname: Ballot',
      }
      await app.deploy(`deploy ${processId}`, resources)
      const idOf = async (who: Requester) => (await json<{ id: string }>(await who('GET', '/api/session'))).id
      const voters = [await idOf(clerk), await idOf(reviewer)]
      const started = await app.client('POST', '/v2/process-instances', {
        processDefinitionId: processId,
        tenantId: 'east',
        variables: { voters },
      })
      const { processInstanceKey } = await json<{ processInstanceKey: string }>(started)
      const cast = async (who: Requester, answers: object) => {
        const { items } = await json<Inbox>(await who('GET', '/api/inbox'))
        const { taskKey } = items.find((one) => one.caseKey === processInstanceKey)!
        const { form } = await json<Task>(await who('GET', `/api/tasks/${taskKey}`))
        return (await who('POST', `/api/tasks/${taskKey}/complete`, { formKey: form!.formKey, answers })).status
      }
      expect(await cast(clerk, { vote: VOTE, remark: 'of-the-clerk' })).toBe(200)
      const trailOf = async (who: Requester) => (await who('GET', `/api/cases/${processInstanceKey}/trail`)).text()
      expect(await trailOf(clerk)).toContain(VOTE)
      expect(await trailOf(reviewer)).not.toContain(VOTE)
      expect(await trailOf(reviewer)).toContain('of-the-clerk')
      expect(await cast(reviewer, { vote: 'for-it-2342' })).toBe(200)
      expect(await trailOf(reviewer)).toContain('for-it-2342')
      expect(await trailOf(reviewer)).not.toContain(VOTE)
      expect(await trailOf(clerk)).not.toContain('for-it-2342')
      // What ended the ballot read all votes in a list of another name.
      const decided = (await json<Trail>(await clerk('GET', `/api/cases/${processInstanceKey}/trail`))).entries.find(
        ({ kind }) => kind === 'multiInstance.decided',
      )
      expect(Object.keys(decided!.why!.inputs)).toEqual(['voters'])
    },
  )
})

describe('a task that is offered to people by name', () => {
  const MEANS = 'means-of-the-family-3301'
  const named = process
    .replaceAll('id="grant"', 'id="named"')
    .replaceAll('grant_form', 'named_form')
    .replace('candidateGroups="reviewer@township"', 'candidateUsers="=chosen"')
  const namedFields = fields.replace(
    '{ subject: read, opinion: required }',
    '{ subject: read, income: read, house_photos: read, opinion: required }',
  )

  it('A02 shows each of them, before he takes it, what the step reads: the fields in the case, its files, whom it waits for', async () => {
    const resources = {
      'named.bpmn': named,
      'named.form': form.replace('grant_form', 'named_form'),
      'fields.yaml': namedFields,
      'package.yaml': 'id: named\nname: Named',
    }
    await app.deploy('named', resources)
    const upload = new FormData()
    upload.append('file', new File([picture], 'house.png'))
    const stored = await json<{ id: string }>(await clerk('POST', '/api/files', upload))
    const idOf = async (who: Requester) => (await json<{ id: string }>(await who('GET', '/api/session'))).id
    const second = await app.as('second.east')
    const started = await app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'named',
      tenantId: 'east',
      variables: {
        subject: 'Roof',
        income: MEANS,
        house_photos: [stored],
        chosen: [await idOf(reviewer), await idOf(second)],
      },
    })
    const { processInstanceKey } = await json<{ processInstanceKey: string }>(started)
    const path = `/api/cases/${processInstanceKey}`
    const one = await json<Case>(await reviewer('GET', path))
    expect(one.summary.map(({ value }) => value)).toContain(MEANS)
    expect((await reviewer('GET', `/api/files/${stored.id}`)).status).toBe(200)
    const { entries } = await json<Trail>(await reviewer('GET', `${path}/trail`))
    expect(entries.find(({ kind }) => kind === 'userTask.created')?.facts.candidates).toBe('N reviewer、N second.east')
  })
})
