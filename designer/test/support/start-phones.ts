import type { Page } from 'playwright-core'
import type { People } from '../../../examples/test/support/people.ts'
import type { RunningServer } from '../../../examples/test/support/server.ts'

/** Phones on which a matter is started: signing in, the start form, and what the server keeps of it. */
export class StartPhones {
  readonly #server: RunningServer
  readonly #people: People

  constructor(server: RunningServer, people: People) {
    this.#server = server
    this.#people = people
  }

  /** A phone of its own, signed in: what one test breaks must not reach the next. */
  async of(username: string): Promise<Page> {
    const page = await this.#people.visitor('phone')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.goto(`${this.#server.address}/sign-in`)
    await this.signIn(page, username)
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    return page
  }

  async signIn(page: Page, username: string): Promise<void> {
    await page.getByLabel('用户名').fill(username)
    await page.getByLabel('密码', { exact: true }).fill(this.#server.password(username))
    await page.getByRole('button', { name: '登录' }).click()
  }

  async openForm(page: Page): Promise<void> {
    await page.goto(`${this.#server.address}/start/village_decision`)
    await matter(page).waitFor()
  }

  /** Goes there by the way of the app, so that the page before can be gone back to. */
  async walkToForm(page: Page): Promise<void> {
    await page.goto(`${this.#server.address}/start`)
    await page.getByText('四议两公开').first().click()
    await page.getByRole('dialog').locator('.btn.primary').click()
    await matter(page).waitFor()
  }
}

/** The field of the start form in which a matter gets its name. */
export const matter = (page: Page) => page.locator('.fjs-container').getByRole('textbox', { name: /^事项/ })

/** Writes the name, and waits until the server has it. */
export async function write(page: Page, text: string): Promise<void> {
  await matter(page).fill(text)
  await page.getByText(/草稿.*已存/).waitFor()
}

/** The name of the matter in the draft that the server has of whoever is signed in there. */
export const drafted = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    const answer = await fetch('/api/startable/village_decision')
    const { draft } = (await answer.json()) as { draft: { answers: { title: string } } | null }
    return draft?.answers.title ?? null
  })
