import type { Page } from 'playwright-core'
import { leave, peek, type Scene } from './scene.ts'

const grid = (page: Page) => page.getByRole('grid').waitFor()

export const fieldScenes: readonly Scene[] = [
  {
    name: 'fields',
    path: '/studio/village_decision/fields',
    async play(page, look) {
      await grid(page)
      await page.locator('.fjs-powered-by').first().waitFor()
      await look('table', 'form')
      await page.getByRole('gridcell', { name: '事项，提出动议，必填' }).click()
      await peek(page, look, 'menu of a field', 'menu', () => page.getByRole('button', { name: '事项，更多' }).click())
      await page.getByRole('gridcell', { name: '事项，填法，' }).click()
      await page.keyboard.press('Enter')
      await page.getByRole('combobox').last().waitFor()
      await look('list of kinds')
      await page.keyboard.press('Escape')
      await page.getByRole('gridcell', { name: '事项，提出动议，必填' }).click()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowRight')
      await look('several cells')
      await page.getByRole('searchbox', { name: '找字段' }).fill('没有这个')
      await look('nothing found')
      await page.getByRole('button', { name: '不找了' }).click()
      await page.getByRole('button', { name: '新字段' }).click()
      await look('a new field')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'details of fields',
    path: '/studio/{meeting}/fields',
    async play(page, look) {
      await grid(page)
      for (const name of ['议题', '涉及户数', '怎么开', '主持人', '相关的村', '表决结果', '采购清单', '要交的材料']) {
        await page.getByRole('rowheader', { name }).click()
        await page.keyboard.press('Enter')
        await page.getByRole('region', { name: '字段细项' }).waitFor()
        await look(name)
      }
      await page.getByRole('rowheader', { name: '审核结论' }).click()
      await page.keyboard.press('Enter')
      const details = page.getByRole('region', { name: '字段细项' })
      const key = details.getByLabel('代号')
      await key.fill('review_outcome')
      await key.press('Enter')
      await page.getByRole('dialog').waitFor()
      await look('dialog of another key')
      await leave(page)
      await details.getByRole('button', { name: '删除' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of deleting')
      await leave(page)
    },
  },
  {
    name: 'fields of an empty package',
    path: '/studio/{sketch}/fields',
    async play(page, look) {
      await page.getByText('还没有字段').waitFor()
      await look('no fields')
    },
  },
  {
    name: 'fields on a narrow window',
    path: '/studio/village_decision/fields',
    size: { width: 1100, height: 800 },
    async play(page, look) {
      await grid(page)
      await look('table')
    },
  },
  {
    name: 'fields on a phone',
    path: '/studio/village_decision/fields',
    size: 'phone',
    async play(page, look) {
      await grid(page)
      await look('table')
    },
  },
]
