import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDuration, parseDuration, type Variables } from '@bihuan/engine'
import type { Expectation } from '@bihuan/engine/testing'
import type { Case } from '@bihuan/runtime/contract'
import { compilePackage, readPackageFolder, readScenarioFile } from '@bihuan/runtime/scenario'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { fill, readForms } from './support/fill.ts'
import { openBrowser, People, type Size } from './support/people.ts'
import { type RunningServer, startServer } from './support/server.ts'

const folder = fileURLToPath(new URL('../village-decision/', import.meta.url))
const { scenario } = readScenarioFile(readFileSync(join(folder, 'scenarios/main.yaml'), 'utf8'), 'main.yaml')
const forms = readForms(folder)
const title = String(scenario.start?.title)

/** Who sits at a desk; the others hold a phone. */
const atDesk = new Set(['reviewer', 'supervision'])
const sizeOf = (username: string): Size => (atDesk.has(username) ? 'desk' : 'phone')

let server: RunningServer
let browser: Browser
let people: People
let photo: string
let pictures = ''
let now = Date.parse(scenario.startedAt)
let caseKey = ''
/** Element id → its name and form, from the model as deployed. */
let elements: ReadonlyMap<string, { readonly name: string; readonly formId: string | null }>

beforeAll(async () => {
  const { bundles } = await compilePackage(await readPackageFolder(folder))
  elements = new Map(
    Object.values(bundles.get(scenario.process)?.process.nodes ?? {}).map((node) => [
      node.id,
      { name: node.name ?? '', formId: node.type === 'bpmn:UserTask' ? (node.own.form?.formId ?? null) : null },
    ]),
  )
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  pictures = mkdtempSync(join(tmpdir(), 'bihuan-photo-'))
  photo = join(pictures, '现场.jpg')
  const easel = await people.visitor('phone')
  await easel.setContent('<body style="background:linear-gradient(#9ab,#685)">')
  await easel.screenshot({ path: photo, type: 'jpeg', quality: 60 })
  await server.setClock(now)
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
  if (pictures) rmSync(pictures, { recursive: true, force: true })
})

describe('a village decision in the browser, by different people', () => {
  it('a cadre starts the motion on a phone, with a photo', async () => {
    const page = await people.page(scenario.startedBy, 'phone')
    keepPicture(page)
    await page.getByRole('link', { name: '发起' }).click()
    await page.getByText('四议两公开').first().click()
    await page
      .getByRole('button', { name: '开始' })
      .or(page.getByRole('link', { name: '开始' }))
      .click()
    await page.waitForURL(/\/start\/village_decision/)
    await fill(page.locator('.fjs-container'), forms.get('village_decision_motion') ?? [], scenario.start ?? {}, photo)
    await page.locator('.form-bar .btn.primary').click()
    await page.waitForURL(/\/cases\/\d+/)
    caseKey = /\/cases\/(\d+)/.exec(page.url())?.[1] ?? ''
    await page.getByText(title).first().waitFor()
  })

  for (const [index, step] of scenario.steps.entries()) {
    const who = step.as ? ` by ${step.as}` : ''
    const what = step.complete ?? step.action ?? step.advance ?? (step.expect ? 'expect' : 'step')
    it(`${index + 1} ${what}${who}`, async () => {
      if (step.complete) await complete(step.complete, personOf(step.complete, step.as), step.answers ?? {})
      else if (step.action) await act(step.action, step.as ?? scenario.startedBy, step.answers ?? {})
      else if (step.advance) await advance(step.advance)
      else if (step.expect) await look(step.expect)
      else throw new Error(`the walk knows no such step: ${JSON.stringify(step)}`)
    })
  }

  it('villagers read both notices without signing in, and only what a notice names', async () => {
    const page = await people.visitor('phone')
    const bodies: string[] = []
    page.on('response', async (answer) => {
      if (answer.url().includes('/api/')) bodies.push(await answer.text().catch(() => ''))
    })
    await page.goto(`${server.address}/notices?unit=huayuan`)
    await page.getByText(title).first().waitFor()
    await page.getByText(title).first().click()
    await page.waitForURL(/\/notices\/\d+/)
    await page.getByText('花园村决议〔2026〕3号').first().waitFor()
    await page.waitForLoadState('networkidle')
    const seen = bodies.join('\n')
    expect(seen).toContain('花园村决议〔2026〕3号')
    // Variables of the case that no notice names.
    for (const secret of ['四组村民一人', '程序和内容合法', '计票人甲']) expect(seen).not.toContain(secret)
  })

  it('the trail verifies, and the pages met no fault', async () => {
    const { code, output } = server.verify()
    expect(output).not.toMatch(/broken/i)
    expect(code).toBe(0)
    expect(people.faults).toEqual([])
  })
})

/** The person of a step; without one, whoever did that task before. */
const doers = new Map<string, string>()
function personOf(elementId: string, as: string | undefined): string {
  const username = as ?? doers.get(elementId)
  if (!username) throw new Error(`step ${elementId} names nobody`)
  doers.set(elementId, username)
  return username
}

/** Keeps what a person saw when a step fails: BIHUAN_WALK_PICTURES names the folder. */
function keepPicture(page: Page): void {
  onTestFailed(async ({ task }) => {
    const kept = process.env.BIHUAN_WALK_PICTURES
    if (kept) await page.screenshot({ path: join(kept, `${task.name.replaceAll(/\W+/g, '-')}.png`) })
  })
}

/** Opens the task from the person's inbox, fills its form, submits. */
async function complete(elementId: string, username: string, answers: Variables): Promise<void> {
  const { name, formId } = elements.get(elementId) ?? { name: '', formId: null }
  const page = await people.page(username, sizeOf(username))
  keepPicture(page)
  await openInbox(page)
  // What others of the same office could take, too, is in the list to claim from.
  if ((await row(page, name).count()) === 0) await page.locator('nav').getByText('能领的').click()
  await row(page, name).click()
  const form = page.locator('.fjs-container')
  await form.waitFor()
  await page.getByText(name).first().waitFor()
  if (formId) await fill(form, forms.get(formId) ?? [], answers, photo)
  const answered = page.waitForResponse((answer) => /\/api\/tasks\/\d+\/complete$/.test(answer.url()))
  await page.locator('[data-act=submit]').click()
  const answer = await answered
  expect(answer.status(), await answer.text()).toBe(200)
}

/** The inbox, when its list or its empty state is there. */
async function openInbox(page: Page): Promise<void> {
  await page.goto(`${server.address}/`)
  await page.locator('.matter, .line, .empty-state, .state').first().waitFor()
}

const row = (page: Page, name: string) =>
  page.locator('.matter, .line').filter({ hasText: title }).filter({ hasText: name }).first()

async function act(label: string, username: string, answers: Variables): Promise<void> {
  const page = await people.page(username, 'phone')
  keepPicture(page)
  await page.goto(`${server.address}/cases/${caseKey}`)
  // While nothing else is to be done, the case offers its only act itself.
  const more = page.getByRole('button', { name: '更多' })
  await page.getByRole('button', { name: label }).or(more).first().waitFor()
  if (await more.isVisible()) await more.click()
  await page.getByRole('button', { name: label }).click()
  const form = page.locator('.act-form .fjs-container')
  await form.waitFor()
  await fill(form, forms.get('village_decision_objection') ?? [], answers, photo)
  const answered = page.waitForResponse(
    (answer) => /\/actions\/\d+$/.test(answer.url()) && answer.request().method() === 'POST',
  )
  await page.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  const answer = await answered
  expect(answer.ok(), await answer.text()).toBe(true)
}

async function advance(duration: string): Promise<void> {
  const length = parseDuration(duration)
  if (!length) throw new Error(`${duration} is no ISO 8601 duration`)
  now = addDuration(now, length)
  await server.setClock(now)
}

/** What the case says of itself, asked as the person who started it. */
async function look(expected: Expectation): Promise<void> {
  const page = await people.page(scenario.startedBy, 'phone')
  // A connection that was kept may be closed by the server just then: a browser asks once more.
  const read = async <T>(path: string): Promise<T> =>
    (await page.request.get(`${server.address}/api/cases/${caseKey}${path}`)).json() as Promise<T>
  const item = await read<Case>('')
  const sorted = (list: readonly string[]) => [...list].sort()
  if (expected.tasks) expect(sorted(item.tasks.map((task) => task.elementId))).toEqual(sorted(expected.tasks))
  if (expected.timers) expect(sorted(item.waits.map((wait) => wait.elementId))).toEqual(sorted(expected.timers))
  if (expected.actions) expect(sorted(item.actions.map((action) => action.label))).toEqual(sorted(expected.actions))
  if (expected.incidents) expect(item.incidents).toHaveLength(expected.incidents.length)
  if (expected.ended !== undefined) expect(item.endedAt !== null).toBe(expected.ended)
  if (expected.stage) {
    const current = item.ring.stages.filter((stage) => stage.state === 'current').map((stage) => stage.elementId)
    expect(current).toEqual([expected.stage])
  }
  const { taken } = await read<{ taken: string[] }>('/diagram')
  for (const flow of expected.taken ?? []) expect(taken).toContain(flow)
  for (const flow of expected.notTaken ?? []) expect(taken).not.toContain(flow)
}
