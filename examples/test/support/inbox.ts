import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Opens a task from the inbox, or from what can be claimed while it is not one's own. */
export async function openTask(page: Page, address: string, title: string, name: string): Promise<void> {
  await page.goto(`${address}/`)
  await page.locator('.matter, .line, .empty-state, .state').first().waitFor()
  const row = page.locator('.matter, .line').filter({ hasText: title }).filter({ hasText: name }).first()
  if ((await row.count()) === 0) await page.locator('nav').getByText('能领的').click()
  await row.click()
  await page.locator('.fjs-container').waitFor()
}

/** Presses the button of the open task; it must be taken. */
export async function submit(page: Page): Promise<void> {
  const answered = page.waitForResponse((answer) => /\/api\/tasks\/\d+\/complete$/.test(answer.url()))
  await page.locator('[data-act=submit]').click()
  const answer = await answered
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Waits until the form says that, in words or in a field. */
export async function shows(page: Page, text: string): Promise<void> {
  const said = () =>
    page.locator('.fjs-container').evaluate((place) => {
      const fields = [...place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
      return [place.textContent, ...fields.map((field) => field.value)].join('\n')
    })
  await expect.poll(said).toContain(text)
}
