import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Case, CaseStarted, StartForm, Task } from '@bihuan/runtime/contract'
import { readScenarioFile } from '@bihuan/runtime/scenario'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fill, readForms } from '../../examples/test/support/fill.ts'
import { openBrowser, People } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { call, upload } from '../../examples/test/support/session.ts'
import { kept } from './support/kept.ts'
import { drawPhoto } from './support/photo.ts'
import { drafted, matter, StartPhones, write } from './support/start-phones.ts'

const folder = fileURLToPath(new URL('../../examples/village-decision/', import.meta.url))
const { scenario } = readScenarioFile(readFileSync(join(folder, 'scenarios/main.yaml'), 'utf8'), 'main.yaml')
const motion = readForms(folder).get('village_decision_motion') ?? []
const DRAFT = '/startable/village_decision/draft'

let server: RunningServer
let browser: Browser
let people: People
let phones: StartPhones
let pictures = ''

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  phones = new StartPhones(server, people)
  pictures = mkdtempSync(join(tmpdir(), 'bihuan-photo-'))
  writeFileSync(join(pictures, '现场.jpg'), await drawPhoto(browser))
  await server.setClock(Date.parse(scenario.startedAt))
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
  if (pictures) rmSync(pictures, { recursive: true, force: true })
})

describe('what one person typed', () => {
  it('A08 is not saved as the draft of another who signs in where the session had ended', async () => {
    const page = await phones.of('clerk')
    await phones.openForm(page)
    await write(page, '文书填的')
    await page.context().clearCookies()
    await matter(page).fill('文书填的，还没有存')
    await page.getByText('登录到期了').waitFor()
    await phones.signIn(page, 'proposer')
    await page.getByText('冬小议').or(page.getByText('都办完了')).first().waitFor()
    expect(await drafted(page)).toBe(null)
  })

  it('A08 is not saved as the draft of another who signed in beside it', async () => {
    const page = await phones.of('clerk')
    await phones.openForm(page)
    const beside = await page.context().newPage()
    await beside.goto(`${server.address}/me`)
    await beside.getByRole('button', { name: '退出' }).click()
    await phones.signIn(beside, 'proposer')
    await beside.waitForURL((url) => url.pathname !== '/sign-in')
    await matter(page).fill('文书在旧页里填的')
    await page.getByText('登录到期了').waitFor()
    expect(await drafted(beside)).toBe(null)
    await phones.signIn(page, 'clerk')
    await page.getByText(/草稿.*已存/).waitFor()
    expect(await drafted(page)).toBe('文书在旧页里填的')
  })
})

describe('a task that changes under the page', () => {
  /** A matter just begun, at its first task; opens that. */
  async function begun(page: Page): Promise<{ caseKey: string; taskKey: string }> {
    const photo = await upload(page, readFileSync(join(pictures, '现场.jpg')), '现场.jpg')
    const form = await call<StartForm>(page, 'GET', '/startable/village_decision')
    const started = await call<CaseStarted>(page, 'POST', '/cases', {
      processId: 'village_decision',
      unitId: 'huayuan',
      formKey: form.body.form?.formKey ?? null,
      answers: { ...scenario.start, title: '同一件事', site_photos: [photo] },
    })
    const { caseKey } = started.body
    const { body } = await call<Case>(page, 'GET', `/cases/${caseKey}`)
    const taskKey = body.tasks[0]?.key ?? ''
    await page.goto(`${server.address}/tasks/${taskKey}`)
    await reason(page).waitFor()
    return { caseKey, taskKey }
  }
  const choose = (page: Page, option: string) =>
    page.locator('.fjs-container label', { hasText: option }).first().click()
  const reason = (page: Page) => page.locator('.fjs-container label', { hasText: '对，按这样办' }).first()

  it('F05 says so while it is filled in, when it was completed elsewhere, and gives back what was typed', async () => {
    const page = await phones.of('secretary')
    const { taskKey } = await begun(page)
    const elsewhere = await phones.of('secretary')
    const { body } = await call<Task>(elsewhere, 'GET', `/tasks/${taskKey}`)
    const answers = { classification: 'confirm' }
    const done = { formKey: body.form?.formKey ?? null, answers }
    expect((await call(elsewhere, 'POST', `/tasks/${taskKey}/complete`, done)).status).toBe(200)
    await choose(page, '对，按这样办')
    await page.getByText(/舒向前 于 .* 办完/).waitFor()
    await page.getByRole('button', { name: '抄下我填的' }).waitFor()
  })

  it('a case that is suspended takes the same answers when it goes on', async () => {
    const page = await phones.of('secretary')
    const { caseKey } = await begun(page)
    const operator = await phones.of('operator')
    const turn = (act: 'suspend' | 'resume') =>
      operator.evaluate(
        async ([path, key]) => {
          const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
          const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ reason: '核对' }) })
          return answer.status
        },
        [`/api/operate/cases/${caseKey}/${act}`, `${act} ${caseKey}`] as const,
      )
    expect(await turn('suspend')).toBe(204)
    await choose(page, '对，按这样办')
    await page.locator('[data-act=submit]').click()
    await page.getByText('这个办件已暂停办理').waitFor()
    expect(await turn('resume')).toBe(204)
    await page.locator('[data-act=submit]').click()
    await page.getByText('已提交').first().waitFor()
  })
})

describe('a field of photos', () => {
  it('I13 takes no other kind of file, whatever was chosen past its list, and says so', async () => {
    const page = await phones.of('clerk')
    await phones.openForm(page)
    const field = page.locator('.fjs-form-field-filepicker').first()
    const sent: string[] = []
    page.on('request', (request) => request.url().endsWith('/api/files') && sent.push(request.url()))
    const paper = { name: '方案.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') }
    await field.locator('input[type=file]').setInputFiles(paper)
    await field.getByText('方案.pdf 不是照片，这一栏只收照片。').waitFor()
    expect(sent).toEqual([])
  })
})

describe('a photo on its way', () => {
  it('is told of when its form is left before it has arrived', async () => {
    const page = await phones.of('clerk')
    await phones.walkToForm(page)
    await page.route('**/api/files', () => undefined)
    const field = page.locator('.fjs-form-field-filepicker').first()
    await field.locator('input[type=file]').setInputFiles(join(pictures, '现场.jpg'))
    await field.getByRole('progressbar').waitFor()
    await page.goBack()
    await page.getByText('有 1 个文件没传完').waitFor()
  })
})

describe('without a network', () => {
  it('a page that was not fetched yet says so, and comes by itself with the network', async () => {
    const page = await phones.of('clerk')
    await page.locator('.matter, .state').first().waitFor()
    await page.context().setOffline(true)
    await page.locator('nav').getByRole('link', { name: '事项' }).click()
    await page.getByText('没连上').waitFor()
    await page.locator('nav').getByRole('link', { name: '我' }).click()
    await page.waitForURL(/\/me$/)
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: '文守墨' }).waitFor()
  })

  it('a page whose code a newer version of the app has replaced is loaded with it', async () => {
    const page = await phones.of('clerk')
    await page.locator('.matter, .state').first().waitFor()
    let asked = 0
    await page.route(/assets\/cases-page.*\.js$/, (route) => {
      asked += 1
      return asked === 1 ? route.fulfill({ status: 404, body: '' }) : route.continue()
    })
    await page.locator('nav').getByRole('link', { name: '事项' }).click()
    await page.getByRole('heading', { name: '事项', exact: true }).waitFor()
    expect(asked).toBe(2)
  })

  it('signing out says that it did not happen', async () => {
    const page = await phones.of('clerk')
    await page.goto(`${server.address}/me`)
    const words = page.waitForResponse(/toast-region.*\.js/)
    await page.getByRole('button', { name: '退出' }).waitFor()
    await words
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByText('没有退出：网断了').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: '退出' }).click()
    await page.waitForURL(/sign-in/)
  })

  it('E05 signing out says what would be lost with it, and does it at the next press', async () => {
    const page = await phones.of('clerk')
    await phones.walkToForm(page)
    await write(page, '甲')
    await page.route(`**/api${DRAFT}`, (route) => route.abort())
    await matter(page).fill('甲乙')
    await expect.poll(async () => (await kept(page)).texts).toBe(1)
    await page.goto(`${server.address}/me`)
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByText('有 1 份填的还没存上').waitFor()
    expect(page.url()).toContain('/me')
    await page.getByRole('button', { name: '退出' }).click()
    await page.waitForURL(/sign-in/)
    expect(await kept(page)).toMatchObject({ keys: 0, texts: 0 })
  })

  it('E05 what a left page had not saved opens with the form again, and never overwrites what is typed then', async () => {
    const page = await phones.of('clerk')
    await phones.walkToForm(page)
    await write(page, '甲')
    await page.clock.install()
    await page.route(`**/api${DRAFT}`, (route) => route.abort())
    await matter(page).fill('甲乙')
    await page.clock.runFor(2000)
    await page.getByText('填的都在本机').first().waitFor()
    await page.goBack()
    await page.getByText('四议两公开').first().waitFor()
    await page.unroute(`**/api${DRAFT}`)
    await page.goForward()
    await expect.poll(() => matter(page).inputValue()).toBe('甲乙')
    // Two frames after a form has come, what changes is what somebody typed.
    await page.clock.runFor(100)
    await matter(page).fill('甲乙丙')
    await page.clock.runFor(2000)
    await expect.poll(() => drafted(page)).toBe('甲乙丙')
    const saved: string[] = []
    page.on('request', (request) => request.method() === 'PUT' && saved.push(request.postData() ?? ''))
    await page.clock.runFor(15_000)
    expect(saved).toEqual([])
    expect(await drafted(page)).toBe('甲乙丙')
  })

  it('E05 what was typed here does not take the place of what was saved elsewhere since', async () => {
    const [phone, desk] = [await phones.of('proposer'), await phones.of('proposer')]
    await phones.openForm(phone)
    await write(phone, '起头')
    await phone.route(`**/api${DRAFT}`, (route) => route.abort())
    await matter(phone).fill('村里没网时填的')
    await phone.getByText('填的都在本机').first().waitFor()
    await phone.goto('about:blank')
    await server.setClock(Date.parse(scenario.startedAt) + 60 * 60_000)
    await phones.openForm(desk)
    await write(desk, '镇上后来填的')
    await phone.unroute(`**/api${DRAFT}`)
    await phone.goto(`${server.address}/start/village_decision`)
    await phone.getByText('这张表有两份草稿').waitFor()
    await phone.getByText('村里没网时填的').waitFor()
    expect(await drafted(phone)).toBe('镇上后来填的')
    await phone.getByRole('button', { name: '用这台机器上的' }).click()
    await expect.poll(() => matter(phone).inputValue()).toBe('村里没网时填的')
    await expect.poll(() => drafted(phone)).toBe('村里没网时填的')
  })

  it('F05 a matter whose answer was lost is not started twice, although the page was loaded anew', async () => {
    const page = await phones.of('secretary')
    await phones.openForm(page)
    const photo = join(pictures, '现场.jpg')
    await fill(page.locator('.fjs-container'), motion, { ...scenario.start, title: '只发一次' }, photo)
    await page.getByText(/草稿.*已存/).waitFor()
    await page.route('**/api/cases', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      return route.abort()
    })
    await matter(page).press('End')
    await matter(page).pressSequentially('。')
    await page.locator('.form-bar .btn.primary').click()
    await page.getByText('没发出去').waitFor()
    await page.unroute('**/api/cases')
    await page.reload()
    await expect.poll(() => matter(page).inputValue()).toBe('只发一次。')
    await page.locator('.form-bar .btn.primary').click()
    await page.waitForURL(/\/cases\/\d+/)
    const cases = await page.evaluate(async () => (await fetch('/api/cases')).json())
    expect((cases as { items: { title: string }[] }).items.filter((item) => item.title === '只发一次。')).toHaveLength(
      1,
    )
  })

  it('and no page met a fault on the way', () => {
    expect(people.faults).toEqual([])
  })
})
