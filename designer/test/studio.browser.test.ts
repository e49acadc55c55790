import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People, sizes } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { lookAt, openScene } from './support/studio-judge.ts'
import { studioScenes } from './support/studio-scenes/all.ts'
import { choose, drawn } from './support/studio-scenes/process.ts'
import type { Scene } from './support/studio-scenes/scene.ts'
import { type Seeded, seedStudio } from './support/studio-seed.ts'
import { Village } from './support/village.ts'

let server: RunningServer
let browser: Browser
let people: People
let seeded: Seeded

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  const village = new Village(server, new Uint8Array())
  seeded = await seedStudio((method, path, body) => village.ask('designer', method, path, body))
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
})

/** A page in the size of the scene, with the session of whoever looks. */
async function pageOf({ who = 'designer', size = 'desk' }: Pick<Scene, 'who' | 'size'>): Promise<Page> {
  if (typeof size === 'string') return people.page(who, size)
  const page = await people.page(who, 'desk')
  await page.setViewportSize(size)
  return page
}

it.each(studioScenes)('$name', async (scene) => {
  const page = await pageOf(scene)
  const found: string[] = []
  try {
    await openScene(page, server.address, scene, seeded)
    await scene.play(page, async (name, mark, within) => {
      found.push(...(await lookAt(page, mark, within)).map((fault) => `${name}: ${fault}`))
    })
  } finally {
    await page.unrouteAll()
    if (scene.size !== 'phone') await page.setViewportSize(sizes.desk.viewport)
  }
  expect(found).toEqual([])
})

describe('in English', () => {
  it('nothing is shown in Chinese before the words are there, and stays so', async () => {
    const page = await people.page('designer', 'desk')
    const context = await browser.newContext({ storageState: await page.context().storageState() })
    const fresh = await context.newPage()
    await fresh.addInitScript(() => localStorage.setItem('bihuan.language', 'en'))
    let show = () => {}
    const held = new Promise<void>((done) => {
      show = done
    })
    // The words of the studio come when everything else is there.
    await fresh.route(/assets\/en-[^/]*\.js$/, async (route) => {
      const answer = await route.fetch()
      if ((await answer.text()).includes('Never published')) await held
      await route.fulfill({ response: answer })
    })
    const read = fresh.waitForResponse(new RegExp(`/api/packages/${seeded.meeting}$`))
    await fresh.goto(`${server.address}/studio/${seeded.meeting}`)
    await read
    await fresh.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    show()
    await fresh.locator('.save-state').waitFor()
    expect(await fresh.locator('.studio-bar').textContent()).not.toMatch(/已存|在用|草稿/)
    await context.close()
  })
})

describe('by keyboard alone', () => {
  let page: Page
  let context: BrowserContext

  beforeAll(async () => {
    page = await people.page('designer', 'desk')
    context = page.context()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  })

  /** Presses Tab until the focus is on that control, which must be seen to have it. */
  async function tabTo(name: string | RegExp, most = 80): Promise<void> {
    for (let at = 0; at < most; at += 1) {
      await page.keyboard.press('Tab')
      const focus = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
        return { name, isSeen: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' }
      })
      if (typeof name === 'string' ? focus.name !== name : !name.test(focus.name)) continue
      expect(focus.isSeen, `the focus on ${name} is seen`).toBe(true)
      return
    }
    throw new Error(`Tab never came to ${name}`)
  }

  it('a piece is put behind a step, and taken back', async () => {
    await page.goto(`${server.address}/studio/${seeded.meeting}`)
    await drawn(page)
    const count = () => page.locator('.paper .djs-shape').count()
    const before = await count()
    await page.getByRole('application').focus()
    await page.keyboard.press(']')
    await page.locator('[data-element-id="start"].selected').waitFor()
    await page.keyboard.press('a')
    await page.locator('.djs-popup').waitFor()
    await page.keyboard.type('填报')
    await page.keyboard.press('Enter')
    await expect.poll(count).toBeGreaterThan(before)
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(count).toBe(before)
    // The rail does the same with its buttons.
    await choose(page, 'review')
    await page.locator('body').focus()
    await page.keyboard.press('/')
    await page.keyboard.type('通知')
    await page.keyboard.press('Enter')
    await expect.poll(count).toBeGreaterThan(before)
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(count).toBe(before)
  })

  it('what a sentence says is changed in its list', async () => {
    await page.goto(`${server.address}/studio/${seeded.meeting}`)
    await drawn(page)
    await choose(page, 'review')
    await tabTo(/到手后/)
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await page.getByText('不限时').waitFor()
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+z')
    await page.getByText('到手后').waitFor()
  })

  it('cells of the matrix are set', async () => {
    await page.goto(`${server.address}/studio/${seeded.meeting}/fields`)
    const cell = page.getByRole('gridcell', { name: '会议说明，登记会议，可填' })
    await cell.waitFor()
    await tabTo(/，登记会议，/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('m')
    await page.getByRole('gridcell', { name: '会议说明，登记会议，必填' }).waitFor()
    await page.getByRole('gridcell', { name: '涉及户数，登记会议，必填' }).waitFor()
    await page.keyboard.press('Control+z')
    await cell.waitFor()
  })

  it('the list, its menu and its dialogs', async () => {
    /** Waits until the focus is inside, as eyes would before the next key. */
    const focusIn = (role: string) =>
      expect
        .poll(() => page.evaluate((inside) => document.activeElement?.closest(inside) !== null, `[role=${role}]`))
        .toBe(true)
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await page.goto(`${server.address}/studio`)
    await page.locator('.package-card').first().waitFor()
    await tabTo('红白喜事报备，更多')
    await page.keyboard.press('Enter')
    await focusIn('menu')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await focusIn('dialog')
    await tabTo('先不')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(focused).toBe('红白喜事报备，更多')
    await tabTo('新流程')
    await page.keyboard.press('Enter')
    await focusIn('dialog')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('新流程')
  })

  it('and no page met a fault on the way', () => {
    expect(people.faults).toEqual([])
  })
})
