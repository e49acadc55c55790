import { fieldDefinitions } from '@bihuan/engine'
import axe from 'axe-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, type Size } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { allFieldTypes, deployAllFields } from './support/all-fields.ts'
import { drawPhoto } from './support/photo.ts'
import { deployRepeatingList } from './support/repeating-list.ts'
import { Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let photo: Buffer

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  const drawn = await drawPhoto(browser)
  photo = Buffer.from(drawn)
  const village = new Village(server, drawn)
  await deployAllFields(server, await village.session('designer'))
  await deployRepeatingList(server, await village.session('designer'))
  await server.setClock(Date.parse('2026-04-08T01:12:00Z'))
})
afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

const field = (page: Page, id: string): Locator => page.locator(`.fjs-form-field:has([id$="-${id}-label"])`)
const box = (page: Page, id: string): Locator => page.locator(`[id$="-${id}"]`).first()
const faultsAt = async (page: Page, id: string): Promise<string[]> =>
  (await field(page, id).locator('.fjs-form-field-error li').allTextContents()).map((text) => text.trim())
/** One of the numbers that stand side by side. */
const count = (page: Page, id: string, label: string): Locator => field(page, id).getByLabel(label, { exact: true })

/** What is read there, its white space as one. */
const words = async (place: Locator): Promise<string> => (await place.allInnerTexts()).join(' ').replace(/\s+/g, ' ')

async function pick(page: Page, id: string, typed: string, name: string): Promise<void> {
  await box(page, id).fill(typed)
  await field(page, id).getByRole('option', { name }).waitFor()
  await page.keyboard.press('Enter')
  await field(page, id).locator('.picked li', { hasText: name }).waitFor()
}

/** Writes three strokes by hand. */
async function sign(page: Page): Promise<void> {
  const canvas = field(page, 'name').locator('canvas')
  await canvas.scrollIntoViewIfNeeded()
  const place = await canvas.boundingBox()
  if (!place) throw new Error('the signature has no area')
  for (const [from, to] of [
    [0.2, 0.4],
    [0.35, 0.6],
    [0.55, 0.8],
  ] as const) {
    await page.mouse.move(place.x + place.width * from, place.y + place.height * 0.35)
    await page.mouse.down()
    await page.mouse.move(place.x + place.width * to, place.y + place.height * 0.6, { steps: 6 })
    await page.mouse.up()
  }
}

async function fill(page: Page, subject: string): Promise<void> {
  await box(page, 'subject').fill(subject)
  await box(page, 'budget').fill('186500')
  await box(page, 'phone').fill('13800138000')
  await box(page, 'card').fill('11010519491231002x')
  await count(page, 'meeting', '应到').fill('27')
  await count(page, 'meeting', '到会').fill('21')
  await count(page, 'ballot', '同意').fill('19')
  await count(page, 'ballot', '反对').fill('1')
  await count(page, 'ballot', '弃权').fill('1')
  await pick(page, 'host', '舒', '舒向前')
  await pick(page, 'guests', '文', '文守墨')
  await pick(page, 'guests', '监', '监小明')
  await pick(page, 'villages', '花园', '花园村')
  const items = field(page, 'items')
  await items.locator('[id$="-items-0-name"]').fill('路灯')
  await items.locator('[id$="-items-0-count"]').fill('24')
  await items.locator('[id$="-items-0-price"]').fill('32400')
  await items.locator('[id$="-items-0-way"]').selectOption({ label: '购买' })
  // Enter at the end of a column opens the next row.
  await items.locator('[id$="-items-0-name"]').press('Enter')
  await items.locator('[id$="-items-1-name"]').fill('灯杆')
  const picture = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: photo })
  await box(page, 'site').setInputFiles(picture('a.jpg'))
  await field(page, 'site').locator('.photo a img').waitFor()
  await page.getByLabel('给“会议通知”上传文件').setInputFiles(picture('notice.jpg'))
  await field(page, 'papers').getByText('notice.jpg').waitFor()
  await sign(page)
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.address + path)
  await page.locator('.fjs-powered-by').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.late-body') === null)
}

/** Serious accessibility faults of what is shown (WCAG 2.1 A and AA). */
async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() =>
    (
      window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> } }
    ).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
  )
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
const submit = (page: Page) => page.locator('.form-bar .btn.primary').click()

it('every type of the house stands on the form that is tested here', () => {
  expect(fieldDefinitions.filter(({ type }) => !allFieldTypes.has(type))).toEqual([])
})

describe.each<Size>(['phone', 'desk'])('the fields of the house on a %s', (size) => {
  let page: Page

  beforeAll(async () => {
    page = await people.page('clerk', size)
    const draft = `${server.address}/api/startable/all_fields/draft`
    await page.request.put(draft, { headers: { origin: server.address }, data: { answers: {} } })
    await page.context().grantPermissions(['geolocation'])
    await page.context().setGeolocation({ latitude: 29.35871, longitude: 106.55012, accuracy: 12 })
  })

  it('say at the field what does not fit, before anything is sent', async () => {
    await open(page, '/start/all_fields')
    expect(await axeFaults(page)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await box(page, 'budget').fill('12.345')
    await box(page, 'phone').fill('12800138000')
    await box(page, 'card').fill('110105194912310021')
    await count(page, 'meeting', '应到').fill('27')
    await count(page, 'meeting', '到会').fill('21')
    await count(page, 'ballot', '同意').fill('19')
    await count(page, 'ballot', '反对').fill('2')
    await count(page, 'ballot', '弃权').fill('1')
    await field(page, 'ballot').getByText('合计 22，与到会 21 不符').filter({ visible: true }).first().waitFor()
    await field(page, 'items').locator('[id$="-items-0-count"]').fill('3')
    await submit(page)
    await page.locator('.form-trouble').waitFor()
    expect(await faultsAt(page, 'budget')).toEqual(['应是金额，最多两位小数。'])
    expect(await faultsAt(page, 'phone')).toEqual(['应是 11 位手机号。'])
    expect(await faultsAt(page, 'card')).toEqual(['最后一位与前面的数字对不上，对照证件重填。'])
    expect(await faultsAt(page, 'ballot')).toEqual(['同意 19、反对 2、弃权 1 合计 22，与到会 21 不符。'])
    expect(await faultsAt(page, 'items')).toEqual(['第 1 行还没有填“名称”。'])
    expect(await faultsAt(page, 'name')).toHaveLength(1)
    expect(await axeFaults(page)).toEqual([])
  })

  it('show what the server finds at the same places', async () => {
    await fill(page, `路灯更换 ${size}`)
    await page.route('**/api/cases', async (route) => {
      const sent = route.request().postDataJSON() as { answers: { [name: string]: unknown } }
      sent.answers.ballot = { present: 21, yes: 19, no: 2, abstain: 1 }
      sent.answers.items = [{ count: 1 }, { name: '灯杆', price: '1' }]
      sent.answers.guests = [{ id: 'nobody', name: '谁' }]
      await route.continue({ postData: JSON.stringify(sent) })
    })
    await submit(page)
    await page.locator('.form-trouble').waitFor()
    await page.unroute('**/api/cases')
    expect(await faultsAt(page, 'ballot')).toEqual(['同意 19、反对 2、弃权 1 合计 22，与到会 21 不符。'])
    expect(await faultsAt(page, 'items')).toEqual([
      '“采购清单”第 1 行还没有填“名称”。',
      '“采购清单”第 2 行的“金额”应填金额，两位小数。',
    ])
  })

  it('are sent, and read as words at the next step and in the case', async () => {
    await page.locator('.yuan-words').getByText('壹拾捌万陆仟伍佰元整').waitFor()
    await submit(page)
    await page.waitForURL(/\/cases\//)
    const text = () => words(page.locator('body'))
    for (const told of ['186,500.00 元', '110105********002X', '到会 21、同意 19、反对 1、弃权 1', '文守墨、监小明'])
      await expect.poll(text).toContain(told)
    expect(await text()).not.toContain('11010519491231002X')
    const tasks = await page.request.get(`${server.address}/api/inbox?view=mine`)
    const { items } = (await tasks.json()) as { items: { taskKey: string; title: string }[] }
    await open(page, `/tasks/${items.find((item) => item.title === `路灯更换 ${size}`)?.taskKey}`)
    await expect.poll(() => words(field(page, 'card'))).toContain('110105********002X')
    expect(await words(field(page, 'budget'))).toContain('186,500.00')
    expect(await words(field(page, 'ballot'))).toContain('到会 21 同意 19 反对 1 弃权 1')
    expect(await words(field(page, 'guests'))).toContain('文守墨、监小明')
    expect(await words(field(page, 'items'))).toContain('24 盏')
    expect(await words(field(page, 'items'))).toContain('32,400.00 元')
    expect(await words(field(page, 'papers'))).toContain('没有交')
    for (const id of ['site', 'name']) {
      const picture = field(page, id).locator('img').first()
      await picture.scrollIntoViewIfNeeded()
      await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    }
    expect(await page.locator('.fjs-container input:not([type=hidden])').count()).toBe(1)
    expect(await axeFaults(page)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})

it('a photo says that it has no place where that was not allowed', async () => {
  const page = await people.page('clerk', 'phone')
  await page.context().clearPermissions()
  await open(page, '/start/all_fields')
  await box(page, 'site').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
  await field(page, 'site').getByText('只印了时间').waitFor()
})

describe('a list that repeats', () => {
  const rows = (page: Page): Locator => page.locator('.fjs-form-field-dynamiclist > .fjs-children > div')
  const inRow = (page: Page, row: number, label: string): Locator => rows(page).nth(row).getByLabel(label)
  const send = (page: Page): Promise<void> => page.locator('.form-bar .btn.primary').click()
  const faulty = (page: Page): Promise<string[]> =>
    rows(page).evaluateAll((list) =>
      list.map((row) => [...row.querySelectorAll('.fjs-has-errors label')].map((label) => label.textContent).join()),
    )
  const buttons = (page: Page): Promise<string[]> =>
    page
      .locator('.fjs-container button')
      .evaluateAll((list) => list.map((one) => one.ariaLabel ?? one.textContent.trim()))

  it('takes a touch beside a field that was left empty, and says in Chinese what takes a row away', async () => {
    const page = await people.page('clerk', 'phone')
    await open(page, '/start/households')
    await page.getByLabel('事由').fill('临时救助')
    for (let row = 0; row < 7; row += 1) {
      if (row > 0) await page.getByRole('button', { name: '添一项' }).tap()
      await inRow(page, row, '户主').fill(`第${row + 1}户`)
      // What must be filled in is left empty in two rows.
      await inRow(page, row, '收入来源').fill(row === 2 || row === 6 ? '' : '务工')
    }
    expect(await rows(page).count()).toBe(7)
    expect(await buttons(page)).toContain('移除第 7 项')
  })

  it('opened anew tells how many rows are folded away, and unfolds those that are wrong', async () => {
    const page = await people.page('clerk', 'phone')
    await page.getByText(/草稿.*已存/).waitFor()
    await page.reload()
    await page.getByRole('button', { name: '展开其余（2）' }).waitFor()
    await send(page)
    await page.getByText('还差 2 处').waitFor()
    await expect.poll(() => inRow(page, 6, '收入来源').isVisible()).toBe(true)
    expect(await faulty(page)).toEqual(['', '', '收入来源*', '', '', '', '收入来源*'])
  })

  it('keeps what is wrong at its row when one above goes', async () => {
    const page = await people.page('clerk', 'phone')
    await page.getByRole('button', { name: '移除第 1 项' }).click()
    await expect.poll(() => faulty(page)).toEqual(['', '收入来源*', '', '', '', '收入来源*'])
    await inRow(page, 1, '低保户').evaluate((box) => (box as HTMLInputElement).click())
    await inRow(page, 1, '低保证号').fill('D1')
    await inRow(page, 5, '收入来源').fill('务工')
    await send(page)
    await page.waitForURL(/\/cases\//)
  })

  it('does not bring back a row that was taken away, and may be left empty', async () => {
    const page = await people.page('clerk', 'phone')
    const kept = async (): Promise<number> => {
      await page.getByText(/草稿.*已存/).waitFor()
      await page.reload()
      await page.locator('.fjs-powered-by').waitFor()
      return rows(page).count()
    }
    await open(page, '/start/households')
    await page.getByLabel('事由').fill('没有户')
    await page.getByRole('button', { name: '添一项' }).click()
    await inRow(page, 1, '户主').fill('乙')
    expect(await kept()).toBe(2)
    await page.getByRole('button', { name: '移除第 2 项' }).click()
    expect(await kept()).toBe(1)
    await page.getByRole('button', { name: '移除第 1 项' }).click()
    expect(await kept()).toBe(0)
    await send(page)
    await page.waitForURL(/\/cases\//)
  })

  it('has no row that a reader could take away', async () => {
    const page = await people.page('clerk', 'desk')
    const answer = await page.request.get(`${server.address}/api/inbox?view=mine`)
    const { items } = (await answer.json()) as { items: { taskKey: string; title: string }[] }
    await open(page, `/tasks/${items.find((item) => item.title === '临时救助')?.taskKey}`)
    await rows(page).first().waitFor()
    expect(await buttons(page)).toEqual(['展开其余（1）'])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})

it('no page met a fault on the way', () => {
  expect(people.faults).toEqual([])
})
