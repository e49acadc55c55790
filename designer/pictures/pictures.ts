/**
 * Takes the pictures of `docs/pictures` by itself: starts a server on a fresh database, plays the village decision as its
 * demo people, and shoots every page of `pages.ts` on a desk (1440 × 900) and on a phone (390 × 844 at twice the size).
 *
 *   node --import tsx designer/pictures/pictures.ts [--out docs/pictures] [--only START]
 *
 * `--only` takes those whose names begin so. The pages are those of the last `vite build`; Chromium is the one of the
 * browser tests (`CHROMIUM_PATH`). Exits 1 when a page failed or a picture is larger than 250 kB.
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { CaseList } from '@bihuan/runtime/contract'
import type { Browser, BrowserContext } from 'playwright-core'
import { openBrowser, type Size, sizes } from '../../examples/test/support/people.ts'
import { startServer } from '../../examples/test/support/server.ts'
import { seedArchived } from '../test/support/archived-cases.ts'
import { drawPhoto } from '../test/support/photo.ts'
import { seedStuck } from '../test/support/stuck-cases.ts'
import { seedStudio } from '../test/support/studio-seed.ts'
import { type Played, Village } from '../test/support/village.ts'
import { type Picture, pictures } from './pages.ts'

const LARGEST_BYTES = 250_000
/** So that the clock of the played village archives nothing before it is wanted. */
const RETENTION_DAYS = 400

/** Browsers, one a person and width, with that person's session. */
function createContexts(browser: Browser, address: string, village: Village) {
  const contexts = new Map<string, BrowserContext>()
  return async (size: Size, who: string | null): Promise<BrowserContext> => {
    const known = contexts.get(`${size} ${who}`)
    if (known) return known
    const context = await browser.newContext({
      ...sizes[size],
      // A phone's screen is dense.
      deviceScaleFactor: size === 'phone' ? 2 : 1,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    const cookies = who === null ? [] : (await village.session(who)).split('; ')
    await context.addCookies(
      cookies.map((cookie) => {
        const at = cookie.indexOf('=')
        return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: address }
      }),
    )
    contexts.set(`${size} ${who}`, context)
    return context
  }
}

/** Opens the page, waits until nothing is fetched or drawn any more, and shoots it. */
async function take(context: BrowserContext, address: string, picture: Picture, file: string): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(address)
    await page.locator('h1, h2').first().waitFor()
    await page.waitForLoadState('networkidle')
    await picture.press?.(page)
    await page.waitForFunction(() => document.querySelector('.loading') === null)
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
      throw new Error('the page scrolls sideways')
    await page.screenshot({ path: file, animations: 'disabled' })
    const { size } = statSync(file)
    if (size > LARGEST_BYTES) throw new Error(`${file} has ${size} bytes`)
  } finally {
    await page.close()
  }
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'docs/pictures' }, only: { type: 'string' } },
})
mkdirSync(values.out, { recursive: true })
const server = await startServer({ BIHUAN_RETENTION_DAYS: String(RETENTION_DAYS) })
const browser = await openBrowser()
try {
  const village = new Village(server, await drawPhoto(browser))
  const played: Played = await village.play()
  const studio = await seedStudio((method, path, body) => village.ask('designer', method, path, body))
  let isSeeded = false
  let isArchived = false
  let contextOf = createContexts(browser, server.address, village)
  for (const picture of pictures) {
    if (values.only && !picture.name.startsWith(values.only)) continue
    if (picture.stuck && !isSeeded) await seedStuck(server)
    isSeeded ||= picture.stuck === true
    if (picture.archived && !isArchived) {
      const { now } = await village.ask<CaseList>('clerk', 'GET', '/cases')
      await seedArchived(server, Date.parse(now), RETENTION_DAYS)
      // Sessions end while the year goes by.
      contextOf = createContexts(browser, server.address, new Village(server, new Uint8Array()))
      isArchived = true
    }
    const file = join(values.out, `${picture.name}.png`)
    const context = await contextOf(picture.name.endsWith('phone') ? 'phone' : 'desk', picture.who)
    try {
      await take(context, server.address + (await picture.path(village, played, studio)), picture, file)
      console.log(file)
    } catch (error) {
      process.exitCode = 1
      console.error(`${picture.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
} finally {
  await browser.close()
  await server.remove()
}
