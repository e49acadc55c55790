import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Case, CaseStarted, ProblemJson, StartForm, Task, Trail } from '@bihuan/runtime/contract'
import { readScenarioFile } from '@bihuan/runtime/scenario'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { drawPhoto } from '../../designer/test/support/photo.ts'
import { type Answers, fillLabelled } from './support/fill.ts'
import { openTask, shows, submit } from './support/inbox.ts'
import { openBrowser, People, type Size } from './support/people.ts'
import { type RunningServer, startServer } from './support/server.ts'
import { call, keepBodies, upload } from './support/session.ts'
import { Studio } from './support/studio.ts'

const DAY = 24 * 3_600_000
const NAME = '困难群众临时救助'
/** Each is told the server once and must never come to the township. */
const VISIT = '四邻都说他家房梁已塌'
const ID_NUMBER = '11010519491231002X'
/** Fields as a spreadsheet gives them; the first one is typed. */
const FIELDS = [
  '申请人\t文字\t公开',
  '身份证号\t身份证号\t敏感',
  '联系电话\t手机号\t内部',
  '家庭住址\t文字\t内部',
  '家庭人口\t数字\t公开',
  '困难类型\t单选\t公开\t因病、因灾、因学、其他',
  '发生日期\t日期\t公开',
  '申请金额\t金额\t公开',
  '困难情况\t长文字\t内部',
  '是否低保户\t勾选\t内部',
  '现场照片\t照片\t内部',
]

let server: RunningServer
let browser: Browser
let people: People
let photo: Uint8Array
let folder = ''
let photoPath = ''
let now = Date.parse('2026-03-02T09:00:00+08:00')

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  photo = await drawPhoto(browser)
  folder = mkdtempSync(join(tmpdir(), 'bihuan-photo-'))
  photoPath = join(folder, '现场.jpg')
  writeFileSync(photoPath, photo)
  await server.setClock(now)
})

// BIHUAN_WALK_PICTURES names a folder: what everybody saw is kept there when a step fails.
afterEach(async ({ task }) => {
  const kept = process.env.BIHUAN_WALK_PICTURES
  if (!kept || task.result?.state !== 'fail') return
  for (const [who, page] of people.pages)
    await page.screenshot({ path: join(kept, `${task.name.slice(0, 30)} ${who}.png`) })
})

afterAll(async () => {
  await people?.close()
  await browser?.close()
  await server?.remove()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const pageOf = (username: string, size: Size): Promise<Page> => people.page(username, size)

async function openStudio(): Promise<Studio> {
  const page = await pageOf('designer', 'desk')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return new Studio(page, server.address)
}

describe('a department makes a process from a blank page, and it is worked the same minute', () => {
  let studio: Studio
  let caseKey = ''
  /** Key of the field that the township must not see. */
  let hidden = ''

  it('draws it with ready pieces: five steps with people, a branch, a deadline, a notice', async () => {
    studio = await openStudio()
    await studio.makeBlank(NAME)
    await studio.choose('发起')
    await studio.say(studio.section('谁能发起'), [['哪种人', '村文书']])
    await studio.panel.getByText('文守墨').waitFor()
    await studio.append('审核', '村委会审核')
    await studio.say(studio.section('谁来办'), [['哪种人', '村委会主任']])
    await studio.say(studio.section('何时办完'), [
      ['何时办完', '到手后'],
      ['多少', '3'],
    ])
    await studio.append('限时')
    await studio.choose('催办')
    await studio.say(studio.section('谁来办'), [['哪种人', '村党支部书记']])
    await studio.choose('村委会审核')
    await studio.append('判断', '救助金额')
    await studio.append('审核', '乡镇审核')
    await studio.append('公示')
    await studio.append('填报', '发放登记')
    const drawing = await studio.saved('process.bpmn', '发放登记')
    expect(drawing.match(/<bpmn:userTask /g)).toHaveLength(5)
    // A form is called as its step.
    await studio.saved('review_1.form', '"title": "村委会审核"')
    expect(drawing).toMatch(/<bpmn:boundaryEvent [^>]*attachedToRef="review_1"/)
    expect(drawing).toMatch(/dueDate='?"?=now\(\) \+ duration\(/)
  })

  it('sees in the list and on the drawing who is missing, and mends it from there', async () => {
    const list = await studio.problems()
    const finding = (step: string) => list.getByRole('button', { name: `“${step}”没有写谁来办` })
    const dot = (step: string) => studio.page.getByRole('button', { name: `${step}：1 处要看` })
    await finding('乡镇审核').waitFor()
    await dot('乡镇审核').waitFor()
    for (const [step, place, role] of [
      ['乡镇审核', '所属镇', '乡镇审核员'],
      ['发放登记', '事项所在单位', '村文书'],
    ] as const) {
      await studio.page.getByRole('application').focus()
      await finding(step).click()
      await expect.poll(() => studio.chosenName()).toBe(step)
      const who = studio.section('谁来办')
      if (place !== '事项所在单位') await studio.pick(who, '哪一级', place)
      await studio.pick(who, '哪种人', role)
      await finding(step).waitFor({ state: 'detached' })
      await dot(step).waitFor({ state: 'detached' })
    }
    const drawing = await studio.saved('process.bpmn', 'township_reviewer@township')
    expect(drawing).toContain('candidateGroups="committee_director"')
  })

  it('lists its fields: one typed, eleven from a spreadsheet, two more beside them', async () => {
    const { page } = studio
    await studio.go('字段')
    await page.getByRole('button', { name: '新字段' }).click()
    await page.getByLabel('新字段的名称').fill('家访记录')
    await studio.press('Enter', 'Escape')
    await studio.paste(FIELDS.join('\n'))
    await page.getByRole('rowheader', { name: '现场照片' }).waitFor()
    await page.getByRole('rowheader', { name: '家访记录' }).click()
    await studio.press('ArrowRight', 'Enter')
    await page.getByRole('combobox', { name: '填法' }).selectOption('长文字')
    await studio.press('ArrowRight', 'Enter')
    await page.getByRole('combobox', { name: '公开程度' }).selectOption('敏感')
    await page.getByRole('rowheader', { name: '现场照片' }).click()
    await studio.paste('实发金额\t金额\t公开\n发放日期\t日期\t公开')
    const text = await studio.saved('fields.yaml', '发放日期')
    hidden = /key: (\S+)\n {4}name: 家访记录/.exec(text)?.[1] ?? ''
    for (const kind of 'longText text idNumber mobile number choice date money yesNo photo'.split(' '))
      expect(text).toContain(`kind: ${kind}`)
    expect(text).toContain('label: 因灾')
    expect(text).toMatch(/name: 家访记录\n {4}kind: longText\n[^-]*grade: sensitive/)
  })

  it('says by keyboard alone who fills what at which step, many cells at once', async () => {
    const { page } = studio
    const press = (...keys: readonly string[]) => studio.press(...keys)
    const times = (key: string, count: number) => press(...Array<string>(count).fill(key))
    await page.getByRole('rowheader', { name: '现场照片' }).click()
    await times('ArrowRight', 3)
    expect(await studio.focused()).toBe('现场照片，发起，看不到')
    await times('Shift+ArrowUp', 11)
    await press('m')
    await page.getByRole('status').filter({ hasText: '12 格改为必填' }).waitFor()
    // Who mends fills the same: the block is copied over.
    await press('Control+c', 'Escape', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Control+v', 'Escape')
    expect(await studio.focused()).toBe('家访记录，修改后再报，必填')
    await times('ArrowLeft', 2)
    await times('Shift+ArrowDown', 11)
    await press('r', 'Escape')
    expect(await studio.focused()).toBe('现场照片，村委会审核，只读')
    await times('ArrowRight', 3)
    await times('Shift+ArrowUp', 11)
    await press('r', 'Escape', 'h', 'ArrowDown', 'ArrowDown', 'h')
    expect(await studio.focused()).toBe('身份证号，乡镇审核，看不到')
    await press('ArrowRight', 'ArrowUp', 'r')
    await times('ArrowDown', 10)
    expect(await studio.focused()).toBe('现场照片，发放登记，看不到')
    await press('ArrowDown', 'Shift+ArrowDown', 'm')
    // One may leave a box unticked.
    await page.getByRole('gridcell', { name: '是否低保户，发起，必填' }).click()
    await press('w', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'w')
    const text = await studio.saved('fields.yaml', / {2}review_1_mend:\n(?: {4}.*\n)*? {4}\w+: write\n/)
    const access = (step: string) => new RegExp(`\\n {2}${step}:\\n((?: {4}.*\\n)+)`).exec(text)?.[1] ?? ''
    expect(access('start')).toContain(`${hidden}: required`)
    expect(access('review_1')).toContain(`${hidden}: read`)
    expect(access('review_2')).not.toContain(`${hidden}:`)
    expect(access('review_2').match(/: read/g)?.length).toBeGreaterThanOrEqual(10)
    expect(access('fill_1').match(/: required/g)).toHaveLength(2)
  })

  it('sees the forms that came of it on a desk and on a phone', async () => {
    const { page } = studio
    await page.getByRole('columnheader', { name: '发起' }).getByRole('button').click()
    await page.getByRole('region', { name: '电脑' }).getByText('困难类型').waitFor()
    await page.frameLocator('iframe').getByText('困难类型').waitFor()
    await page.getByRole('columnheader', { name: '乡镇审核' }).getByRole('button').click()
    const desk = page.getByRole('region', { name: '电脑' })
    await desk.getByText('审核结论 2').waitFor()
    await desk.getByText('困难情况').waitFor()
    expect(await desk.getByText('家访记录').count()).toBe(0)
  })

  it('changes a form by hand; a field renamed afterwards comes in beside it', async () => {
    const { page } = studio
    await studio.go('表单')
    await page.getByRole('navigation', { name: '全部表单' }).getByRole('button', { name: /^发起/ }).click()
    await page.locator('.fjs-form-field', { hasText: '困难情况' }).last().click()
    const label = page.getByRole('textbox', { name: '字段名称' })
    await label.fill('为什么困难')
    await label.press('Tab')
    await studio.saved('start.form', '为什么困难')
    await studio.go('字段')
    await page.getByRole('rowheader', { name: '申请金额' }).click()
    await studio.press('F2')
    await page.getByRole('textbox', { name: '字段', exact: true }).fill('申请救助金额')
    await studio.press('Enter')
    const form = await studio.saved('start.form', '申请救助金额')
    expect(form).toContain('为什么困难')
    expect(form).not.toContain('困难情况')
    expect(await studio.saved('review_1.form', '申请救助金额')).toContain('困难情况')
  })

  it('says which way is taken when, and what is published for how long', async () => {
    const { page } = studio
    await studio.go('流程')
    await studio.choose('救助金额')
    const ways = studio.section('走哪条路')
    await studio.pick(ways, '看哪个字段', '申请救助金额')
    await studio.pick(ways, '怎样比', '大于')
    await studio.say(ways, [['比什么', '5000']])
    await ways.getByRole('button', { name: '到哪里 结束（不再办理）' }).click()
    await page.getByRole('option', { name: '转到「公示」' }).click()
    await studio.choose('公示')
    await studio.say(studio.section('公示几天'), [['天', '3']])
    for (const field of ['申请人', '困难类型', '申请救助金额'])
      await studio.section('公示什么').getByRole('checkbox', { name: field, exact: true }).check()
    await studio.section('公示什么').getByRole('button', { name: '公示哪些照片 不放照片' }).waitFor()
    // What is sensitive is not even offered.
    expect(await studio.section('公示什么').getByRole('checkbox', { name: '家访记录' }).count()).toBe(0)
    await studio.chooseNothing()
    await studio.pick(studio.section('事项叫什么'), '事项叫什么', '申请人')
    await studio.say(studio.section('怎样编号'), [['怎样编号', '临救']])
    const drawing = await studio.saved('process.bpmn', 'numberPrefix="临救"')
    expect(drawing).toMatch(/=number\(\w+\) &gt; 5000/)
    expect(drawing).not.toContain('不再办理')
    await page.getByRole('button', { name: '没有要看的' }).waitFor()
  })

  it('tries the start form, then publishes with a note', async () => {
    const { page } = studio
    await page.getByRole('link', { name: '试一下' }).click()
    const trial = page.locator('.trial-form')
    await trial.getByRole('heading', { name: '发起' }).waitFor()
    await trial.getByRole('button', { name: '填上样例' }).click()
    await trial.getByRole('button', { name: '发起', exact: true }).click()
    await page.getByRole('region', { name: '村委会审核' }).waitFor()
    await page.getByRole('region', { name: '为什么走到这里' }).getByText('发起').first().waitFor()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('花园村等 2 个村从今天起用 v1。').waitFor()
    await dialog.getByText('6 个环节').waitFor()
    expect(await dialog.getByRole('button', { name: '发布' }).getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('这次改了什么').fill('头一版，按镇里的办法')
    await dialog.getByRole('button', { name: '发布' }).click()
    await dialog.getByText('v1 已发布').waitFor()
  })

  it('a cadre starts it on a phone', async () => {
    const page = await pageOf('clerk', 'phone')
    await page.goto(`${server.address}/start`)
    await page.getByText(NAME).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '开始填写' }).click()
    const form = page.locator('.fjs-container')
    await fillLabelled(form, {
      家访记录: VISIT,
      申请人: '张水生',
      身份证号: ID_NUMBER,
      联系电话: '13800000000',
      家庭住址: '花园村三组 8 号',
      家庭人口: '4',
      困难类型: { pick: '因灾' },
      发生日期: '2026-02-20',
      申请救助金额: '8000',
      为什么困难: '房屋受损。',
      现场照片: { photo: photoPath },
    })
    await page.locator('.form-bar .btn.primary').click()
    await page.waitForURL(/\/cases\/\d+/)
    caseKey = /\/cases\/(\d+)/.exec(page.url())?.[1] ?? ''
    await page.getByText('张水生').first().waitFor()
    await page.getByText('临救-2026-0001').first().waitFor()
  })

  it('it is refused, mended, and approved in the village', async () => {
    await complete('director', '村委会审核', VISIT, { 审核结论: { pick: '退回' }, 审核意见: '写明受损几间。' })
    const clerk = await pageOf('clerk', 'phone')
    await openTask(clerk, server.address, '张水生', '修改后再报')
    // What he only reads offers no choice.
    const told = clerk.locator('.fjs-form-field-radio').filter({ hasText: /^审核结论(?! 2)/ })
    await told.getByText('退回', { exact: true }).waitFor()
    expect(await told.getByText('同意', { exact: true }).isVisible()).toBe(false)
    expect(await told.locator('input').first().isVisible()).toBe(false)
    await complete('clerk', '修改后再报', '写明受损几间。', { 困难情况: '房屋受损三间，一间不能住人。' })
    // Nothing of his former judgement is filled in: one press sends none.
    const director = await pageOf('director', 'phone')
    await openTask(director, server.address, '张水生', '村委会审核')
    await shows(director, '房屋受损三间')
    const form = director.locator('.fjs-container')
    const conclusion = form.locator('.fjs-form-field-radio').filter({ hasText: /^审核结论(?! 2)/ })
    await expect.poll(() => conclusion.getByRole('radio').count()).toBe(2)
    expect(await conclusion.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await form.getByLabel(/^审核意见(?! 2)/).inputValue()).toBe('')
    await director.locator('[data-act=submit]').click()
    await form.locator('.fjs-has-errors').filter({ hasText: '审核结论' }).waitFor()
    await complete('director', '村委会审核', '房屋受损三间', { 审核结论: { pick: '同意' }, 审核意见: '属实。' })
  })

  it('the township approves and never gets what it must not see, nor can write it', async () => {
    let seen = async () => ''
    const page = await people.page('reviewer', 'desk', (fresh) => {
      seen = keepBodies(fresh)
    })
    await openTask(page, server.address, '张水生', '乡镇审核')
    await shows(page, '房屋受损三间')
    const { key, form } = await taskOf(page, '乡镇审核')
    const answers = { conclusion_2: 'agree', opinion_2: '同意' }
    const forged = await call<ProblemJson>(page, 'POST', `/tasks/${key}/complete`, {
      formKey: form?.formKey ?? null,
      answers: { ...answers, [hidden]: '改写' },
    })
    expect(forged.status).toBe(422)
    expect(forged.body.fields?.map(({ field }) => field)).toEqual([hidden])
    await fillLabelled(page.locator('.fjs-container'), { '审核结论 2': { pick: '同意' } })
    await submit(page)
    await page.goto(`${server.address}/cases/${caseKey}`)
    await page.getByText('张水生').first().waitFor()
    for (const path of ['', '/diagram', '/trail']) await call(page, 'GET', `/cases/${caseKey}${path}`)
    const text = await seen()
    expect(text).toContain('房屋受损三间')
    for (const secret of [VISIT, ID_NUMBER, ID_NUMBER.slice(6, 14)]) expect(text.includes(secret), secret).toBe(false)
  })

  it('the village reads the notice, the payment is recorded, and the case ends', async () => {
    const visitor = await people.visitor('phone')
    const seen = keepBodies(visitor)
    await visitor.goto(`${server.address}/notices?unit=huayuan`)
    await visitor.getByText(NAME).first().click()
    await visitor.waitForURL(/\/notices\/\d+/)
    await visitor.getByText('因灾').first().waitFor()
    await visitor.getByText('张水生').first().waitFor()
    const published = await seen()
    for (const secret of [VISIT, ID_NUMBER, '13800000000', '房屋受损三间'])
      expect(published.includes(secret), secret).toBe(false)
    const clerk = await pageOf('clerk', 'phone')
    expect((await caseOf(clerk)).waits.map(({ name }) => name)).toEqual(['公示期满'])
    now += 4 * DAY
    await server.setClock(now)
    await complete('clerk', '发放登记', '', { 实发金额: '8000', 发放日期: '2026-03-06' })
    const ended = await caseOf(clerk)
    expect(ended.endedAt).not.toBeNull()
    expect(ended.incidents).toEqual([])
    const trail = await call<Trail>(clerk, 'GET', `/cases/${caseKey}/trail`)
    expect(JSON.stringify(trail.body)).toContain('8000')
  })

  const caseOf = async (page: Page) => (await call<Case>(page, 'GET', `/cases/${caseKey}`)).body

  async function taskOf(page: Page, name: string): Promise<Task> {
    const found = (await caseOf(page)).tasks.find((task) => task.name === name)
    return (await call<Task>(page, 'GET', `/tasks/${found?.key}`)).body
  }

  /** Does a step through its form; `reads` is a text that stands on it. */
  async function complete(username: string, name: string, reads: string, answers: Answers): Promise<void> {
    const page = await pageOf(username, 'phone')
    await openTask(page, server.address, '张水生', name)
    if (reads) await shows(page, reads)
    await fillLabelled(page.locator('.fjs-container'), answers)
    await submit(page)
  }
})

describe('the village decision is changed while a case runs on it', () => {
  const scenarios = fileURLToPath(new URL('../village-decision/scenarios/', import.meta.url))
  const file = 'branch-not-proposed.yaml'
  const { scenario } = readScenarioFile(readFileSync(join(scenarios, file), 'utf8'), file)
  let first = ''

  it('a case is started on version 1', async () => {
    first = await start()
    expect(await caseOf(first)).toMatchObject({ version: 1 })
  })

  it('a label, an access and a parameter are changed, compared and published', async () => {
    const studio = await openStudio()
    const { page } = studio
    await studio.open('village_decision', '/fields')
    await page.getByRole('rowheader', { name: '预算金额' }).click()
    await studio.press('F2')
    await page.getByRole('textbox', { name: '字段', exact: true }).fill('概算金额')
    await studio.press('Enter')
    await page.getByRole('gridcell', { name: '初步方案，登记党支部会提议，只读' }).click()
    await studio.press('h')
    expect(await studio.focused()).toBe('初步方案，登记党支部会提议，看不到')
    await studio.go('参数')
    const days = page.getByLabel('决议公开天数，默认值')
    await days.fill('9')
    await days.press('Tab')
    await studio.saved('parameters.yaml', 'default: 9')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('留在 v1 办完').waitFor()
    const part = (title: string) =>
      dialog.locator('section').filter({ has: page.getByRole('heading', { name: title }) })
    expect(await part('字段').getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/预算金额 改为 概算金额/),
    ])
    expect(await part('谁能看、谁来填').locator('dt, dd').allInnerTexts()).toEqual([
      '登记党支部会提议',
      '初步方案，只读 改为 看不到',
    ])
    expect(await part('参数').getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/决议公开天数[\s\S]*7 改为 9/),
    ])
    expect(await part('流程图').count()).toBe(0)
    expect(await part('判断表').count()).toBe(0)
    await dialog.getByLabel('这次改了什么').fill('公开改为 9 天')
    await dialog.getByRole('checkbox', { name: /我看过/ }).check()
    await dialog.getByRole('button', { name: '发布' }).click()
    await dialog.getByText('v2 已发布').waitFor()
  })

  it('a new case is filled by the new forms', async () => {
    const page = await pageOf('clerk', 'phone')
    await page.goto(`${server.address}/start/village_decision`)
    const form = page.locator('.fjs-container')
    await fillLabelled(form, { 要花钱吗: { pick: '要' } })
    await form.getByText('概算金额').waitFor()
    expect(await form.getByText('预算金额').count()).toBe(0)
  })

  it('each case ends on its own version', async () => {
    const second = await start()
    expect(await caseOf(second)).toMatchObject({ version: 2 })
    for (const [key, version, label, days] of [
      [first, 1, '预算金额', 7],
      [second, 2, '概算金额', 9],
    ] as const) {
      const forms: (Task | undefined)[] = []
      for (const step of scenario.steps) if (step.complete) forms.push(await complete(key, step))
      const branch = forms.find((task) => task?.form?.formId === 'village_decision_branch_meeting')
      expect(Object.hasOwn(branch?.form?.data ?? {}, 'plan_draft')).toBe(version === 1)
      const ended = await caseOf(key)
      expect(ended).toMatchObject({ version, incidents: [] })
      expect(ended.endedAt).not.toBeNull()
      expect(ended.summary.map((answer) => answer.label)).toContain(label)
      const [notice] = ended.notices
      const stands = Date.parse(notice?.until ?? '') - Date.parse(notice?.publishedAt ?? '')
      expect(Math.floor(stands / DAY)).toBe(days)
      const page = await pageOf('secretary', 'desk')
      await page.goto(`${server.address}/cases/${key}`)
      await page.getByRole('term').filter({ hasText: label }).waitFor()
    }
  })

  it('the trail verifies, and the pages met no fault', async () => {
    const { code, output } = server.verify()
    expect(output).not.toMatch(/broken/i)
    expect(code).toBe(0)
    expect(people.faults).toEqual([])
  })

  /** Answers of the scenario, each file of it sent by who answers. */
  async function withFiles(page: Page, answers: object): Promise<object> {
    const sent = await upload(page, photo, '现场.jpg')
    return Object.fromEntries(
      Object.entries(answers).map(([name, value]) => [name, JSON.stringify(value).includes('"file-') ? [sent] : value]),
    )
  }

  async function start(): Promise<string> {
    const page = await pageOf(scenario.startedBy, 'phone')
    const { body } = await call<StartForm>(page, 'GET', '/startable/village_decision')
    const answers = await withFiles(page, scenario.start ?? {})
    const given = { processId: 'village_decision', unitId: 'huayuan', formKey: body.form?.formKey ?? null, answers }
    const started = await call<CaseStarted>(page, 'POST', '/cases', given)
    expect(started.status, JSON.stringify(started.body)).toBe(201)
    return started.body.caseKey
  }

  async function caseOf(key: string): Promise<Case> {
    return (await call<Case>(await pageOf(scenario.startedBy, 'phone'), 'GET', `/cases/${key}`)).body
  }

  /** Does a step of the scenario. @returns the task as it stood before */
  async function complete(key: string, step: (typeof scenario.steps)[number]): Promise<Task> {
    const page = await pageOf(step.as ?? '', 'desk')
    const open = (await caseOf(key)).tasks.find((task) => task.elementId === step.complete)
    await call(page, 'POST', `/tasks/${open?.key}/claim`)
    const { body } = await call<Task>(page, 'GET', `/tasks/${open?.key}`)
    const answers = await withFiles(page, step.answers ?? {})
    const given = { formKey: body.form?.formKey ?? null, answers }
    const done = await call(page, 'POST', `/tasks/${open?.key}/complete`, given)
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    return body
  }
})
