import type { Page } from 'playwright-core'
import { leave, peek, type Scene } from './scene.ts'

const KINDS = [
  'subject',
  'about',
  'households',
  'budget',
  'held_on',
  'way',
  'topics',
  'urgent',
  'host',
  'villages',
  'phone',
  'card',
  'attended',
  'ballot',
  'purchases',
  'site',
  'papers',
  'other_files',
  'signed',
] as const

/** Opens every group of the panel. */
async function unfold(page: Page): Promise<void> {
  const closed = page.locator('.bio-properties-panel-group-header:not(.open) .bio-properties-panel-group-header-title')
  for (let left = await closed.count(); left > 0; left -= 1) await closed.nth(left - 1).click()
}

const editor = (page: Page) => page.locator('.fjs-form-editor, .fjs-editor-container').first().waitFor()

export const formScenes: readonly Scene[] = [
  {
    name: 'forms',
    path: '/studio/{meeting}/forms',
    async play(page, look) {
      await editor(page)
      await look('editor', 'form')
      for (const key of KINDS) {
        const field = page.locator(`.fjs-form-editor [data-id$="_${key}"], .fjs-form-editor [data-field-key="${key}"]`)
        await field.first().click({ position: { x: 8, y: 8 } })
        await unfold(page)
        // A tip of the panel opens where the mouse rests.
        await page.mouse.move(0, 0)
        await look(`properties of ${key}`, 'form', '.bio-properties-panel')
      }
      const source = page.locator('[data-group-id="group-valuesSource"] .bio-properties-panel-group-header-title')
      await page.locator('.fjs-form-editor [data-id$="_way"]').click({ position: { x: 8, y: 8 } })
      await source.locator('.bio-properties-panel-tooltip-wrapper').hover()
      await page.locator('.bio-properties-panel-tooltip').waitFor()
      await look('tip of the panel')
      await page.mouse.move(0, 0)
      await peek(page, look, 'menu of making anew', 'menu', () =>
        page.getByRole('button', { name: '重新生成和删除' }).click(),
      )
      await page.getByRole('button', { name: '重新生成和删除' }).click()
      await page.getByRole('menuitem', { name: '从头生成' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of making anew')
      await leave(page)
      await page.getByText('电脑', { exact: true }).click()
      await look('on a desk', 'form')
      await page.getByText('手机', { exact: true }).click()
      await page.frameLocator('.form-preview iframe').locator('.fjs-powered-by').waitFor()
      await look('on a phone')
    },
  },
  {
    name: 'forms of the village',
    path: '/studio/village_decision/forms',
    async play(page, look) {
      await editor(page)
      await look('editor', 'form')
    },
  },
  {
    name: 'forms on a narrow window',
    path: '/studio/{meeting}/forms',
    size: { width: 1100, height: 800 },
    async play(page, look) {
      await editor(page)
      await look('editor', 'form')
    },
  },
  {
    name: 'forms on a phone',
    path: '/studio/{meeting}/forms',
    size: 'phone',
    async play(page, look) {
      await page.locator('.desk-open').waitFor()
      await look('form')
    },
  },
]
