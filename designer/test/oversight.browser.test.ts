import type { OperatedCase } from '@bihuan/runtime/contract'
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

async function open(size: Size, query = ''): Promise<Page> {
  const page = await people.page('operator', size)
  await page.goto(`${server.address}/operate${query}`)
  await still(page)
  return page
}

const caseOf = (key: string) => village.ask<OperatedCase>('operator', 'GET', `/operate/cases/${key}`)
const stepsOf = async (key: string) => (await caseOf(key)).steps.map(({ name }) => name)
const ungradedGroup = '?process=temporary_aid&step=grade&code=NO_FLOW_TAKEN'

describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
  it('what is stuck, a case, moving, and the other views have no fault', async () => {
    const page = await open(size)
    await page.locator('.stuck-row').first().waitFor()
    await expect.poll(() => page.locator('.stuck-row').count()).toBe(2)
    expect(await faults(page)).toEqual([])
    await page.goto(`${server.address}/operate${ungradedGroup}`)
    await page.locator('.djs-element.bad').first().waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByRole('dialog').waitFor()
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
  const page = await open('desk', `?process=temporary_aid&step=check&code=JOB_RETRIES_EXHAUSTED&case=${moved}`)
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
  const page = await open('desk', '?process=temporary_aid&step=check&code=JOB_RETRIES_EXHAUSTED')
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
  await page.getByRole('button', { name: /改到哪一步/ }).click()
  await page.getByRole('option', { name: '镇里审核' }).click()
  await page.getByText('0 件不能换').waitFor()
  await page.getByRole('button', { name: /^换 \d 件$/ }).click()
  await page.getByLabel('理由').fill('第一版的环节名写错了')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^换 \d 件$/ })
    .click()
  await page.getByText(/^已换 \d 件$/).waitFor()
  for (const key of stuck.reviewed) expect((await caseOf(key)).process.version).toBe(2)
})

it('speaks English when asked to', async () => {
  const page = await people.page('operator', 'desk')
  await page.evaluate(() => localStorage.setItem('bihuan.language', 'en'))
  await page.goto(`${server.address}/operate?view=health`)
  await page.getByRole('heading', { name: 'The service' }).waitFor()
  expect(await page.locator('.oversight').textContent()).not.toMatch(/[\u4e00-\u9fff]/)
  await page.evaluate(() => localStorage.removeItem('bihuan.language'))
})
