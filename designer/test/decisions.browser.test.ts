import type { Package, PackageMade } from '@bihuan/runtime/contract'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, People } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { call } from '../../examples/test/support/session.ts'

let server: RunningServer
let browser: Browser
let people: People
let page: Page
let id = ''

const fields = `fields:
  - key: hardship
    name: 困难类型
    kind: choice
    options:
      - value: option_1
        label: 因病
      - value: option_2
        label: 因灾
    grade: public
access: {}
`
const decision = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="relief_file" name="标准" namespace="n">
  <decision id="relief_standard" name="标准">
    <decisionTable id="relief_table" hitPolicy="FIRST">
      <input id="relief_in" label="困难类型"><inputExpression id="relief_expression" typeRef="string"><text>hardship</text></inputExpression></input>
      <output id="relief_out" label="结果" name="result" typeRef="string" />
      <rule id="relief_rule"><inputEntry id="relief_test"><text></text></inputEntry><outputEntry id="relief_result"><text>"甲"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
`

/** A table, and an expression that reads what comes of it. */
const graph = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="aid_file" name="补助" namespace="n">
  <decision id="aid_level" name="等级"><decisionTable id="aid_table" hitPolicy="FIRST">
    <output id="aid_out" name="level" typeRef="number" />
    <rule id="aid_rule"><outputEntry id="aid_result"><text>2</text></outputEntry></rule>
  </decisionTable></decision>
  <decision id="aid_sum" name="金额"><variable id="aid_variable" name="aid_sum" typeRef="number" />
    <informationRequirement id="aid_needs"><requiredDecision href="#aid_level" /></informationRequirement>
    <literalExpression id="aid_expression"><text>aid_level * 1000</text></literalExpression>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="aid_diagram">
    <dmndi:DMNShape id="aid_level_di" dmnElementRef="aid_level"><dc:Bounds height="80" width="180" x="260" y="240" /></dmndi:DMNShape>
    <dmndi:DMNShape id="aid_sum_di" dmnElementRef="aid_sum"><dc:Bounds height="80" width="180" x="260" y="80" /></dmndi:DMNShape>
  </dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
`

/** Three expressions: one is faulty, one reads it, one has to do with neither. */
const faulty = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rent_file" name="租金" namespace="n">
  <decision id="rent_wrong" name="旧租金"><variable id="rent_v1" name="rent_wrong" /><literalExpression id="rent_e1"><text>1 +</text></literalExpression></decision>
  <decision id="rent_needs" name="合计"><variable id="rent_v2" name="rent_needs" /><informationRequirement id="rent_r2"><requiredDecision href="#rent_wrong" /></informationRequirement><literalExpression id="rent_e2"><text>rent_wrong * 2</text></literalExpression></decision>
  <decision id="rent_sound" name="押金"><variable id="rent_v3" name="rent_sound" /><literalExpression id="rent_e3"><text>3</text></literalExpression></decision>
</definitions>
`

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  page = await people.page('designer', 'desk')
  const blank = await call<PackageMade>(page, 'POST', '/packages', { name: '救助', from: { kind: 'blank' } })
  const { files } = (await call<Package>(page, 'GET', `/packages/${blank.body.id}`)).body
  const kept = files.filter(({ name }) => name !== 'fields.yaml').map(({ name, text }) => ({ name, text }))
  const given = [
    ...kept,
    { name: 'fields.yaml', text: fields },
    { name: 'standard.dmn', text: decision },
    { name: 'z-aid.dmn', text: graph },
    { name: 'zz-rent.dmn', text: faulty },
  ]
  id = (await call<PackageMade>(page, 'POST', '/packages', { name: '救助', from: { kind: 'files', files: given } }))
    .body.id
  await page.goto(`${server.address}/studio/${id}/decisions`)
  await cell('relief_test').waitFor()
})
afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

const cell = (elementId: string): Locator => page.locator(`td[data-element-id$="${elementId}"]`)
const tool = (name: string): Locator => page.getByRole('button', { name, exact: true })
const leave = (): Promise<void> => page.getByRole('textbox', { name: '判断的名称' }).focus()

/** The text of the first cell of a kind, as the server has it. */
async function written(entry: 'inputEntry' | 'outputEntry' = 'inputEntry'): Promise<string> {
  const { files } = (await call<Package>(page, 'GET', `/packages/${id}`)).body
  const text = files.find(({ name }) => name === 'standard.dmn')?.text ?? ''
  return new RegExp(`<${entry}[^>]*>\\s*<text>(.*?)</text>`, 's').exec(text)?.[1] ?? ''
}

it('a cell of a choice is written in the words of its options and kept as their values', async () => {
  await cell('relief_test').click()
  await page.keyboard.type('因病、因灾')
  // The text under the cursor is left alone.
  await expect.poll(() => written()).toBe('因病、因灾')
  await leave()
  await expect.poll(() => written()).toBe('"option_1", "option_2"')
  const shown = () =>
    cell('relief_test')
      .locator('.content-editable')
      .evaluate((element) => getComputedStyle(element, '::before').content)
  await expect.poll(shown).toBe('"因病、因灾"')
})

it('what is none of its options is told of', async () => {
  await cell('relief_test').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('"因学"')
  await leave()
  await page.getByText('第 1 行写的“因学”不是字段“困难类型”的选项').waitFor()
})

it('a step is taken back at one press, and done again, while the cell has the focus', async () => {
  await cell('relief_result').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1')
  const result = () => written('outputEntry')
  await expect.poll(result).toBe('1')
  await tool('撤销').click()
  await expect.poll(result).toBe('"甲"')
  // What was taken back is saved by now: the cell has told its text again.
  await tool('重做').click()
  await expect.poll(result).toBe('1')
})

it('several decisions of a file are seen as a graph, and opened from there; a type reads as its word', async () => {
  await page
    .getByRole('button', { name: /^判断之间的关系/ })
    .first()
    .click()
  const sum = page.locator('.dmn-drd-container [data-element-id$="aid_sum"]')
  await sum.waitFor()
  await page.locator('.dmn-drd-container [data-container-id$="aid_sum"] .drill-down-overlay').click()
  await page.getByText('aid_level', { exact: false }).first().waitFor()
  expect(await page.locator('.variable-type-select').textContent()).toBe('数字')
  await page.goBack()
  await sum.waitFor()
})

it('a fault is told of the decision that has it and of those that need it, not of the others in its file', async () => {
  const row = (name: string): Locator => page.locator('.decision-list button', { hasText: name })
  await expect.poll(() => row('旧租金').textContent()).toContain('有写错的地方，还不能算')
  await expect.poll(() => row('合计').textContent()).toContain('它要用的有写错的地方，还不能算')
  expect(await row('押金').textContent()).toBe('押金')
  const told = page.locator('.fault-list li')
  await row('旧租金').click()
  await expect.poll(() => told.count()).toBe(1)
  await row('押金').click()
  await expect.poll(() => told.count()).toBe(0)
})
