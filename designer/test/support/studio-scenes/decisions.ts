import { leave, peek, type Scene } from './scene.ts'

export const decisionScenes: readonly Scene[] = [
  {
    name: 'decisions',
    path: '/studio/village_decision/decisions',
    async play(page, look) {
      await page.locator('.dmn-decision-table-container').waitFor()
      await look('table', 'decision')
      await peek(page, look, 'list of ways to count', 'listbox', () => page.locator('.policy .choice-trigger').click())
      await peek(page, look, 'menu of columns', 'menu', () => page.getByRole('button', { name: '加栏' }).click())
      await page.getByRole('button', { name: '加栏' }).click()
      await page.getByRole('menuitem', { name: '加一栏条件' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of a condition')
      await leave(page)
      await page.getByRole('button', { name: '加栏' }).click()
      await page.getByRole('menuitem', { name: '加一栏结果' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of a result')
      await leave(page)
      await page.getByRole('button', { name: '加栏' }).click()
      await page.getByRole('menuitem', { name: '删掉这个判断' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of deleting')
      await leave(page)
      await page.locator('td.input-cell').first().click()
      await look('a cell', 'decision')
      await page.locator('th.input-cell').first().dblclick()
      await look('a condition', 'decision')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '加一个' }).click()
      await page.locator('.test.open').waitFor()
      await look('a test', 'decision')
    },
  },
  {
    name: 'decisions on a narrow window',
    path: '/studio/village_decision/decisions',
    size: { width: 1100, height: 800 },
    async play(page, look) {
      await page.locator('.dmn-decision-table-container').waitFor()
      await look('table', 'decision')
    },
  },
  {
    name: 'decisions of an empty package',
    path: '/studio/{sketch}/decisions',
    async play(page, look) {
      await page.getByText('还没有判断表').waitFor()
      await look('none')
    },
  },
  {
    name: 'decisions in boxes of later versions',
    path: '/studio/{paying}/decisions',
    async play(page, look) {
      await page.getByText('这个判断在这里画不出来').waitFor()
      await page.getByRole('button', { name: '加一个' }).click()
      await page.locator('.test.open').waitFor()
      await look('not drawn, and tried')
      await page.getByRole('button', { name: '几天发' }).click()
      await page.locator('.dmn-decision-table-container').waitFor()
      await page.getByRole('button', { name: '加一个' }).click()
      await page.getByText('“天数”应是数字').waitFor()
      await look('a result that does not fit', 'decision')
    },
  },
  {
    name: 'parameters',
    path: '/studio/village_decision/parameters',
    async play(page, look) {
      await page.locator('.parameters-table').waitFor()
      await look('table')
      await page.locator('.parameters-table tbody button').first().click()
      await look('details')
      await page.getByRole('searchbox', { name: '找参数' }).fill('没有这个')
      await look('nothing found')
    },
  },
  {
    name: 'graph of decisions',
    path: '/studio/village_decision/decisions?graph',
    async play(page, look) {
      await page.locator('.dmn-js-parent .djs-shape').first().waitFor()
      await look('drawing')
    },
  },
  {
    name: 'parameters of an empty package',
    path: '/studio/{sketch}/parameters',
    async play(page, look) {
      await page.getByText('还没有参数').waitFor()
      await look('none')
    },
  },
]
