import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shows, submit } from './support/inbox.ts'
import { openBrowser, People } from './support/people.ts'
import { type RunningServer, startServer } from './support/server.ts'

const userTask = (id: string, name: string, candidates: string, flows: string, loop = '') =>
  `<bpmn:userTask id="${id}" name="${name}"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="permit_${id}" /><zeebe:assignmentDefinition candidateGroups="${candidates}" /><bihuan:stage name="${name}" /></bpmn:extensionElements>${flows}${loop}</bpmn:userTask>`
const oneEach = `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection='=["branch_secretary", "motion_proposer"]' inputElement="signer" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`

/**
 * A post in the village: judged in the town within three days, signed by two offices, withdrawn by the clerk at any time,
 * and doubted by the adviser, who has nothing else to do in it.
 */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:message id="stop" name="stop"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key" /></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="doubt" name="doubt" />
  <bpmn:process id="permit" name="公益岗位审批" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=title" /></bpmn:extensionElements>
    <bpmn:startEvent id="apply"><bpmn:extensionElements><zeebe:formDefinition formId="permit_apply" /><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="apply" targetRef="judge" />
    ${userTask('judge', '审核', 'township_reviewer@township,township_leader@township', '<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>')}
    <bpmn:sequenceFlow id="f2" sourceRef="judge" targetRef="sign" />
    <bpmn:boundaryEvent id="late" attachedToRef="judge"><bpmn:outgoing>f4</bpmn:outgoing><bpmn:timerEventDefinition id="late_timer"><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="late" targetRef="lapsed" />
    ${userTask('sign', '会签', '=signer', '<bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>', oneEach)}
    <bpmn:sequenceFlow id="f3" sourceRef="sign" targetRef="granted" />
    <bpmn:endEvent id="granted" name="办成"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="lapsed" name="过期没审"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:subProcess id="stopping" triggeredByEvent="true">
      <bpmn:startEvent id="stopped"><bpmn:extensionElements><bihuan:caseAction label="撤回申请" formId="permit_stopped" candidateGroups="village_clerk" /></bpmn:extensionElements><bpmn:outgoing>s1</bpmn:outgoing><bpmn:messageEventDefinition id="stopped_message" messageRef="stop" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="s1" sourceRef="stopped" targetRef="withdrawn" />
      <bpmn:endEvent id="withdrawn" name="已撤回"><bpmn:incoming>s1</bpmn:incoming></bpmn:endEvent>
    </bpmn:subProcess>
    <bpmn:subProcess id="asking" triggeredByEvent="true">
      <bpmn:startEvent id="asked" isInterrupting="false"><bpmn:extensionElements><bihuan:caseAction label="提出疑问" formId="permit_asked" candidateGroups="village_legal_adviser" /></bpmn:extensionElements><bpmn:outgoing>q1</bpmn:outgoing><bpmn:messageEventDefinition id="asked_message" messageRef="doubt" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="q1" sourceRef="asked" targetRef="noted" />
      <bpmn:endEvent id="noted" name="已记下"><bpmn:incoming>q1</bpmn:incoming></bpmn:endEvent>
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`

const form = (id: string, ...fields: readonly (readonly [key: string, label: string])[]) =>
  JSON.stringify({
    ...{ id: `permit_${id}`, type: 'default', schemaVersion: 19 },
    components: fields.map(([key, label]) => ({
      ...{ id: `Field_${key}`, key, label, type: 'textarea', validate: { required: true } },
    })),
  })
const files = {
  'permit.bpmn': model,
  'apply.form': form('apply', ['title', '事项']),
  'judge.form': form('judge', ['opinion', '审核意见']),
  'sign.form': form('sign', ['signature', '会签意见']),
  'stopped.form': form('stopped', ['ground', '撤回原因']),
  'asked.form': form('asked', ['doubt', '疑问']),
}

const DAY = 86_400_000
const TYPED = '打了一半的审核意见'
let server: RunningServer
let browser: Browser
let people: People
let now = Date.parse('2027-03-02T01:00:00Z')

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  await server.setClock(now)
  const designer = await people.page('designer', 'desk')
  const status = await designer.evaluate(async (texts) => {
    const body = new FormData()
    for (const [name, text] of Object.entries(texts)) body.append('resources', new Blob([text]), name)
    return (await fetch('/v2/deployments', { method: 'POST', body })).status
  }, files)
  expect(status).toBe(200)
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

/** What a person asks of the server from his page; gives the answer's status and body. */
const ask = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([verb, address, sent]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`/api${address}`, { method: verb!, ...(sent && { headers, body: sent }) })
      return { status: answer.status, body: (await answer.json()) as Record<string, never> }
    },
    [method, path, body ? JSON.stringify(body) : ''],
  )

/** Starts a case as the clerk and gives its key and the key of its open task. */
async function begin(title: string): Promise<{ caseKey: string; taskKey: string; clerk: Page }> {
  const clerk = await people.page('clerk', 'phone')
  const asked = { processId: 'permit', unitId: 'huayuan', formKey: null, answers: { title } }
  const { caseKey } = (await ask(clerk, 'POST', '/cases', asked)).body as unknown as { caseKey: string }
  const { tasks } = (await ask(clerk, 'GET', `/cases/${caseKey}`)).body as unknown as { tasks: { key: string }[] }
  return { caseKey, taskKey: tasks[0]!.key, clerk }
}

async function type(page: Page, taskKey: string, text: string): Promise<void> {
  await page.goto(`${server.address}/tasks/${taskKey}`)
  await page.locator('.fjs-container textarea').fill(text)
}

async function withdraw(clerk: Page, caseKey: string): Promise<void> {
  await clerk.goto(`${server.address}/cases/${caseKey}`)
  await clerk.getByRole('button', { name: '更多' }).click()
  await clerk.getByText('撤回申请').click()
  await clerk.locator('.act-form textarea').fill('家里有事')
}

const bar = (page: Page) => page.locator('.form-bar')
const kept = (page: Page) => shows(page, TYPED)

describe('people who decide about one case at once', () => {
  it('E05 a reviewer is told that the case was withdrawn while he typed, keeps his text and copies it where there is no TLS', async () => {
    const { caseKey, taskKey, clerk } = await begin('撤回的岗位')
    const reviewer = await people.page('reviewer', 'phone')
    await type(reviewer, taskKey, TYPED)
    // Saved before: otherwise the refusal of the draft would say it before he presses.
    await bar(reviewer).getByText('已存').waitFor()
    await withdraw(clerk, caseKey)
    await clerk.getByRole('button', { name: '提交' }).click()
    await clerk.getByText('已撤回，3月2日当天办结').waitFor()
    expect(await clerk.locator('.stages h3').allInnerTexts()).toEqual([expect.stringContaining('审核')])
    await reviewer.locator('[data-act=submit]').click()
    await bar(reviewer).getByText('这一步已经取消，不用再办。').waitFor()
    await kept(reviewer)
    await reviewer.reload()
    await kept(reviewer)
    await reviewer.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      document.addEventListener('copy', () => {
        document.title = (document.activeElement as HTMLTextAreaElement).value
      })
    })
    await bar(reviewer).getByRole('button', { name: '抄下我填的' }).click()
    await reviewer.getByText('已抄下').waitFor()
    expect(await reviewer.title()).toContain(TYPED)
  })

  it('E05 who types when the deadline passes finds his text again, saved or not', async () => {
    const { caseKey, taskKey, clerk } = await begin('过期的岗位')
    const reviewer = await people.page('reviewer', 'phone')
    await type(reviewer, taskKey, '先写')
    await bar(reviewer).getByText('已存').waitFor()
    now += 3 * DAY
    await server.setClock(now)
    await reviewer.locator('.fjs-container textarea').fill(TYPED)
    await bar(reviewer).getByText('这一步已经取消，不用再办。').waitFor()
    await reviewer.reload()
    await kept(reviewer)
    await clerk.goto(`${server.address}/cases/${caseKey}`)
    await clerk.getByText('过期没审，3月5日办结').waitFor()
  })

  it('E02 who takes a task that another has just taken keeps his text, and goes on with it when it is given back', async () => {
    const { taskKey } = await begin('两人抢的岗位')
    const [leader, reviewer] = [await people.page('leader', 'phone'), await people.page('reviewer', 'phone')]
    await type(leader, taskKey, TYPED)
    await bar(leader).getByText('已存').waitFor()
    expect((await ask(reviewer, 'POST', `/tasks/${taskKey}/claim`)).status).toBe(200)
    await bar(leader).getByRole('button', { name: '领取' }).click()
    await bar(leader).getByText('由 乔细看 在办').waitFor()
    await leader.reload()
    await bar(leader).getByText('由 乔细看 在办').waitFor()
    await kept(leader)
    expect((await ask(reviewer, 'POST', `/tasks/${taskKey}/release`)).status).toBe(200)
    await leader.reload()
    await expect.poll(() => leader.locator('.fjs-container textarea').inputValue()).toBe(TYPED)
  })

  it('an act that comes too late says what has become of the case, and the page shows it when the sheet is closed', async () => {
    const { caseKey, clerk } = await begin('来不及撤回的岗位')
    await withdraw(clerk, caseKey)
    now += 3 * DAY
    await server.setClock(now)
    await clerk.getByRole('button', { name: '提交' }).click()
    await clerk.getByText('这个办件已经办结。').waitFor()
    expect(await clerk.locator('.act-form textarea').inputValue()).toBe('家里有事')
    await clerk.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await clerk.getByText('过期没审，3月8日办结').waitFor()
  })

  it('E05 an act that closes while its form is filled in stays with what was typed, and is told why when it is sent', async () => {
    const { caseKey, clerk } = await begin('正写着就过期的岗位')
    await withdraw(clerk, caseKey)
    now += 3 * DAY
    await server.setClock(now)
    const seen = clerk.waitForResponse((answer) => answer.url().endsWith(`/api/cases/${caseKey}`))
    await clerk.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await seen
    await clerk.getByText('过期没审，').waitFor({ state: 'attached' })
    expect(await clerk.locator('.act-form textarea').inputValue()).toBe('家里有事')
    await clerk.getByRole('button', { name: '提交' }).click()
    await clerk.getByText('这个办件已经办结。').waitFor()
    await clerk.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await clerk.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it.each(['phone', 'desk'] as const)(
    'CA1 who may act on a case and has no other part in it finds it, is told what he can do, and does it: %s',
    async (size) => {
      const title = `有疑问的岗位 ${size}`
      const { caseKey } = await begin(title)
      const lawyer = await people.page('lawyer', size)
      await lawyer.goto(`${server.address}/cases`)
      await lawyer.getByText(title).click()
      await lawyer.getByText('您可以「提出疑问」').waitFor()
      expect(await lawyer.getByText(/正在办的|等 .+ 办/).count()).toBe(0)
      await lawyer.getByRole('button', { name: '提出疑问' }).click()
      await lawyer.locator('.act-form textarea').fill('岗位从哪里来')
      await lawyer.getByRole('button', { name: '提交' }).click()
      await lawyer.getByText('已收下').waitFor()
      const { entries } = (await ask(lawyer, 'GET', `/cases/${caseKey}/trail`)).body as unknown as {
        entries: { kind: string; actor: { name: string } }[]
      }
      const act = entries.find(({ kind }) => kind === 'messageSubscription.correlated')
      expect(act?.actor.name).toBe('法有据')
    },
  )

  it('who signs in two offices sees in which each time, and so does the trail', async () => {
    const { caseKey, taskKey, clerk } = await begin('会签的岗位')
    const reviewer = await people.page('reviewer', 'phone')
    await type(reviewer, taskKey, '同意')
    await submit(reviewer)
    const secretary = await people.page('secretary', 'phone')
    await secretary.goto(`${server.address}/cases/${caseKey}`)
    await secretary.getByRole('link', { name: '去办' }).click()
    const offices: string[] = []
    for (const words of ['书记同意', '动议人同意']) {
      const place = secretary.locator('.topbar, header').filter({ hasText: '会签' }).first()
      const read = async () => /村党支部书记|动议人/.exec((await place.textContent()) ?? '')?.[0] ?? ''
      await expect.poll(read).not.toBe(offices.at(-1) ?? '')
      offices.push(await read())
      await secretary.locator('.fjs-container textarea').fill(words)
      await submit(secretary)
    }
    expect(offices.sort()).toEqual(['动议人', '村党支部书记'])
    const { entries } = (await ask(clerk, 'GET', `/cases/${caseKey}/trail`)).body as unknown as {
      entries: { kind: string; facts: { as?: string } }[]
    }
    const done = entries.filter(({ kind }) => kind === 'userTask.completed').map(({ facts }) => facts.as)
    expect(done.sort()).toEqual(['动议人', '村党支部书记', '柳溪镇 乡镇审核员'])
    await clerk.goto(`${server.address}/cases/${caseKey}`)
    await clerk.getByText('办成，').waitFor()
    expect(people.faults).toEqual([])
  })
})
