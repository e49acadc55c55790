import type { Page } from 'playwright-core'
import type { Size } from '../../../../examples/test/support/people.ts'

/**
 * Judges the page as it stands now; `mark` is the mark of bpmn.io that must be whole there, `within` selects what
 * changed since the page was judged whole.
 */
export type Look = (name: string, mark?: Mark, within?: string) => Promise<void>
export type Mark = 'diagram' | 'form' | 'decision'

/** One page of the studio and everything that opens in it, one after the other. */
export interface Scene {
  readonly name: string
  /** Whose browser; the process designer's unless named. */
  readonly who?: string
  readonly path: string
  readonly size?: Size | { readonly width: number; readonly height: number }
  readonly play: (page: Page, look: Look) => Promise<void>
}

/** A dialog is open; closes it again. */
export async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

/** Opens a menu or list, looks at it, closes it. */
export async function peek(page: Page, look: Look, name: string, role: 'menu' | 'listbox', open: () => Promise<void>) {
  await open()
  await page.getByRole(role).last().waitFor()
  await look(name)
  await page.keyboard.press('Escape')
  await page.getByRole(role).last().waitFor({ state: 'hidden' })
}
