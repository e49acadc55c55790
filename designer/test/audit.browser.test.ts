import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { ArchivedCaseList, CaseList } from '@bihuan/runtime/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, type Size } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { readRowProof, verifyRowProof } from '../../runtime/src/audit/row-proof.ts'
import { verifyPackage } from '../../runtime/verifier/verify-bihuan.mjs'
import { type Archived, RETENTION, seedArchived } from './support/archived-cases.ts'
import { faultsOf, foreignWords, sideways, still } from './support/judge-page.ts'
import { Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let archived: Archived

/** Latin words of a Chinese page: prefix of a case's number, units of size, a system outside, and a file's name. */
const ALLOWED = /^(JZ|KB|MB|English|walk|zip)$/
/** What machines read. */
const MACHINE = 'code, .machine'

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(RETENTION), openBrowser()])
  people = new People(browser, server)
  archived = await seedArchived(server, Date.parse('2026-03-02T01:00:00Z'))
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
  return [
    ...(await faultsOf(page)),
    ...(await foreignWords(page, ALLOWED, MACHINE)).map((word) => `foreign word: ${word}`),
    ...((await sideways(page)) > 0 ? ['scrolls sideways'] : []),
  ]
}

async function open(who: string, size: Size, path: string): Promise<Page> {
  const page = await people.page(who, size)
  await page.goto(server.address + path)
  await still(page)
  return page
}

/** An answer of a server that cannot write for now. */
const storageUnavailable = {
  status: 503,
  code: 'STORAGE_UNAVAILABLE',
  messages: { 'zh-CN': { text: '盘写不进去', todo: '等一会儿再试。' } },
}

const rowsOf = (page: Page) => page.locator('.ledger-row, .ledger-table tbody tr')

/** The file that comes when a button is pressed. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly content: Buffer }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const download = await coming
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
  it('the trail, its filters, a row of it, and what is proven have no fault', async () => {
    const page = await open('auditor', size, '/audit')
    expect(await rowsOf(page).count()).toBe(50)
    await page.getByText('证明了什么，没证明什么').click()
    expect(await faults(page)).toEqual([])
    await rowsOf(page).first().click()
    await page.getByText('这一行的摘要').waitFor()
    expect(await faults(page)).toEqual([])
    await page.goto(`${server.address}/audit?part=security`)
    await still(page)
    if (size === 'phone') await page.getByRole('button', { name: '筛选' }).click()
    await page.getByRole('button', { name: '做了什么' }).waitFor()
    expect(await faults(page)).toEqual([])
  })

  it('archived cases and one of them have no fault, for the auditor and for who had a part in it', async () => {
    const auditor = await open('auditor', size, '/archived')
    expect(await rowsOf(auditor).count()).toBe(2)
    expect(await faults(auditor)).toEqual([])
    const clerk = await open('clerk', size, '/archived')
    expect(await rowsOf(clerk).count()).toBe(1)
    await rowsOf(clerk).first().click()
    await clerk.getByRole('button', { name: '下载归档包' }).waitFor()
    await clerk.getByText('包里是您办这件时看得到的内容').waitFor()
    expect(await faults(clerk)).toEqual([])
  })

  it('says what is empty, not found, failed, and not for others', async () => {
    const page = await open('auditor', size, '/archived?number=NONE')
    await page.getByRole('heading', { name: '没有找到' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.route('**/api/trail/rows*', (route) => route.fulfill({ status: 503, json: storageUnavailable }))
    await page.goto(`${server.address}/audit`)
    await page.getByRole('heading', { name: '盘写不进去' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.unrouteAll()
    await page.route('**/api/archived-cases*', (route) => route.fulfill({ json: { items: [], next: null } }))
    await page.goto(`${server.address}/archived`)
    await page.getByRole('heading', { name: '还没有归档的事项' }).waitFor()
    await page.unrouteAll()
    const clerk = await open('clerk', size, '/audit')
    await clerk.getByText('只有审计员能看审计轨迹').waitFor()
    expect(await faults(clerk)).toEqual([])
    const operator = await open('operator', size, '/archived')
    await operator.getByText('办过事项的人和审计员能看').waitFor()
    expect(await faults(operator)).toEqual([])
  })
})

it('an auditor begins at the trail, and finds his two places and no other', async () => {
  const page = await people.page('auditor', 'desk')
  await page.goto(server.address)
  await page.waitForURL('**/audit')
  const places = page.getByRole('navigation').getByRole('link')
  expect(await places.allInnerTexts()).toEqual(['', '审计', '归档', '公示', '通知'])
})

it('rows are found by number, part and kind, and by a person, with the keyboard alone', async () => {
  const page = await open('auditor', 'desk', '/audit')
  await page.keyboard.press('/')
  await page.keyboard.type(archived.live)
  await expect.poll(() => rowsOf(page).allInnerTexts()).toHaveLength(1)
  expect((await rowsOf(page).allInnerTexts()).join()).toMatch(/文守墨[\s\S]*发起事项[\s\S]*花园村/)
  await page.getByRole('button', { name: '不筛了' }).click()
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('')
  await page.getByRole('button', { name: '谁', exact: true }).press('Enter')
  await page.getByRole('dialog').getByRole('searchbox').focus()
  await page.keyboard.type('查分明')
  await page.getByRole('button', { name: /^查分明/ }).press('Enter')
  await expect.poll(async () => new Set(await page.locator('.ledger-link').allInnerTexts())).toEqual(new Set(['登录']))
  await page.locator('.chosen-actor').press('Enter')
  await page.getByRole('button', { name: /^哪一类/ }).click()
  await page.getByRole('option', { name: '安全' }).click()
  await page.getByRole('button', { name: /^做了什么/ }).click()
  await page.getByRole('option', { name: '事项归档' }).click()
  await expect.poll(() => rowsOf(page).count()).toBe(2)
  expect((await rowsOf(page).allInnerTexts()).join()).toContain(archived.canceled)
})

it('a day reads in the language of the page, and is written in the words of the machine, by keyboard too', async () => {
  const page = await open('auditor', 'desk', '/audit')
  const from = page.getByLabel('从哪天')
  const words = () => from.evaluate((box) => getComputedStyle(box, '::before').content)
  expect(await words()).toBe('"选日期"')
  await page.getByRole('button', { name: /^哪一类/ }).focus()
  await page.keyboard.press('Tab')
  expect(await from.evaluate((box) => box.matches(':focus'))).toBe(true)
  expect(await words()).toBe('none')
  await from.fill('2026-03-02')
  await from.blur()
  await expect.poll(words).toBe('"2026年3月2日"')
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe('2026-03-02')
})

it('a search that takes its time shows no rows of another, and a page that does not come is said not to', async () => {
  const page = await open('auditor', 'desk', '/audit?part=toString')
  expect(await rowsOf(page).count()).toBe(50)
  await page.route('**/api/trail/rows*', (route) => route.fulfill({ status: 503, json: storageUnavailable }), {
    times: 1,
  })
  await page.getByRole('button', { name: '再看', exact: false }).last().click()
  await page.getByRole('alert').filter({ hasText: '盘写不进去' }).waitFor()
  expect(await rowsOf(page).count()).toBe(50)
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/trail/rows*', (route) => held.then(() => route.continue()))
  await page.getByRole('button', { name: /^哪一类/ }).click()
  await page.getByRole('option', { name: '参数' }).click()
  await page.getByRole('button', { name: '哪一类 参数' }).waitFor()
  await page.locator('.loading').waitFor()
  expect(await rowsOf(page).count()).toBe(0)
  letGo()
  await page.locator('.loading').waitFor({ state: 'detached' })
  await page.unrouteAll()
})

it('a row that was left on a phone does not come back with the way back', async () => {
  const page = await open('auditor', 'phone', '/audit')
  await rowsOf(page).first().click()
  await page.getByRole('dialog').waitFor()
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.goBack()
  await rowsOf(page).first().waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(await page.getByRole('dialog').count()).toBe(0)
})

it('T01 what is handed out proves a row, the checkpoints and an archived case to an outsider', async () => {
  const page = await open('auditor', 'desk', '/audit?part=organisation')
  await rowsOf(page).first().click()
  const proof = await saved(page, '下载凭据')
  expect(proof.name).toMatch(/^row-2-\d+\.json$/)
  expect(verifyRowProof(readRowProof(proof.content.toString())!)).toMatchObject({ holds: true })
  const { name, content } = await saved(page, '下载检查点文件')
  expect([name, content.toString()]).toEqual([
    'checkpoints.jsonl',
    readFileSync(join(server.data, 'checkpoints.jsonl'), 'utf8'),
  ])
  const clerk = await open('clerk', 'desk', `/cases?search=${archived.done}`)
  await clerk.getByRole('link', { name: '到归档里找' }).click()
  await clerk.getByRole('button', { name: archived.done }).press('Enter')
  const zip = await saved(clerk, '下载归档包')
  expect(zip.name).toBe(`${archived.done}.zip`)
  const checkpoints = content.toString().trim().split('\n')
  const found = await verifyPackage(new Uint8Array(zip.content), {
    checkpoints: checkpoints.map((line) => (JSON.parse(line) as { body: string }).body),
  })
  expect(found.holds).toBe(true)
})

it('says which package is not there, and does not say it of another case', async () => {
  const village = new Village(server, new Uint8Array())
  const { items } = await village.ask<ArchivedCaseList>('auditor', 'GET', '/archived-cases')
  expect(items).toHaveLength(2)
  renameSync(join(server.data, 'archive'), join(server.data, 'elsewhere'))
  const page = await open('auditor', 'desk', `/archived?number=JZ`)
  await rowsOf(page).first().click()
  await page.getByRole('button', { name: '下载归档包' }).click()
  await page.getByRole('alert').waitFor()
  expect(await faults(page)).toEqual([])
  await rowsOf(page).last().click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  renameSync(join(server.data, 'elsewhere'), join(server.data, 'archive'))
})

it('a row on the screen is shown as sealed once a checkpoint seals it', async () => {
  const page = await open('auditor', 'desk', '/audit?part=security')
  const hash = await page.locator('tr', { hasText: '未封存' }).first().locator('.ledger-hash').getAttribute('title')
  const row = page.locator('tr', { has: page.locator(`[title="${hash}"]`) })
  const { now } = await new Village(server, new Uint8Array()).ask<CaseList>('clerk', 'GET', '/cases')
  await server.setClock(Date.parse(now) + 11 * 60_000)
  const sealing = page.getByRole('heading', { name: '已封存到' })
  const before = await sealing.textContent()
  // Whoever comes back to the window is told at once; otherwise it takes some seconds.
  const comeBack = () => page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => comeBack().then(() => sealing.textContent())).not.toBe(before)
  await expect.poll(() => row.textContent()).toMatch(/第 \d+ 号/)
})

it('copies a digest, or selects it where the browser keeps the clipboard from the page', async () => {
  const page = await open('auditor', 'desk', '/audit')
  await page.evaluate(() => {
    const kept: string[] = []
    const clipboard = { writeText: async (text: string) => void kept.push(text) }
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })
    Object.assign(window, { kept })
  })
  const copy = page.getByRole('button', { name: '复制 签名密钥的指纹' })
  await copy.click()
  await page.getByText('已复制').waitFor()
  const shown = await page.locator('.sealing-key code').textContent()
  expect(await page.evaluate(() => (window as unknown as { kept: string[] }).kept)).toEqual([shown])
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }))
  await copy.click()
  await page.getByText('已选中').waitFor()
  expect(await page.evaluate(() => String(getSelection()))).toBe(shown)
})

it('speaks English when asked to', async () => {
  const page = await open('auditor', 'desk', '/audit')
  await page.evaluate(() => localStorage.setItem('bihuan.language', 'en'))
  for (const [path, title] of [
    ['/audit?part=security', 'Audit trail'],
    ['/archived', 'Archived cases'],
  ]) {
    await page.goto(server.address + path)
    await page.getByRole('heading', { name: title! }).waitFor()
    await rowsOf(page).first().click()
    const words = await page.locator('.ledger').evaluate((part) =>
      // Names of people, cases and units are as they were given.
      [...part.querySelectorAll('h1, h2, h3, th, dt, button, p, label, summary, li, .chip')].map(
        (one) => one.textContent,
      ),
    )
    expect(words.join('\n')).not.toMatch(/[\u4e00-\u9fff]/)
  }
  await page.evaluate(() => localStorage.removeItem('bihuan.language'))
})
