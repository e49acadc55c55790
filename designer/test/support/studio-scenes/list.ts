import { brokenModel } from '../studio-seed.ts'
import { leave, peek, type Scene } from './scene.ts'

export const listScenes: readonly Scene[] = [
  {
    name: 'list',
    path: '/studio',
    async play(page, look) {
      await page.locator('.package-card').first().waitFor()
      await look('cards')
      await peek(page, look, 'menu of a card', 'menu', () =>
        page.getByRole('button', { name: '四议两公开村级重大事项决策，更多' }).click(),
      )
      await page.getByRole('button', { name: '红白喜事报备，更多' }).click()
      await page.getByRole('menuitem', { name: '删掉' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of removing')
      await leave(page)
      await page.getByRole('button', { name: '新流程' }).click()
      await page.getByRole('dialog').waitFor()
      await page.getByRole('button', { name: '建好，去画' }).click()
      await page.getByText('先起个名字').waitFor()
      await look('dialog of a new package')
      await leave(page)
      await page.locator('input[type=file]').setInputFiles({
        name: 'foreign.bpmn',
        mimeType: 'application/xml',
        buffer: Buffer.from(brokenModel),
      })
      await page.locator('.import-report li').first().waitFor()
      await look('findings of an import')
      await leave(page)
      await page.getByRole('button', { name: '停用' }).click()
      await look('nothing retired')
      await page.getByRole('searchbox', { name: '找流程' }).fill('没有这个流程')
      await look('nothing found')
    },
  },
  {
    name: 'list on a narrow window',
    path: '/studio',
    size: { width: 1100, height: 800 },
    async play(page, look) {
      await page.locator('.package-card').first().waitFor()
      await look('cards')
    },
  },
  {
    name: 'list on a phone',
    path: '/studio',
    size: 'phone',
    async play(page, look) {
      await page.locator('.package-card').first().waitFor()
      await look('cards')
    },
  },
  {
    name: 'list for a cadre',
    who: 'clerk',
    path: '/studio',
    async play(_page, look) {
      await look('refused')
    },
  },
  {
    name: 'a package for a cadre',
    who: 'clerk',
    path: '/studio/village_decision',
    async play(_page, look) {
      await look('refused')
    },
  },
  {
    name: 'no such package',
    path: '/studio/nothing_here',
    async play(_page, look) {
      await look('not found')
    },
  },
]
