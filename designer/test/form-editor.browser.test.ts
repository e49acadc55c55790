import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { type BuiltPage, buildPage } from './support/built-page.ts'
import type { FormPages } from './support/form-pages/main.tsx'
import { ELSEWHERE, hostileForms } from './support/hostile-forms.ts'

type Schema = Record<string, unknown>
type View = 'editor' | 'desk' | 'phone'
declare global {
  interface Window {
    pages: FormPages
    ran?: boolean
  }
}

let server: RunningServer
let built: BuiltPage
let browser: Browser
let page: Page
/** What pages of this test asked for beside their own files, and what went wrong in them. */
const asked: string[] = []
const faults: string[] = []

beforeAll(async () => {
  // The policy that the app is served with, from the server itself.
  server = await startServer()
  const policy = (await fetch(server.address)).headers.get('content-security-policy')
  if (!policy) throw new Error('the server sends no content security policy')
  ;[built, browser] = await Promise.all([
    buildPage('test/support/form-pages', { 'content-security-policy': policy }),
    openBrowser(),
  ])
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
  await context.route(`${ELSEWHERE}/**`, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  page.on('request', (request) => {
    if (request.method() !== 'GET' || !request.url().startsWith(built.address)) asked.push(request.url())
  })
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame() && frame.url() !== built.address) asked.push(frame.url())
  })
  page.on('pageerror', (error) => faults.push(error.message))
})
beforeEach(async () => {
  asked.length = 0
  faults.length = 0
  await page.goto(built.address)
  await page.waitForFunction(() => window.pages !== undefined)
})
afterAll(async () => {
  await browser?.close()
  await built?.remove()
  await server?.remove()
})

/** Shows a form and waits until the page has come to rest with it: it is there, or said to be none. */
async function show(schema: Schema, view: View): Promise<void> {
  await page.evaluate(([given, where]) => window.pages.show(given, where), [schema, view] as const)
  await page
    .locator(view === 'phone' ? '.form-preview' : '.fjs-powered-by, .state, .note')
    .first()
    .waitFor()
  await page.evaluate(() => new Promise((rest) => requestAnimationFrame(() => requestAnimationFrame(rest))))
}
const state = () => page.locator('.state:visible').count()

const folder = fileURLToPath(new URL('../../examples/village-decision/', import.meta.url))
const templates = readdirSync(folder)
  .filter((name) => name.endsWith('.form'))
  .map((name) => [name, JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as Schema] as const)

it('FE10 a pattern on the page is that of the server: in its words, and in no more than the time of the text', async () => {
  const many = '^(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)!$'
  const text = (key: string, pattern: string) => ({
    type: 'textfield',
    id: `F_${key}`,
    key,
    label: key,
    validate: { pattern },
  })
  const components = [text('name', '^[[:alpha:]]+$'), text('any', '^(?P<no>NO)'), text('many', many)]
  await show({ type: 'default', schemaVersion: 19, id: 'f', components }, 'desk')
  const typed = async (place: number, value: string) => {
    const field = page.locator('.fjs-form-field-textfield').nth(place)
    await field.locator('input').fill(value)
    await page.keyboard.press('Tab')
    return field.locator('.fjs-form-field-error li').allInnerTexts()
  }
  expect(await typed(0, 'Wang')).toEqual([])
  await expect.poll(() => typed(0, '王小明')).toHaveLength(1)
  expect(await typed(1, 'NO. 5')).toEqual([])
  await expect.poll(() => typed(1, 'yes')).toHaveLength(1)
  await expect.poll(() => typed(2, 'x'.repeat(300))).toHaveLength(1)
  expect(faults).toEqual([])
})

describe('forms of the templates', () => {
  it('are there', () => expect(templates.length).toBeGreaterThan(20))

  it.each(templates)(
    '%s opens in the editor and in the viewer at work, and is not changed by being opened',
    async (_, schema) => {
      await show(schema, 'editor')
      expect(await state()).toBe(0)
      expect(await page.evaluate(() => window.pages.changed())).toBeNull()
      expect(await page.evaluate(() => window.pages.editor()?.canUndo())).toBe(false)
      await show(schema, 'desk')
      await expect.poll(() => page.locator('.form-view:visible').count()).toBe(1)
      expect([...faults, ...asked]).toEqual([])
    },
  )

  it('a change touches what was changed and nothing else', async () => {
    const [, schema] = templates.find(([name]) => name === 'motion.form') as (typeof templates)[number]
    await show(schema, 'editor')
    await page.evaluate(() => window.pages.editor()?.select('Field_origin'))
    await page.evaluate(() => window.pages.editor()?.move(-1))
    const moved = (await page.evaluate(() => window.pages.changed())) as Schema
    const order = (of: Schema) => JSON.stringify(of).match(/"id":"Field_\w+"/g)
    expect(order(moved)?.slice(0, 2)).toEqual(order(schema)?.slice(0, 2).reverse())
    await page.evaluate(() => window.pages.editor()?.undo())
    expect(await page.evaluate(() => window.pages.changed())).toEqual(schema)
  })
})

describe('hostile forms (I09, I11)', () => {
  const cases = Object.entries(hostileForms)

  it.each(cases)('%s', async (_, schema) => {
    for (const view of ['editor', 'desk', 'phone'] as const) {
      await show(schema, view)
      // Whatever can be pressed is pressed.
      for (const link of await page.locator('#app a[href]:visible:not([href^="http"]), #post').all())
        await link.click({ force: true, timeout: 500 }).catch(() => undefined)
    }
    expect(await page.evaluate(() => [window.ran, ...window.pages.violations])).toEqual([undefined])
    expect([...asked, ...faults]).toEqual([])
  })

  it('a component of an unknown type is shown as what it is, and stays in the form', async () => {
    const schema = hostileForms['types nobody knows'] as Schema & { components: Schema[] }
    await show(
      { ...schema, components: [...schema.components, { type: 'textfield', key: 'b', id: 'B', label: '乙' }] },
      'editor',
    )
    expect(await page.locator('.refused-field').allTextContents()).toEqual([
      expect.stringContaining('custom-map'),
      expect.stringContaining('undefined'),
    ])
    await page.evaluate(() => window.pages.editor()?.select('B'))
    await page.evaluate(() => window.pages.editor()?.move(-1))
    const changed = (await page.evaluate(() => window.pages.changed())) as { components: Schema[] }
    expect(changed.components.map(({ type }) => type)).toEqual(['custom-map', 'textfield', undefined])
    expect(changed.components[0]).toEqual(schema.components[0])
    await show(schema, 'desk')
    expect(await page.locator('.refused-types li').allTextContents()).toEqual(['custom-map'])
  })

  it.each([
    [
      'two fields of one key',
      {
        type: 'default',
        id: 'f',
        components: [
          { type: 'textfield', key: 'a' },
          { type: 'number', key: 'a' },
        ],
      },
    ],
    ['a component that is none', { type: 'default', id: 'f', components: [null] }],
    [
      'more options than the server takes',
      {
        type: 'default',
        id: 'f',
        components: [
          {
            type: 'select',
            key: 'a',
            values: Array.from({ length: 5_000 }, (_, i) => ({ label: `${i}`, value: `${i}` })),
          },
        ],
      },
    ],
    [
      'twenty thousand properties',
      {
        type: 'default',
        id: 'f',
        components: [
          Object.fromEntries([['type', 'textfield'], ...Array.from({ length: 20_000 }, (_, i) => [`p${i}`, 1])]),
        ],
      },
    ],
  ] as [string, Schema][])('%s is said to be none', async (_, schema) => {
    await show(schema, 'editor')
    expect(await state()).toBe(1)
    expect(faults).toEqual([])
  })
})

describe('the editor', () => {
  const [, motion] = templates.find(([name]) => name === 'motion.form') as (typeof templates)[number]

  it('has no fault that axe-core knows (WCAG 2.1 AA)', async () => {
    await show(motion, 'editor')
    await page.evaluate(() => window.pages.editor()?.select('Field_title'))
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      }),
    )
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 200)}`)).toEqual([])
  })

  it('shows no English in Chinese', async () => {
    await show(motion, 'editor')
    for (const id of [
      'Field_title',
      'Field_origin',
      'Field_amount',
      'Field_authorisation_until',
      'Field_matter',
      'Field_attachments',
    ]) {
      await page.evaluate((field) => window.pages.editor()?.select(field), id)
      await page.evaluate(() => {
        for (const closed of document.querySelectorAll<HTMLElement>('.bio-properties-panel-group-header:not(.open)'))
          closed.click()
      })
      expect(await latinWords(page), id).toEqual([])
    }
  })

  it('puts a new field on the form by keyboard, with a name in Chinese', async () => {
    await show({ type: 'default', schemaVersion: 19, id: 'f', components: [] }, 'editor')
    await page.locator('.fjs-palette-field[data-field-type=textfield]').focus()
    await page.keyboard.press('Enter')
    const changed = (await page.evaluate(() => window.pages.changed())) as { components: Schema[] }
    expect(changed.components).toEqual([expect.objectContaining({ type: 'textfield', label: '单行文本' })])
    // It is the one that is chosen: its properties stand beside it.
    await expect.poll(() => page.locator('.fjs-properties-container').textContent()).toContain('单行文本')
    await page.locator('.fjs-editor-selected[data-field-type=textfield]').waitFor({ timeout: 3000 })
  })

  it('no two entries of the palette are called the same', async () => {
    await show({ type: 'default', schemaVersion: 19, id: 'f', components: [] }, 'editor')
    const names = await page.locator('.fjs-palette-field').allTextContents()
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})

/** Words of Latin letters that people see or hear on the page, beside the few that are allowed. */
async function latinWords(on: Page): Promise<string[]> {
  const allowed = /^(BPMN|DMN|FEEL|XML|PDF|ID|SVG|PNG|BPMN\.iO|Powered by bpmn\.io|ABC|fx)$/
  const texts = await on.evaluate(() => {
    const found: string[] = []
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length > 0
    for (const element of document.querySelectorAll('body *')) {
      // What people wrote themselves is theirs.
      if (element.closest('style, script, code, .cm-content') || !isSeen(element)) continue
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '')
      for (const name of ['title', 'placeholder', 'aria-label', 'alt']) found.push(element.getAttribute(name) ?? '')
    }
    return found
  })
  return [...new Set(texts.map((text) => text.trim()))].filter(
    (text) =>
      /[A-Za-z]{2}/.test(text) &&
      text.split(/[^A-Za-z.]+/).some((word) => /[A-Za-z]{2}/.test(word) && !allowed.test(word)) &&
      !allowed.test(text),
  )
}
