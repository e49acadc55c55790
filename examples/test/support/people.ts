import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { RunningServer } from './server.ts'

export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 } },
} as const
export type Size = keyof typeof sizes

/** Chromium as Debian ships it, or the one of CHROMIUM_PATH. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** People with a browser of their own each, signed in as they come. */
export class People {
  readonly #browser: Browser
  readonly #server: RunningServer
  readonly #pages = new Map<string, Page>()
  readonly #contexts: BrowserContext[] = []
  /** Errors the pages met: scripts, refused requests of the content security policy, answers of 5xx. */
  readonly faults: string[] = []

  /** The pages of those who came so far, by name and size. */
  get pages(): ReadonlyMap<string, Page> {
    return this.#pages
  }

  constructor(browser: Browser, server: RunningServer) {
    this.#browser = browser
    this.#server = server
  }

  /** A page without a session. */
  async visitor(size: Size): Promise<Page> {
    const context = await this.#browser.newContext({ ...sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    context.setDefaultTimeout(20_000)
    this.#contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', (error) => this.faults.push(`${page.url()} ${error.message}`))
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.faults.push(`${page.url()} ${message.text()}`)
    })
    page.on('response', (answer) => {
      if (answer.status() >= 500) this.faults.push(`${answer.status()} ${answer.url()}`)
    })
    return page
  }

  /**
   * The page of a demo person at that size, signed in through the sign-in page.
   * @param fresh given a page before anything is asked for on it
   */
  async page(username: string, size: Size, fresh?: (page: Page) => void): Promise<Page> {
    const known = this.#pages.get(`${username} ${size}`)
    if (known) return known
    const page = await this.visitor(size)
    fresh?.(page)
    await page.goto(`${this.#server.address}/sign-in`)
    await page.getByLabel('用户名').fill(username)
    await page.getByLabel('密码', { exact: true }).fill(this.#server.password(username))
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    this.#pages.set(`${username} ${size}`, page)
    return page
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close()
  }
}
