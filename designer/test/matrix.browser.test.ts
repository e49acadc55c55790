import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, People } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { faultsOf, still } from './support/judge-page.ts'

let server: RunningServer
let browser: Browser
let people: People
let page: Page

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  page = await people.page('designer', 'desk')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${server.address}/studio/village_decision/fields`)
  await page.getByRole('grid').waitFor()
})

afterAll(async () => {
  expect(people?.faults ?? []).toEqual([])
  await people?.close()
  await browser?.close()
  await server?.remove()
})

/** What a screen reader says of the place where the focus is. */
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const cell = (name: string) => page.getByRole('gridcell', { name, exact: true })

/** A file of the draft as the server has it, once it holds that text. */
async function saved(name: string, text: string): Promise<string> {
  const read = () =>
    page.evaluate(async (file) => {
      const answer = await fetch('/api/packages/village_decision')
      const { files } = (await answer.json()) as { files: { name: string; text: string }[] }
      return files.find((each) => each.name === file)?.text ?? ''
    }, name)
  await expect.poll(async () => (await read()).includes(text), { message: `${name}: ${text}` }).toBe(true)
  return read()
}

it('sets cells by keyboard, many at once, and takes it back', async () => {
  await cell('事项，提出动议，必填').click()
  await press('ArrowRight', 'w')
  expect(await focused()).toBe('事项，核对决议方式，可填')
  await press('Control+z')
  expect(await focused()).toBe('事项，核对决议方式，只读')
  await press('Shift+ArrowDown', 'Shift+ArrowRight', 'h')
  await expect.poll(() => page.getByRole('status').allTextContents()).toContainEqual('4 格改为看不到')
  expect(await focused()).toMatch(/，看不到$/)
  await press('Escape', ' ')
  expect(await focused()).toMatch(/，必填$/)
  await press('Control+z')
  await press('Control+z')
})

it('copies a block and lays it elsewhere', async () => {
  await cell('事项，提出动议，必填').click()
  await press('Shift+ArrowRight', 'Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('必填\t只读')
  await press('Escape', 'Control+ArrowLeft', 'ArrowDown', 'Control+v')
  expect(await focused()).toBe('怎么提出来的，提出动议，必填')
  await cell('怎么提出来的，核对决议方式，只读').waitFor()
  await press('Control+z')
})

it('takes new fields by their names and from a spreadsheet; forms follow', async () => {
  await page.getByRole('rowheader', { name: '附件' }).click()
  await press('n')
  await page.keyboard.type('受益户')
  await press('Enter')
  await page.keyboard.type('督办电话')
  await press('Enter', 'Escape')
  await page.evaluate(() => navigator.clipboard.writeText('预计工期\t数字\n资金来源\t单选\t敏感\t村集体、财政'))
  await press('Home', 'Control+v')
  await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'm')
  expect(await focused()).toBe('资金来源，提出动议，必填')
  const form = await saved('motion.form', '资金来源')
  expect(form).toContain('村集体')
  const fields = await saved('fields.yaml', '资金来源')
  expect(fields).toMatch(/name: 受益户[\s\S]*name: 督办电话[\s\S]*name: 预计工期[\s\S]*name: 资金来源/)
  // The phone shows it in its own width.
  const phone = page.frameLocator('iframe')
  await phone.getByText('资金来源').waitFor()
  expect(
    await page
      .frames()
      .at(-1)
      ?.evaluate(() => innerWidth),
  ).toBe(390)
})

it('gives a field another key: forms follow, and what the process reads is listed first', async () => {
  const key = page.getByLabel('代号')
  await page.getByRole('rowheader', { name: '预算金额' }).click()
  await press('Enter')
  await key.fill('case')
  await press('Enter')
  await page.getByText('不能是保留字').waitFor()
  await key.fill('planned_amount')
  await press('Enter')
  const form = await saved('motion.form', '"key": "planned_amount"')
  expect(form).not.toContain('"amount"')
  // The title of a case reads it.
  await page.getByRole('rowheader', { name: '事项', exact: true }).click()
  await press('Enter')
  await key.fill('matter')
  await press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('还读旧代号 title').waitFor()
  expect(await dialog.getByRole('listitem').count()).toBeGreaterThan(0)
  await dialog.getByRole('button', { name: '不改' }).click()
})

it('says where a field is used before it is deleted', async () => {
  await page.getByRole('rowheader', { name: '事项', exact: true }).click()
  await press('Delete')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/还读它/).waitFor()
  expect(await dialog.getByRole('listitem').count()).toBeGreaterThan(3)
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '不删' }).click()
})

it('keeps what is typed in the details for the field it was typed for, when another one is pressed', async () => {
  await page.getByRole('rowheader', { name: '附件', exact: true }).click()
  await press('Enter')
  await page.getByLabel('填写说明').fill('没有就不传')
  await page.getByRole('rowheader', { name: '事项', exact: true }).click()
  const fields = await saved('fields.yaml', '没有就不传')
  expect(fields).toMatch(/name: 附件\n( {4}.*\n)*? {4}description: 没有就不传/)
  expect(fields).toContain('description: 一句话说清要定什么事。')
})

it('says of a field that it is asked anew each time, which changes no form, and takes it back', async () => {
  const forms = () =>
    page.evaluate(async () => {
      const { files } = (await (await fetch('/api/packages/village_decision')).json()) as {
        files: { name: string; text: string }[]
      }
      return JSON.stringify(files.filter(({ name }) => name.endsWith('.form')))
    })
  const before = await forms()
  await page.getByRole('rowheader', { name: '这样办对吗', exact: true }).click()
  await press('Enter')
  const tick = page.getByRole('checkbox', { name: '每次重新填写' })
  await expect.poll(() => tick.isChecked()).toBe(true)
  await page.getByRole('rowheader', { name: '初步方案', exact: true }).click()
  await expect.poll(() => tick.isChecked()).toBe(false)
  await tick.check()
  await page.locator('.cell-note').getByText('每次重新填写').waitFor()
  const anew = /key: plan_draft\n( {4}.*\n)*? {4}anew: true\n/
  await expect.poll(() => saved('fields.yaml', 'plan_draft')).toMatch(anew)
  await tick.uncheck()
  await expect.poll(() => saved('fields.yaml', 'plan_draft')).not.toMatch(anew)
  expect(await forms()).toBe(before)
})

it('keeps a check that is typed, with what is said when it fails, and takes it away', async () => {
  await page.getByRole('rowheader', { name: '督办电话', exact: true }).click()
  await press('Enter')
  const check = page.getByLabel('核对', { exact: true })
  await check.fill('督办电话')
  await page.getByText('再写一句：不对时怎么说。').waitFor()
  // Another field has none of it.
  await page.getByRole('rowheader', { name: '受益户', exact: true }).click()
  expect(await check.inputValue()).toBe('')
  await page.getByRole('rowheader', { name: '督办电话', exact: true }).click()
  await check.fill('string length(title) > 2')
  await press('Tab')
  await page.getByLabel('不对时怎么说').fill('太短')
  await press('Tab')
  expect(await saved('fields.yaml', 'check: string length(title) > 2')).toContain('checkMessage: 太短')
  await check.fill('')
  await press('Tab')
  await expect.poll(() => page.getByLabel('不对时怎么说').count()).toBe(0)
  await expect.poll(async () => (await saved('fields.yaml', '督办电话')).includes('太短')).toBe(false)
})

it('a check without what is said waits for whoever comes back to its field, and says so', async () => {
  const row = (name: string) => page.getByRole('rowheader', { name, exact: true })
  const check = page.getByLabel('核对', { exact: true })
  await row('督办电话').click()
  await press('Enter')
  await check.fill('string length(title) > 4')
  await row('受益户').click()
  await page.getByText('「督办电话」的核对没写完，还不算数。再打开它可以接着写。').last().waitFor()
  expect(await check.inputValue()).toBe('')
  const part = (name: string) => page.getByRole('navigation', { name: '流程的各部分' }).getByRole('link', { name })
  await part('参数').click()
  await page.getByLabel('决议公开天数，默认值').waitFor()
  await part('字段').click()
  await row('督办电话').click()
  await press('Enter')
  expect(await check.inputValue()).toBe('string length(title) > 4')
  await page.getByLabel('不对时怎么说').fill('再长些')
  await press('Tab')
  expect(await saved('fields.yaml', 'checkMessage: 再长些')).toContain('check: string length(title) > 4')
  await check.fill('')
  await press('Tab')
  await expect.poll(async () => (await saved('fields.yaml', '督办电话')).includes('再长些')).toBe(false)
})

it('is clean to axe with the details open', async () => {
  await page.getByRole('rowheader', { name: '事项', exact: true }).click()
  await press('Enter')
  await page.getByLabel('为什么要填').waitFor()
  await still(page)
  expect(await faultsOf(page)).toEqual([])
})

it('changes a parameter in its line, and keeps one that is used', async () => {
  await page.goto(`${server.address}/studio/village_decision/parameters`)
  const value = page.getByLabel('决议公开天数，默认值')
  await value.fill('x')
  await press('Tab')
  await page.getByText('要写整数。').waitFor()
  await value.fill('9')
  await press('Tab')
  const text = await saved('parameters.yaml', 'default: 9')
  expect(text.split('\n')[0]).toMatch(/^# 参数/)
  await page.getByRole('button', { name: '决议公开天数' }).click()
  const details = page.getByRole('region', { name: '参数细项' })
  await details.getByRole('button', { name: '删除' }).click()
  await details.getByText(/先改那里，再删/).waitFor()
  expect(await faultsOf(page)).toEqual([])
})
