import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case, CaseActionForm, ProblemJson, StartForm, Task, Trail } from '../contract/contract.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

const userTask = (id: string, candidates: string, incoming: readonly string[], outgoing: string) =>
  `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="grant_form" /><zeebe:assignmentDefinition candidateGroups="${candidates}" /></bpmn:extensionElements>${incoming.map((flow) => `<bpmn:incoming>${flow}</bpmn:incoming>`).join('')}<bpmn:outgoing>${outgoing}</bpmn:outgoing></bpmn:userTask>`

/** A grant is judged, mended and judged again as often as the reviewer says so; the clerk may ask about it at any time. */
const grant = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:message id="ask" name="ask"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="grant" name="Grant" isExecutable="true">
    <bpmn:startEvent id="apply"><bpmn:extensionElements><zeebe:formDefinition formId="grant_form" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="apply" targetRef="judge" />
    ${userTask('judge', 'reviewer@township', ['f1', 'f5'], 'f2')}
    <bpmn:sequenceFlow id="f2" sourceRef="judge" targetRef="good" />
    <bpmn:exclusiveGateway id="good" default="f4"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f3" sourceRef="good" targetRef="granted"><bpmn:conditionExpression>=verdict = "good"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="good" targetRef="mend" />
    ${userTask('mend', 'clerk', ['f4'], 'f5')}
    <bpmn:sequenceFlow id="f5" sourceRef="mend" targetRef="judge" />
    <bpmn:endEvent id="granted"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:subProcess id="asking" triggeredByEvent="true">
      <bpmn:startEvent id="asked" isInterrupting="false"><bpmn:extensionElements><bihuan:caseAction label="Ask" formId="grant_form" candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>a1</bpmn:outgoing><bpmn:messageEventDefinition id="asked_message" messageRef="ask" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="a1" sourceRef="asked" targetRef="noted" />
      <bpmn:endEvent id="noted"><bpmn:incoming>a1</bpmn:incoming></bpmn:endEvent>
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`

// One form for all steps. Words are asked for with a verdict that is not good, and a weight where there are words; heads
// are settled once the ground is.
const form = JSON.stringify({
  ...{ id: 'grant_form', type: 'default', schemaVersion: 19 },
  components: [
    ...['ground', 'verdict', 'question'].map((key) => ({ id: key, key, label: key, type: 'textfield' })),
    { id: 'heads', key: 'heads', type: 'attendance', label: 'heads', readonly: '=ground = "Settled"' },
    { id: 'words', key: 'words', type: 'textfield', label: 'words', conditional: { hide: '=verdict = "good"' } },
    { id: 'weight', key: 'weight', type: 'textfield', label: 'weight', conditional: { hide: '=words = null' } },
    { id: 'told', type: 'text', text: 'Verdict: {{verdict}}, {{question}}' },
  ],
})

const fields = `
fields:
  - { key: ground, name: Ground, kind: text, grade: public }
  - { key: verdict, name: Verdict, kind: text, grade: public, anew: true }
  - { key: weight, name: Weight, kind: text, grade: public }
  - { key: heads, name: Heads, kind: attendance, grade: public, anew: true }
  - { key: words, name: Words, kind: text, grade: public, anew: true }
  - { key: question, name: Question, kind: text, grade: public, anew: true }
access:
  apply: { ground: required }
  judge: { ground: read, verdict: required, weight: write, heads: write, words: write }
  mend: { ground: required, verdict: read, weight: read, heads: read, words: read }
  asked: { question: required, verdict: read }
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
    'grant.bpmn': grant,
    'grant.form': form,
    'fields.yaml': fields,
    'package.yaml': 'id: grant\nname: Grant',
  }
  await app.deploy('grant', files)
})
afterAll(() => app.close())

const complete = (who: Requester, key: string, answers: object) =>
  who('POST', `/api/tasks/${key}/complete`, { formKey: null, answers })
const readTask = async (who: Requester, key: string) => json<Task>(await who('GET', `/api/tasks/${key}`))
const readCase = async (key: string) => json<Case>(await clerk('GET', `/api/cases/${key}`))
const openTask = async (caseKey: string) => (await readCase(caseKey)).tasks[0]!.key

async function step(who: Requester, caseKey: string, answers: object): Promise<string> {
  const key = await openTask(caseKey)
  const answer = await complete(who, key, answers)
  expect(answer.status, await answer.clone().text()).toBe(200)
  return key
}

const FIRST = { verdict: 'bad', weight: 'high', heads: { expected: 3, present: 2 }, words: 'Roof missing' }

/** A case that was judged once, mended, and is to be judged again. */
async function judgedOnce(
  ground = 'Roof and wall',
): Promise<{ caseKey: string; first: string; mended: string; second: string }> {
  const asked = { processId: 'grant', unitId: 'east', formKey: null, answers: { ground: 'Roof' } }
  const { caseKey } = await json<{ caseKey: string }>(await clerk('POST', '/api/cases', asked))
  const first = await step(reviewer, caseKey, FIRST)
  const mended = await step(clerk, caseKey, { ground })
  return { caseKey, first, mended, second: await openTask(caseKey) }
}

/** What the variables of a case hold now, as other systems read them. */
async function variables(caseKey: string): Promise<{ [name: string]: unknown }> {
  const asked = { filter: { processInstanceKey: caseKey, scopeKey: caseKey }, page: { limit: 100 } }
  const { items } = await json<{ items: { name: string; value: string }[] }>(
    await app.client('POST', '/v2/variables/search', asked),
  )
  return Object.fromEntries(items.map(({ name, value }) => [name, JSON.parse(value)]))
}

describe('a field that is asked anew', () => {
  it('opens empty when its step is reached again; what is not asked anew comes back as it was', async () => {
    const { second } = await judgedOnce()
    expect((await readTask(reviewer, second)).form!.data).toEqual({ ground: 'Roof and wall', weight: 'high' })
  })

  it('keeps its former value until the step is done, for whoever reads it meanwhile', async () => {
    const { caseKey } = await judgedOnce()
    expect(await variables(caseKey)).toMatchObject(FIRST)
    const { actions } = await readCase(caseKey)
    const act = await json<CaseActionForm>(await clerk('GET', `/api/cases/${caseKey}/actions/${actions[0]!.key}`))
    expect(act.form!.data).toEqual({ verdict: 'bad' })
  })

  it('is shown where a step only reads it, and in the tasks that were completed with it', async () => {
    const { caseKey, first, mended, second } = await judgedOnce()
    expect((await readTask(clerk, mended)).form!.data).toEqual({ ...FIRST, ground: 'Roof and wall' })
    await step(reviewer, caseKey, { verdict: 'good', words: '' })
    expect((await readTask(reviewer, first)).form!.data).toEqual({ ...FIRST, ground: 'Roof' })
    const done = { ground: 'Roof and wall', verdict: 'good', weight: 'high' }
    expect((await readTask(reviewer, second)).form!.data).toEqual(done)
  })

  it('A03 is refused when it is required and not given, by either interface, whatever was answered before', async () => {
    const { second } = await judgedOnce()
    for (const answer of [
      await complete(reviewer, second, { words: 'Fine now' }),
      await reviewer('POST', `/v2/user-tasks/${second}/completion`, { variables: { words: 'Fine now' } }),
    ]) {
      expect(answer.status).toBe(422)
      expect((await json<ProblemJson>(answer)).fields).toMatchObject([{ field: 'verdict', code: 'FIELD_REQUIRED' }])
    }
  })

  it('is null when it was left out or hidden: no former answer slips through as this one', async () => {
    const { caseKey } = await judgedOnce()
    await step(reviewer, caseKey, { verdict: 'bad' })
    expect(await variables(caseKey)).toMatchObject({ verdict: 'bad', weight: 'high', words: null, heads: null })
    const { entries } = await json<Trail>(await clerk('GET', `/api/cases/${caseKey}/trail`))
    const done = entries.filter(({ kind }) => kind === 'userTask.completed')
    expect(JSON.stringify(done.at(-1)!.answers)).not.toContain('Roof missing')

    const other = await judgedOnce()
    await step(reviewer, other.caseKey, { verdict: 'good' })
    expect(await variables(other.caseKey)).toMatchObject({ verdict: 'good', words: null })
    expect((await readCase(other.caseKey)).endedAt).not.toBeNull()
  })

  it('stays what it was where a condition locks it: it is shown, and nobody is asked for it', async () => {
    const { caseKey } = await judgedOnce('Settled')
    const form = { ground: 'Settled', weight: 'high', heads: FIRST.heads }
    expect((await readTask(reviewer, await openTask(caseKey))).form!.data).toEqual(form)
    await step(reviewer, caseKey, { verdict: 'bad' })
    expect(await variables(caseKey)).toMatchObject({ verdict: 'bad', heads: FIRST.heads, words: null })
  })

  it('is judged as it is seen: a condition does not read the former answer', async () => {
    const { second } = await judgedOnce()
    const refused = await complete(reviewer, second, { verdict: 'bad', weight: 'low' })
    expect((await json<ProblemJson>(refused)).fields).toMatchObject([{ field: 'weight', code: 'FIELD_NOT_WRITABLE' }])
    expect((await complete(reviewer, second, { verdict: 'bad', words: 'Wall', weight: 'low' })).status).toBe(200)
  })

  it('E05 holds what this person has typed of this task, and nothing another time', async () => {
    const { caseKey, second } = await judgedOnce()
    await reviewer('PUT', `/api/tasks/${second}/draft`, { answers: { verdict: 'ba', words: 'Still' } })
    const task = await readTask(reviewer, second)
    expect([task.draft?.answers, task.form!.data]).toEqual([
      { verdict: 'ba', words: 'Still' },
      { ground: 'Roof and wall', weight: 'high' },
    ])
    await step(reviewer, caseKey, { verdict: 'bad', words: 'Still' })
    await step(clerk, caseKey, { ground: 'Wall' })
    const third = await readTask(reviewer, await openTask(caseKey))
    expect([third.draft, third.form!.data]).toEqual([null, { ground: 'Wall', weight: 'high' }])
  })

  it('is asked anew by an act that may be done again and again', async () => {
    const { caseKey } = await judgedOnce()
    const path = `/api/cases/${caseKey}/actions/${(await readCase(caseKey)).actions[0]!.key}`
    const ask = (answers: object) => clerk('POST', path, { formKey: null, answers })
    expect((await ask({ question: 'When?' })).status).toBe(200)
    expect((await readCase(caseKey)).actions).toHaveLength(1)
    expect((await json<CaseActionForm>(await clerk('GET', path))).form!.data).toEqual({ verdict: 'bad' })
    expect((await json<ProblemJson>(await ask({}))).fields).toMatchObject([{ field: 'question' }])
  })

  it('leaves form and variables of the interface of other systems as they are', async () => {
    const { caseKey, second } = await judgedOnce()
    const { schema } = await json<{ schema: string }>(await app.client('GET', `/v2/user-tasks/${second}/form`))
    const started = await json<StartForm>(await clerk('GET', '/api/startable/grant'))
    expect(JSON.stringify([schema, started])).not.toContain('anew')
    const done = await app.client('POST', `/v2/user-tasks/${second}/completion`, { variables: { verdict: 'bad' } })
    expect(done.status).toBe(204)
    expect(await variables(caseKey)).toMatchObject(FIRST)
  })
})
