/**
 * Takes a picture of every page of the running app, on a desk (1440 × 900) and on a phone (390 × 844).
 *
 *   tsx designer/pictures/pictures.ts --base http://127.0.0.1:8080 --out docs/pictures \
 *     --account village=NAME:PASSWORD [--account town=NAME:PASSWORD] [--chromium /usr/bin/chromium]
 *
 * The first account's pictures carry the plain names (`inbox-desk.png`), those of the others their label
 * (`inbox-town-desk.png`). A page that has nothing to show is named and left out. Exits 1 when a page failed.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Picture, pictures } from './pages.ts'

interface Account {
  readonly label: string
  readonly username: string
  readonly password: string
}

interface Width {
  readonly name: 'desk' | 'phone'
  readonly width: number
  readonly height: number
  /** A phone's screen is dense: its pictures are taken at twice the size. */
  readonly scale: number
}

const WIDTHS: readonly Width[] = [
  { name: 'desk', width: 1440, height: 900, scale: 1 },
  { name: 'phone', width: 390, height: 844, scale: 2 },
]
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function readAccount(text: string): Account {
  const [, label, username, password] = /^([\w-]+)=([^:]+):(.+)$/.exec(text) ?? []
  if (!label || !username || !password) throw new Error(`Expected --account LABEL=NAME:PASSWORD, but got "${text}".`)
  return { label, username, password }
}

async function signIn(context: BrowserContext, base: string, account: Account): Promise<void> {
  const response = await context.request.post(`${base}/api/session`, {
    data: { username: account.username, password: account.password },
    headers: { Origin: base },
  })
  if (!response.ok())
    throw new Error(`Expected ${account.username} to sign in, but the server answered ${response.status()}.`)
}

/** Opens a page and waits until nothing is being fetched or drawn any more. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1, h2').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.loading') === null)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // A drawing or a form arrives in a chunk of its own.
  await page.waitForLoadState('networkidle').catch(() => undefined)
}

async function take(
  context: BrowserContext,
  picture: Picture,
  width: Width,
  file: string,
  base: string,
): Promise<string> {
  const page = await context.newPage()
  try {
    const ask = async <T>(path: string): Promise<T> =>
      (await (await context.request.get(`${base}/api${path}`)).json()) as T
    const path = await picture.path(ask)
    if (path === null) return 'nothing to show'
    await open(page, base + path)
    await picture.act?.(page, width.name === 'desk')
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    await page.screenshot({ path: file, animations: 'disabled' })
    if (sideways) throw new Error('the page scrolls sideways')
    return file
  } finally {
    await page.close()
  }
}

async function takeAll(browser: Browser, base: string, out: string, accounts: readonly Account[]): Promise<number> {
  let failed = 0
  for (const width of WIDTHS) {
    for (const account of [null, ...accounts]) {
      const context = await browser.newContext({
        viewport: { width: width.width, height: width.height },
        deviceScaleFactor: width.scale,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      })
      if (account) await signIn(context, base, account)
      const label = account === null || account === accounts[0] ? '' : `-${account.label}`
      for (const picture of pictures) {
        if (picture.session !== (account !== null) || (picture.only && picture.only !== width.name)) continue
        const file = join(out, `${picture.name}${label}-${width.name}.png`)
        const said = await take(context, picture, width, file, base).catch((error: unknown) => {
          failed += 1
          return `FAILED ${error instanceof Error ? error.message : String(error)}`
        })
        console.log(`${picture.name}${label} ${width.name}: ${said}`)
      }
      await context.close()
    }
  }
  return failed
}

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    out: { type: 'string', default: 'docs/pictures' },
    account: { type: 'string', multiple: true, default: [] },
    chromium: { type: 'string', default: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
  },
})
mkdirSync(values.out, { recursive: true })
const browser = await chromium.launch({ executablePath: values.chromium, headless: true, args: FLAGS })
try {
  const failed = await takeAll(browser, values.base.replace(/\/$/, ''), values.out, values.account.map(readAccount))
  process.exitCode = failed > 0 ? 1 : 0
} finally {
  await browser.close()
}
