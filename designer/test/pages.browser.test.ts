import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, type Size } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { startActOnly } from './support/act-only.ts'
import { coveredCorners, faultsOf, foreignWords, sideways, still } from './support/judge-page.ts'
import { kept } from './support/kept.ts'
import { drawPhoto } from './support/photo.ts'
import { deployRepeatingList } from './support/repeating-list.ts'
import { type Played, Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let village: Village
let played: Played

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  village = new Village(server, await drawPhoto(browser))
  played = await village.play()
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

/** A page of the app: who opens it (null for a visitor), where it is, what is pressed before it is judged. */
interface Place {
  readonly name: string
  readonly who: string | null
  readonly path: () => string | Promise<string>
  readonly press?: (page: Page, size: Size) => Promise<void>
  /** Whether the mark of bpmn.io is there: of the form, or on a desk of the drawing. */
  readonly mark?: 'form' | 'drawing'
}

async function taskOf(who: string, caseKey: string): Promise<string> {
  const { tasks } = await village.ask<{ tasks: { key: string; mine: boolean }[] }>(who, 'GET', `/cases/${caseKey}`)
  const key = tasks.find((task) => task.mine)?.key
  if (!key) throw new Error(`${who} has no task in case ${caseKey}`)
  return `/tasks/${key}`
}

async function doneTask(who: string): Promise<string> {
  const { items } = await village.ask<{ items: { taskKey: string }[] }>(who, 'GET', '/inbox?view=done')
  return `/tasks/${items[0]?.taskKey}`
}

async function notice(state: 'open' | 'past'): Promise<string> {
  const answer = await fetch(`${server.address}/api/notices?unit=huayuan`)
  const { items } = (await answer.json()) as { items: { key: string; state: string }[] }
  return `/notices/${items.find((item) => item.state === state)?.key}`
}

const sheet = async (page: Page, size: Size): Promise<void> => {
  if (size === 'phone') await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '登记异议' }).click()
  await page.locator('.act-form .fjs-powered-by').waitFor()
}

const places: readonly Place[] = [
  { name: 'sign-in', who: null, path: () => '/sign-in' },
  {
    name: 'sign-in refused',
    who: null,
    path: () => '/sign-in',
    press: async (page) => {
      await page.getByRole('button', { name: '登录' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'inbox', who: 'clerk', path: () => '/' },
  { name: 'inbox to claim', who: 'clerk', path: () => '/?view=claimable' },
  { name: 'inbox waiting', who: 'clerk', path: () => '/?view=waiting' },
  { name: 'inbox done', who: 'clerk', path: () => '/?view=done' },
  { name: 'inbox empty', who: 'liaison', path: () => '/' },
  { name: 'start', who: 'clerk', path: () => '/start' },
  {
    name: 'start sheet',
    who: 'clerk',
    path: () => '/start',
    press: async (page) => {
      await page.getByText('四议两公开').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'start form with faults',
    who: 'clerk',
    path: () => '/start/village_decision',
    mark: 'form',
    press: async (page) => {
      await page.locator('.fjs-powered-by').waitFor()
      await page.locator('.form-bar .btn.primary').click()
      await page.locator('.form-trouble').waitFor()
    },
  },
  { name: 'task', who: 'reviewer', path: () => taskOf('reviewer', played.precheck), mark: 'form' },
  { name: 'completed task', who: 'reviewer', path: () => doneTask('reviewer'), mark: 'form' },
  { name: 'case with a failed vote', who: 'clerk', path: () => `/cases/${played.failedVote}`, mark: 'drawing' },
  { name: 'case in publicity', who: 'clerk', path: () => `/cases/${played.publicity}`, mark: 'drawing' },
  { name: 'case archived', who: 'clerk', path: () => `/cases/${played.archived}`, mark: 'drawing' },
  { name: 'action sheet', who: 'clerk', path: () => `/cases/${played.publicity}`, press: sheet, mark: 'form' },
  { name: 'cases', who: 'clerk', path: () => '/cases' },
  { name: 'board', who: null, path: () => '/notices?unit=huayuan' },
  { name: 'open notice', who: null, path: () => notice('open') },
  { name: 'past notice', who: null, path: () => notice('past') },
  { name: 'me', who: 'clerk', path: () => '/me' },
  { name: 'no such page', who: 'clerk', path: () => '/nowhere' },
  { name: 'a case of another village', who: 'hewan_clerk', path: () => `/cases/${played.publicity}` },
]

describe.each<Size>(['desk', 'phone'])('every page on a %s', (size) => {
  let visitor: Page

  beforeAll(async () => {
    visitor = await people.visitor(size)
  })

  it.each(places)('$name', async ({ who, path, press, mark }) => {
    const page = who === null ? visitor : await people.page(who, size)
    await open(page, await path())
    await press?.(page, size)
    if (mark === 'form') await page.locator('.fjs-powered-by').first().waitFor()
    await still(page)
    expect(await faultsOf(page)).toEqual([])
    expect(await foreignWords(page, ALLOWED)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    const shown = mark === 'form' ? '.fjs-powered-by a' : size === 'desk' && mark ? '.bjs-powered-by' : null
    if (shown) expect(await coveredCorners(page, shown)).toEqual([])
  })
})

describe('who has only an act in a case', () => {
  let key: string
  beforeAll(async () => {
    key = await startActOnly(server, village)
  })

  it.each<Size>(['desk', 'phone'])('finds it as the one thing to do, on a %s', async (size) => {
    const page = await people.page('liaison', size)
    await open(page, `/cases/${key}`)
    await page.getByText('您可以「登记异议」').waitFor()
    expect(await page.locator('.btn.primary').allTextContents()).toEqual(['登记异议'])
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: '登记异议' }).click()
    await page.getByLabel('异议的内容').waitFor()
    expect(await page.locator('.sheet .btn.primary').allTextContents()).toEqual(['提交'])
  })

  it('is not asked to choose from a list with nothing in it', async () => {
    const page = await people.page('liaison', 'desk')
    await open(page, '/')
    await page.getByText('都办完了').waitFor()
    expect(await page.getByText('从左边选一件').count()).toBe(0)
  })
})

describe('on a phone', () => {
  it('a task loads few files, and nothing of the drawing (P11)', async () => {
    const page = await people.page('reviewer', 'phone')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await open(page, await taskOf('reviewer', played.failedVote))
    await page.locator('.fjs-powered-by').waitFor()
    expect(asked.some((path) => /filling.*\.js$/.test(path))).toBe(true)
    expect(asked.filter((path) => /diagram|bpmn|case-desk/.test(path))).toEqual([])
    // On a weak network each six files cost its delay once more.
    expect(asked.filter((path) => /\.(js|css)$/.test(path)).length).toBeLessThanOrEqual(24)
    page.removeAllListeners('request')
  })

  it('large letters lose nothing and scroll down only', async () => {
    const page = await people.page('clerk', 'phone')
    await open(page, '/')
    await page.getByRole('button', { name: '大字' }).click()
    for (const path of ['/', '/start/village_decision', `/cases/${played.archived}`, '/me']) {
      await open(page, path)
      expect(await page.evaluate(() => document.documentElement.dataset.size)).toBe('large')
      expect(await sideways(page)).toBeLessThanOrEqual(0)
      expect(await faultsOf(page)).toEqual([])
    }
    await open(page, '/')
    await page.getByRole('button', { name: '常字' }).click()
  })
})

describe('letters and paper', () => {
  it('letters that the phone makes twice as large stay in their rings, and no field leaves the page', async () => {
    const page = await people.page('clerk', 'phone')
    for (const path of ['/', '/cases']) {
      await open(page, path)
      await page.locator('.ring').first().waitFor()
      await page.addStyleTag({ content: 'body { -webkit-text-size-adjust: 200% }' })
      const outside = await page.evaluate(() => {
        const box = (element: Element) => element.getBoundingClientRect()
        const skip = document.querySelector('.skip')
        const rings = [...document.querySelectorAll('.ring')]
        return [
          ...(skip && box(skip).bottom > 0 ? ['skip'] : []),
          ...rings.filter((ring) => box(ring.querySelector('.ring-middle') ?? ring).width > box(ring).width),
          ...[...document.querySelectorAll('.search-box')].filter((field) => box(field).right > innerWidth),
        ].length
      })
      expect(outside).toBe(0)
    }
  })

  it('with letters twice as large every button of a task is on the page', async () => {
    const page = await people.page('reviewer', 'phone')
    await open(page, await taskOf('reviewer', played.precheck))
    await page.getByRole('button', { name: '领取' }).waitFor()
    await page.addStyleTag({ content: 'body { -webkit-text-size-adjust: 200% }' })
    // A page that is too wide is shown smaller: its own width does not tell.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - screen.width)).toBeLessThanOrEqual(0)
  })

  it('letters follow the size that is set in the browser, twice as large too, and all scrolls down only', async () => {
    for (const [who, path] of [
      ['reviewer', '/'],
      ['reviewer', await taskOf('reviewer', played.precheck)],
      ['reviewer', `/cases/${played.publicity}`],
      ['clerk', '/start/village_decision'],
      ['clerk', '/notices?unit=huayuan'],
    ] as const) {
      const page = await people.page(who, 'desk')
      await open(page, path)
      const letters = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
      const before = await letters()
      await page.addStyleTag({ content: ':root { font-size: 200% }' })
      expect(await letters()).toBe(2 * before)
      expect(await sideways(page)).toBeLessThanOrEqual(0)
    }
  })

  it('with letters twice as large the head of a page on a phone says all it says', async () => {
    for (const [who, path] of [
      ['reviewer', await taskOf('reviewer', played.precheck)],
      ['clerk', '/start/village_decision'],
    ] as const) {
      const page = await people.page(who, 'phone')
      await open(page, path)
      await page.locator('.top-bar small').waitFor()
      await page.addStyleTag({ content: ':root { font-size: 200% }' })
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.top-bar *')]
          .filter((part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflow === 'hidden')
          .map((part) => part.textContent),
      )
      expect(cut).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - screen.width)).toBeLessThanOrEqual(0)
    }
  })

  it('the number of a row in a list stands above its first field, in letters of any size', async () => {
    await deployRepeatingList(server, await village.session('designer'))
    const page = await people.page('clerk', 'phone')
    await open(page, '/start/households')
    const row = page.locator('.fjs-form-field-dynamiclist > .fjs-children > div').first()
    await row.waitFor()
    const room = () =>
      row.evaluate((element) => {
        const number = getComputedStyle(element, '::before')
        const ends = Number.parseFloat(number.top) + Number.parseFloat(number.height)
        return Number.parseFloat(getComputedStyle(element).paddingTop) - ends
      })
    expect(await room()).toBeGreaterThanOrEqual(0)
    await page.addStyleTag({ content: ':root { font-size: 200% }' })
    expect(await room()).toBeGreaterThanOrEqual(0)
  })

  it('a case is printed whole, without the ways to other pages', async () => {
    const page = await people.page('reviewer', 'desk')
    await open(page, `/cases/${played.archived}`)
    await page.locator('.case-trail li').first().waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.rail').isVisible()).toBe(false)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.case-middle, .case-trail, .case-card')]
        .filter((part) => part.scrollHeight > part.clientHeight + 1)
        .map((part) => part.className),
    )
    expect(cut).toEqual([])
    await page.emulateMedia({ media: null })
  })
})

describe.each<Size>(['desk', 'phone'])('on a %s with a bad network', (size) => {
  it('a list that was read stays when reading it again fails', async () => {
    const page = await people.page('clerk', size)
    await open(page, '/')
    const rows = page.locator('.matter, .line')
    await rows.first().waitFor()
    const before = await rows.count()
    let failed = 0
    await page.route('**/api/inbox?*', (route) => {
      failed += 1
      return route.abort()
    })
    await page.evaluate(() => dispatchEvent(new Event('online')))
    // The first time and two more by itself; then the query has failed.
    await expect.poll(() => failed).toBe(3)
    if (size === 'phone') await page.getByText('没连上').waitFor()
    await still(page)
    expect(await rows.count()).toBe(before)
    await page.unroute('**/api/inbox?*')
  })
})

describe('what was typed is not lost', () => {
  const opinion = (page: Page) => page.getByLabel('审核意见')

  it('when the session ends: signing in again brings the page back as it was', async () => {
    const page = await people.page('reviewer', 'desk')
    await open(page, await taskOf('reviewer', played.precheck))
    await opinion(page).fill('授权在有效期内，')
    const session = (await page.context().cookies()).map((cookie) => cookie.name)
    for (const name of session) await page.context().clearCookies({ name })
    await opinion(page).pressSequentially('预算附了询价单。')
    await page.getByText('登录到期了').waitFor()
    await expect.poll(() => opinion(page).isVisible()).toBe(false)
    expect(await page.getByLabel('用户名').inputValue()).toBe('reviewer')
    await page.getByLabel('密码', { exact: true }).fill(server.password('reviewer'))
    await page.getByRole('button', { name: '登录' }).click()
    await expect.poll(() => opinion(page).inputValue()).toBe('授权在有效期内，预算附了询价单。')
    await page.getByText(/草稿.*已存/).waitFor()
  })

  it('when the page is loaded again without a network, until signing out forgets it', async () => {
    const page = await people.page('supervision', 'phone')
    const address = await taskOf('supervision', played.publicity)
    await page.route('**/api/tasks/*/draft', (route) => route.abort())
    await open(page, address)
    const field = page.locator('.fjs-container textarea').last()
    await field.fill('现场量过，灯是 24 盏。')
    await page.getByText('填的都在本机').waitFor()
    expect(await kept(page)).toEqual({ keys: 1, texts: 1, readable: false })
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await expect.poll(() => field.inputValue()).toBe('现场量过，灯是 24 盏。')
    await page.unroute('**/api/tasks/*/draft')
    await page.getByText(/草稿.*已存/).waitFor({ timeout: 20_000 })
    await expect.poll(() => kept(page)).toEqual({ keys: 1, texts: 0, readable: false })
    await open(page, '/me')
    await page.getByRole('button', { name: '退出' }).click()
    await page.waitForURL(/sign-in/)
    expect(await kept(page)).toEqual({ keys: 0, texts: 0, readable: false })
  })

  it('E05 when a touch beside the sheet of an act closes it', async () => {
    const page = await people.page('clerk', 'phone')
    const detail = page.getByRole('dialog').getByLabel('具体情况')
    await open(page, `/cases/${played.publicity}`)
    await sheet(page, 'phone')
    // The case is read anew meanwhile: the field is still the same one.
    await detail.evaluate((field) => field.setAttribute('data-same', ''))
    const again = page.waitForResponse((answer) => answer.url().endsWith(`/api/cases/${played.publicity}`))
    await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
    await again
    await still(page)
    expect(await detail.getAttribute('data-same')).toBe('')
    // What is typed takes its time to be kept, and is asked for again before it is.
    await page.evaluate(() => {
      const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
      crypto.subtle.encrypt = async (...given) => {
        await new Promise((resolve) => setTimeout(resolve, 800))
        return encrypt(...given)
      }
    })
    await detail.fill('路灯只有 22 盏。')
    await page.locator('.scrim').click({ position: { x: 10, y: 10 } })
    await detail.waitFor({ state: 'detached' })
    await sheet(page, 'phone')
    await expect.poll(() => detail.inputValue()).toBe('路灯只有 22 盏。')
  })

  it('and no page met a fault on the way', () => {
    expect(people.faults).toEqual([])
  })
})

/** Latin words that may stand on a Chinese page: numbers of matters, user names, keys, kinds of file. */
const ALLOWED = /^(SY|English|Ctrl|jpg|clerk|reviewer|BPMN|iO|Powered|by|bpmn\.io)$/

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.address + path)
  await still(page)
}
