import type { OperatedCase, StuckIncidents } from '@bihuan/runtime/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, type Size } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { coveredCorners, faultsOf, foreignWords, sideways, still } from './support/judge-page.ts'
import { type Stuck, seedStuck } from './support/stuck-cases.ts'
import { Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let village: Village
let stuck: Stuck

/** Latin words of a Chinese page: the mark, a unit of size, the number of a case, and the kind of a worker's job. */
const ALLOWED = /^(BPMN\.iO|iO|English|MB|GB|JZ|household\.check)$/

/** A step that is done for each of two households. */
const eachHousehold = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="each_household" name="逐户核对" isExecutable="true">
    <bpmn:startEvent id="start" name="收到申请" />
    <bpmn:serviceTask id="each" name="核对一户">
      <bpmn:extensionElements><zeebe:taskDefinition type="household.check" retries="1" /></bpmn:extensionElements>
      <bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="household" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end" name="办完" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="each" /><bpmn:sequenceFlow id="f2" sourceRef="each" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>`

/** A step that a legal adviser of the village checks: one village has one, the other has none. */
const legalCheck = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="legal_check" name="合同把关" isExecutable="true">
    <bpmn:startEvent id="start" name="收到合同" />
    <bpmn:userTask id="check" name="法律审核"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_legal_adviser" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:userTask id="sign" name="签订合同"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:endEvent id="end" name="办完" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" /><bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="sign" /><bpmn:sequenceFlow id="f3" sourceRef="sign" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="legal_check">
    <bpmndi:BPMNShape id="start_di" bpmnElement="start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="check_di" bpmnElement="check"><dc:Bounds x="260" y="80" width="110" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="sign_di" bpmnElement="sign"><dc:Bounds x="440" y="80" width="110" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="end_di" bpmnElement="end"><dc:Bounds x="620" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="f1_di" bpmnElement="f1"><di:waypoint x="196" y="120" /><di:waypoint x="260" y="120" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="f2_di" bpmnElement="f2"><di:waypoint x="370" y="120" /><di:waypoint x="440" y="120" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="f3_di" bpmnElement="f3"><di:waypoint x="550" y="120" /><di:waypoint x="620" y="120" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  village = new Village(server, new Uint8Array())
  stuck = await seedStuck(server)
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

/** Everything that is wrong with the page as it stands. */
async function faults(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0)
  await still(page)
  const drawn = await page.locator('.bjs-powered-by').count()
  return [
    ...(await faultsOf(page)),
    ...(await foreignWords(page, ALLOWED, '.bjs-powered-by')).map((word) => `foreign word: ${word}`),
    ...((await sideways(page)) > 0 ? ['scrolls sideways'] : []),
    ...(drawn > 0 ? (await coveredCorners(page, '.bjs-powered-by')).map((where) => `mark covered: ${where}`) : []),
  ]
}

/** Whether that element is seen through the dialog over it: whether it makes a difference that it is there. */
async function shinesThrough(page: Page, selector: string): Promise<boolean> {
  const mark = page.locator(selector)
  const dialog = page.getByRole('dialog')
  await still(page)
  const shot = () => dialog.screenshot({ animations: 'disabled', caret: 'hide' })
  const before = await shot()
  await mark.evaluate((element) => element.style.setProperty('visibility', 'hidden'))
  const after = await shot()
  await mark.evaluate((element) => element.style.removeProperty('visibility'))
  return !before.equals(after)
}

async function open(size: Size, query = ''): Promise<Page> {
  const page = await people.page('operator', size)
  await page.goto(`${server.address}/operate${query}`)
  await still(page)
  return page
}

const caseOf = (key: string) => village.ask<OperatedCase>('operator', 'GET', `/operate/cases/${key}`)
const stepsOf = async (key: string) => (await caseOf(key)).steps.map(({ name }) => name)
const ungradedGroup = '?process=temporary_aid&step=grade&code=NO_FLOW_TAKEN'
const unansweredGroup = '?process=temporary_aid&step=check&code=JOB_RETRIES_EXHAUSTED'

/** Holds the next answer to requests of that address back, until it is let go. */
async function heldBack(page: Page, url: string): Promise<() => void> {
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(
    url,
    async (route) => {
      const response = await route.fetch()
      await held
      await route.fulfill({ response })
    },
    { times: 1 },
  )
  return letGo
}

/** Two cases of a village whose post nobody holds, and one of another that was given to somebody without a post. */
async function seedVacant(): Promise<readonly string[]> {
  const form = new FormData()
  form.append('resources', new File([legalCheck], 'legal-check.bpmn'))
  await stuck.outside.ask('POST', '/deployments', form)
  const start = async (tenantId: string) => {
    const wanted = { processDefinitionId: 'legal_check', tenantId }
    return stuck.outside.ask<{ processInstanceKey: string }>('POST', '/process-instances', wanted)
  }
  const keys = [(await start('hewan')).processInstanceKey, (await start('hewan')).processInstanceKey]
  const { processInstanceKey } = await start('huayuan')
  const { items } = await stuck.outside.ask<{ items: { userTaskKey: string }[] }>('POST', '/user-tasks/search', {
    filter: { processInstanceKey },
  })
  const { id } = await village.ask<{ id: string }>('operator', 'GET', '/session')
  await stuck.outside.ask('POST', `/user-tasks/${items[0]?.userTaskKey}/assignment`, { assignee: id })
  return keys
}

describe('F02 what nobody can go on with', () => {
  it.each(['desk', 'phone'] as const)('says so when there is none, on a %s', async (size) => {
    const page = await open(size, '?view=vacant')
    await page.getByRole('heading', { name: '待办都有人办' }).waitFor()
    expect(await faults(page)).toEqual([])
  })

  it('is listed by step and post, on both sizes; a case of it is moved on from there', async () => {
    const [, moved] = await seedVacant()
    for (const size of ['desk', 'phone'] as const) {
      const page = await open(size, '?view=vacant')
      await expect.poll(() => page.locator('.stuck-row').count()).toBe(2)
      expect(await faults(page), size).toEqual([])
      await page.locator('.stuck-row', { hasText: '河湾村 村法律顾问 没有人担任' }).click()
      // What is chosen comes beside the list; the list stays.
      if (size === 'desk') expect(await page.locator('.stuck-row').count()).toBe(2)
      await page.getByText('要先在组织里安排人担任河湾村 村法律顾问').waitFor()
      await page.getByText('合同把关 · 法律审核').first().waitFor()
      await page.locator('.djs-element.now').first().waitFor()
      expect(await page.getByRole('button', { name: '再试一次' }).count()).toBe(0)
      expect(await faults(page), size).toEqual([])
      await page.goto(`${server.address}/operate?view=vacant`)
      await page.locator('.stuck-row', { hasText: '已不担任岗位' }).click()
      await page.getByText('别人也接不了手').waitFor()
      await page.locator('.djs-element.now').first().waitFor()
      expect(await faults(page), size).toEqual([])
    }
    const group = '?view=vacant&process=legal_check&step=check&role=village_legal_adviser&office=hewan'
    const page = await open('desk', `${group}&case=${moved}`)
    await page.getByRole('button', { name: '挪', exact: true }).click()
    await page.getByRole('button', { name: /^挪到/ }).click()
    await page.getByRole('option', { name: '签订合同' }).click()
    await page.getByText('收回「法律审核」上的 1 个待办').waitFor()
    await page.getByLabel('理由').fill('镇里的法律顾问已经看过')
    await page.getByRole('button', { name: '照此挪动' }).click()
    await expect.poll(() => stepsOf(moved!)).toEqual(['签订合同'])
    await page.locator('.stuck-row', { hasText: '河湾村' }).getByText('河湾村', { exact: true }).waitFor()
  })

  it('says that nothing was found, that it failed, and that what was named is gone', async () => {
    const page = await open('desk', '?view=vacant&search=没有的流程')
    await page.getByRole('heading', { name: '没有找到' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.goto(
      `${server.address}/operate?view=vacant&process=legal_check&step=sign&role=village_clerk&office=hewan`,
    )
    await page.getByRole('heading', { name: '这一种已经没有了' }).waitFor()
    await page.route('**/api/operate/vacancies*', (route) => route.abort())
    await page.goto(`${server.address}/operate?view=vacant`)
    await page.getByRole('heading', { name: '没连上' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.unrouteAll()
  })
})

describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
  it('what is stuck, a case, moving, and the other views have no fault', async () => {
    const page = await open(size)
    await page.locator('.stuck-row').first().waitFor()
    await expect.poll(() => page.locator('.stuck-row').count()).toBe(2)
    expect(await faults(page)).toEqual([])
    await page.goto(`${server.address}/operate${ungradedGroup}`)
    await page.locator('.djs-element.bad').first().waitFor()
    expect(await faults(page)).toEqual([])
    await page.locator('.bjs-powered-by').scrollIntoViewIfNeeded()
    // The sheet has the focus with the press that opens it: none that follows goes elsewhere.
    const focused = (button: HTMLElement) => {
      button.click()
      return document.activeElement?.getAttribute('role')
    }
    expect(await page.getByRole('button', { name: '再试一次' }).evaluate(focused)).toBe('dialog')
    // What lies under the sheet does not shine through it.
    expect(await shinesThrough(page, '.bjs-powered-by')).toBe(false)
    expect(await page.getByRole('dialog').getByRole('button', { name: '再试一次' }).isDisabled()).toBe(true)
    await still(page)
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '挪', exact: true }).click()
    // The drawing of a phone shows a part: what is not in it is chosen from the list.
    if (size === 'desk') await page.locator('[data-element-id="pay"]').first().click()
    else {
      await page.getByRole('button', { name: /^挪到/ }).click()
      await page.getByRole('option', { name: '发放救助金' }).click()
    }
    await page.getByText('「发放救助金」从头做起').waitFor()
    expect(await faults(page)).toEqual([])
    for (const view of ['versions', 'trying', 'health']) {
      await page.goto(`${server.address}/operate?view=${view}`)
      await page.locator('.oversight-body').waitFor()
      expect(await faults(page), view).toEqual([])
    }
  })
})

it('says that nothing is stuck here, that nothing was found, that it failed, and that others may not', async () => {
  const page = await open('desk', '?search=没有的流程')
  await page.getByRole('heading', { name: '没有找到' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.route('**/api/operate/groups*', (route) => route.abort())
  await page.goto(`${server.address}/operate`)
  await page.getByRole('heading', { name: '没连上' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.unrouteAll()
  const clerk = await people.page('clerk', 'desk')
  await clerk.goto(`${server.address}/operate`)
  await clerk.getByRole('heading', { name: '这里您看不到' }).waitFor()
})

it('an operator begins at what is stuck, and finds the place in the rail', async () => {
  const page = await people.page('operator', 'desk')
  await page.goto(server.address)
  await page.waitForURL('**/operate')
  await page.getByRole('link', { name: '运维' }).waitFor()
})

it('a search shows what it finds; it does not say that the one chosen before is gone', async () => {
  const page = await open('desk', unansweredGroup)
  await page.getByRole('heading', { name: '试了几次没做成' }).waitFor()
  await page.getByRole('searchbox').fill('救助档次')
  await page.getByRole('heading', { name: '条件都不成立' }).waitFor()
  await page.getByRole('searchbox').fill('没有的流程')
  await page.getByRole('heading', { name: '没有找到' }).waitFor()
  expect(await page.getByText('这一种已经没有了').count()).toBe(0)
})

it('a case that is named by its address is shown from a later page, too', async () => {
  const page = await people.page('operator', 'desk')
  await page.route('**/api/operate/incidents?*', async (route) => {
    const response = await route.fetch()
    const { items, ...rest } = (await response.json()) as StuckIncidents
    // The list is longer than its first page; one case is asked for by itself.
    const isList = !route.request().url().includes('case=')
    await route.fulfill({
      response,
      json: isList ? { ...rest, items: items.slice(0, 1), next: 'later' } : { ...rest, items },
    })
  })
  await page.goto(`${server.address}/operate${unansweredGroup}&case=${stuck.unanswered[1]}`)
  await page.locator('.repair', { hasText: '河湾村' }).waitFor()
  await page.unrouteAll()
})

it('an act that was left touches no other; an answer that was lost is asked for again and nothing is done twice', async () => {
  const page = await open('desk', ungradedGroup)
  const dialog = page.getByRole('dialog')
  const begin = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByLabel('理由').fill('收入写错了')
  }
  const letGo = await heldBack(page, '**/resolve')
  await begin('再试一次')
  expect(await dialog.getByRole('button', { name: '先不办' }).count()).toBe(1)
  await dialog.getByRole('button', { name: '再试一次' }).click()
  // What has begun is not called off by closing the sheet, and does not look as if it were.
  await dialog.getByRole('button', { name: '关上，接着办' }).waitFor()
  expect(await dialog.getByRole('button', { name: '先不办' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await begin('暂停')
  expect(await dialog.locator('[aria-busy]').count()).toBe(0)
  letGo()
  await page.getByText('再试了，还是卡在这里').waitFor()
  expect(await page.getByLabel('理由').inputValue()).toBe('收入写错了')
  await page.route('**/suspend', (route) => route.fetch().then(() => route.abort()), { times: 1 })
  await dialog.getByRole('button', { name: '暂停' }).click()
  await dialog.getByText('不知道办成没有').waitFor()
  expect((await caseOf(stuck.ungraded)).state).toBe('suspended')
  await dialog.getByRole('button', { name: '暂停' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await begin('恢复')
  await dialog.getByRole('button', { name: '恢复' }).click()
  await expect.poll(async () => (await caseOf(stuck.ungraded)).state).toBe('active')
})

it('a case is suspended, resumed, and tried again once its data fit, by keyboard', async () => {
  const page = await open('desk', ungradedGroup)
  const act = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('理由').fill('收入写错了，已经核对')
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await act('暂停')
  await page.getByText('已暂停').first().waitFor()
  expect((await caseOf(stuck.ungraded)).state).toBe('suspended')
  // The button stays and with it the focus.
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('恢复')
  await act('恢复')
  await expect.poll(async () => (await caseOf(stuck.ungraded)).state).toBe('active')
  await act('再试一次')
  await page.getByText('再试了，还是卡在这里').waitFor()
  await stuck.outside.setIncome(stuck.ungraded, 900)
  await page.reload()
  await act('再试一次')
  await expect.poll(() => stepsOf(stuck.ungraded)).toEqual(['镇里审核'])
  await page.getByText('这一种已经没有了').waitFor()
})

it('a case is moved to a step chosen from the list, after it was said what follows', async () => {
  const [moved] = stuck.unanswered
  const page = await open('desk', `${unansweredGroup}&case=${moved}`)
  await page.getByRole('button', { name: '挪', exact: true }).click()
  await page.getByRole('button', { name: /^挪到/ }).click()
  await page.getByRole('option', { name: '镇里审核' }).click()
  await page.getByText('1 处卡住的不再算').waitFor()
  await page.getByText('撤下 1 项自动办理').waitFor()
  const move = page.getByRole('button', { name: '照此挪动' })
  expect(await move.isDisabled()).toBe(true)
  await page.getByLabel('理由').fill('户籍所已经书面证明')
  await move.click()
  await expect.poll(() => stepsOf(moved!)).toEqual(['镇里审核'])
})

it('all of a group are tried again', async () => {
  const [, again] = stuck.unanswered
  const other = await stuck.outside.start('huayuan', 800)
  await stuck.outside.answer(() => true)
  const page = await open('desk', unansweredGroup)
  await page.getByRole('button', { name: '2 件都再试' }).click()
  await page.getByLabel('理由').fill('户籍系统已经恢复')
  await page.getByRole('dialog').getByRole('button', { name: '2 件都再试' }).click()
  await page.getByText('再试了 2 件').waitFor()
  await stuck.outside.answer(() => false)
  for (const key of [again!, other]) expect(await stepsOf(key)).toEqual(['镇里审核'])
})

it('a change of version is tried first, says why a case cannot, and is done with what was chosen', async () => {
  const page = await open('desk', '?view=versions')
  await page.getByRole('button', { name: '试算' }).click()
  await page.locator('.oversight-table').waitFor()
  await page.getByText(/\d 件不能换/).waitFor()
  expect(await faults(page)).toEqual([])
  // What was asked before the choice is answered after it, and is not shown any more.
  const letGo = await heldBack(page, '**/migration/plan')
  const late = page.waitForResponse('**/migration/plan')
  await page.getByRole('button', { name: '重新试算' }).click()
  await page.getByRole('button', { name: /改到哪一步/ }).click()
  await page.getByRole('option', { name: '镇里审核' }).click()
  await page.getByText('0 件不能换').waitFor()
  letGo()
  await late
  await still(page)
  await page.getByText('0 件不能换').waitFor()
  // What was chosen can be seen and chosen otherwise, and is said once more before it is done.
  await page.getByRole('button', { name: /改到哪一步.*镇里审核|镇里审核/ }).waitFor()
  await page.getByRole('button', { name: /^换 \d 件$/ }).click()
  await page.getByRole('dialog').getByText('改到「镇里审核」').waitFor()
  await page.getByLabel('理由').fill('第一版的环节名写错了')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^换 \d 件$/ })
    .click()
  await page.getByText(/^已换 \d 件$/).waitFor()
  for (const key of stuck.reviewed) expect((await caseOf(key)).process.version).toBe(2)
})

it('each of several incidents of one case can be chosen', async () => {
  const form = new FormData()
  form.append('resources', new File([eachHousehold], 'each-household.bpmn'))
  await stuck.outside.ask('POST', '/deployments', form)
  await stuck.outside.ask('POST', '/process-instances', { processDefinitionId: 'each_household', tenantId: 'huayuan' })
  await stuck.outside.answer(() => true)
  const page = await open('desk', '?process=each_household&step=each&code=JOB_RETRIES_EXHAUSTED')
  const pressed = () =>
    page.locator('.stuck-case').evaluateAll((all) => all.map((one) => one.getAttribute('aria-pressed')))
  await expect.poll(pressed).toEqual(['true', 'false'])
  await page.locator('.stuck-case').nth(1).click()
  await expect.poll(pressed).toEqual(['false', 'true'])
})

it('a service that is not heard any more is not said to be well', async () => {
  const page = await open('desk', '?view=health')
  await page.getByText('正常', { exact: true }).waitFor()
  await page.route('**/api/operate/health', (route) => route.abort())
  await page.getByRole('heading', { name: '没连上' }).waitFor()
  expect(await page.getByText('正常', { exact: true }).count()).toBe(0)
  await page.unrouteAll()
  await page.getByRole('button', { name: '再试' }).click()
  await page.getByText('正常', { exact: true }).waitFor()
})

it('speaks English when asked to', async () => {
  const page = await people.page('operator', 'desk')
  await page.evaluate(() => localStorage.setItem('bihuan.language', 'en'))
  await page.goto(`${server.address}/operate?view=vacant`)
  await page
    .getByRole('heading', { name: 'Every task has somebody to do it' })
    .or(page.locator('.stuck-row'))
    .first()
    .waitFor()
  await page.goto(`${server.address}/operate?view=health`)
  await page.getByRole('heading', { name: 'The service' }).waitFor()
  expect(await page.locator('.oversight').textContent()).not.toMatch(/[\u4e00-\u9fff]/)
  await page.evaluate(() => localStorage.removeItem('bihuan.language'))
})
