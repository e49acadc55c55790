import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, type Size } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { faultsOf, foreignWords, sideways, still } from './support/judge-page.ts'
import { Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let village: Village

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  village = new Village(server, new Uint8Array())
  await deploy('told', model)
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

const LONG = '请于 5月20日 17:00 前补交预算表。\n缺：二组到机耕桥一段的单价表、三处塌方的照片。'

const notify = (id: string, title: string, text: string) =>
  `<bpmn:serviceTask id="${id}" name="告知"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.notify" /><zeebe:ioMapping><zeebe:input source="=&quot;${title}&quot;" target="title" /><zeebe:input source="=&quot;${text.replace('\n', '\\n')}&quot;" target="text" /><zeebe:input source="=&quot;village_clerk&quot;" target="roles" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`
const flow = (from: string, to: string) =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}" />`

/** Tells the clerk of the village two things, one after the other, and then waits. */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="d" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="told" name="补正材料" isExecutable="true">
    <bpmn:startEvent id="begin" name="收到"><bpmn:extensionElements><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:startEvent>
    ${notify('first', '镇里收到了村口道路硬化的材料', '')}
    ${notify('second', '村口道路硬化的预算要补正', LONG)}
    <bpmn:userTask id="wait" name="补交"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:endEvent id="end" name="办完" />
    ${flow('begin', 'first')}${flow('first', 'second')}${flow('second', 'wait')}${flow('wait', 'end')}
  </bpmn:process>
</bpmn:definitions>`

async function deploy(name: string, xml: string): Promise<void> {
  const body = new FormData()
  body.append('resources', new Blob([xml]), `${name}.bpmn`)
  const headers = {
    cookie: await village.session('designer'),
    origin: server.address,
    'idempotency-key': randomUUID(),
  }
  const answer = await fetch(`${server.address}/v2/deployments`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
}

/** Begins a case of that clerk, which tells him two things. */
const begin = (clerk: string, unitId: string) =>
  village.ask(clerk, 'POST', '/cases', { processId: 'told', unitId, formKey: null, answers: {} })

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.address + path)
  await still(page)
}

const ALLOWED = /^(English|clerk|hewan_clerk)$/
const lines = (page: Page) => page.locator('.notification')
/** The place of the notifications: of the rail on a desk, of one's own page on a phone. */
const place = (page: Page, size: Size) =>
  page.getByRole('navigation').getByRole('link', { name: size === 'desk' ? /通知/ : /我$/ })

async function judge(page: Page): Promise<void> {
  await still(page)
  expect(await faultsOf(page)).toEqual([])
  expect(await foreignWords(page, ALLOWED)).toEqual([])
  expect(await sideways(page)).toBeLessThanOrEqual(0)
}

describe.each<[Size, string, string]>([
  ['desk', 'clerk', 'huayuan'],
  ['phone', 'hewan_clerk', 'hewan'],
])('what a person is told, on a %s', (size, clerk, unit) => {
  let page: Page
  beforeAll(async () => {
    page = await people.page(clerk, size)
  })

  it('is empty at first, and says where the next will be', async () => {
    await open(page, '/notifications')
    await page.getByRole('heading', { name: '没有通知' }).waitFor()
    await judge(page)
  })

  it('shows a mark while the page is open, without its being loaded again', async () => {
    await open(page, '/cases')
    expect(await place(page, size).getByText('有没看的').count()).toBe(0)
    await begin(clerk, unit)
    await expect.poll(() => place(page, size).getByText('有没看的').count()).toBe(1)
    await judge(page)
  })

  it('stands newest first, with what is unread, on a page of its own', async () => {
    await place(page, size).click()
    if (size === 'phone') {
      await page.getByRole('link', { name: '通知 2 条没看' }).waitFor()
      await judge(page)
      await page.getByRole('link', { name: '通知 2 条没看' }).click()
    }
    // One's own page says how many as well: the lines, not the number, tell that the page is here.
    const said = ['村口道路硬化的预算要补正', '镇里收到了村口道路硬化的材料']
    await expect.poll(() => lines(page).getByRole('link').allTextContents()).toEqual(said)
    await page.getByText('2 条没看').waitFor()
    expect(await lines(page).first().locator('p').textContent()).toBe(LONG)
    await judge(page)
  })

  it('is marked as read where it stands; the keyboard stays there', async () => {
    await lines(page).first().getByRole('button', { name: '标为已看' }).press('Enter')
    await page.getByText('1 条没看').waitFor()
    await expect.poll(() => lines(page).first().getByRole('button').count()).toBe(0)
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toBe('村口道路硬化的预算要补正')
  })

  it('leads to its case, and has then been read', async () => {
    await lines(page)
      .nth(1)
      .click({ position: { x: 120, y: 20 } })
    await page.waitForURL(/\/cases\/\d+$/)
    await page.goBack()
    await lines(page).first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: '标为已看' }).count()).toBe(0)
    await expect.poll(() => page.getByRole('button', { name: '全标为已看' }).count()).toBe(0)
    await expect.poll(() => page.getByText('有没看的').count()).toBe(0)
  })

  it('comes while one looks at it, and can all be marked as read', async () => {
    await begin(clerk, unit)
    await page.getByText('2 条没看').waitFor()
    await expect.poll(() => lines(page).count()).toBe(4)
    await page.getByRole('button', { name: '全标为已看' }).click()
    await expect.poll(() => page.getByRole('button', { name: /已看/ }).count()).toBe(0)
  })

  it('says so when it cannot be read, and is asked for again', async () => {
    await page.route('**/api/notifications*', (route) => route.abort())
    await page.goto(`${server.address}/notifications`)
    await page.getByRole('alert').getByText('没连上').waitFor({ timeout: 20_000 })
    await judge(page)
    await page.unroute('**/api/notifications*')
    await page.getByRole('button', { name: '再试' }).click()
    await expect.poll(() => lines(page).count()).toBe(4)
  })

  it('is told in English where English is read', async () => {
    await page.evaluate(() => localStorage.setItem('bihuan.language', 'en'))
    await begin(clerk, unit)
    await open(page, '/notifications')
    await page.getByText('2 unread').waitFor()
    const own = '.notification-link, .notification-text, .rail-foot .avatar'
    const chinese = await page.evaluate((typed) => {
      for (const each of document.querySelectorAll(typed)) each.textContent = ''
      const labels = [...document.querySelectorAll('[aria-label], [title]')].flatMap((each) => [
        each.matches(typed) ? '' : (each.getAttribute('aria-label') ?? each.getAttribute('title') ?? ''),
      ])
      return `${document.querySelector('#app')?.textContent}\n${labels.join('\n')}`.match(/[一-鿿]+/g)
    }, own)
    expect(chinese).toBeNull()
    await page.evaluate(() => localStorage.setItem('bihuan.language', 'zh-CN'))
  })
})

it('no page met a fault on the way', () => {
  expect(people.faults).toEqual([])
})
