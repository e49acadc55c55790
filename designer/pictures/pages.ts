import type { NoticeBoard } from '@bihuan/runtime/contract'
import type { Page } from 'playwright-core'
import type { Size } from '../../examples/test/support/people.ts'
import { drawn } from '../test/support/studio-scenes/process.ts'
import type { Seeded } from '../test/support/studio-seed.ts'
import type { Played, Village } from '../test/support/village.ts'

/** One picture: a page of the app as one person sees it in one width. */
export interface Picture {
  /** Name of the file, without `.png`; ends with the width. */
  readonly name: `${string}-${Size}`
  /** User name; null for a visitor. */
  readonly who: string | null
  readonly path: (village: Village, played: Played, studio: Seeded) => string | Promise<string>
  /** What to press before the picture is taken. */
  readonly press?: (page: Page) => Promise<void>
  /** Whether cases are to be stuck; they are, from then on. */
  readonly stuck?: true
  /** Whether cases are to be archived; a year has gone by, from then on. */
  readonly archived?: true
}

async function taskPath(village: Village, who: string, caseKey: string): Promise<string> {
  const { tasks } = await village.ask<{ tasks: { key: string; mine: boolean }[] }>(who, 'GET', `/cases/${caseKey}`)
  const key = tasks.find((task) => task.mine)?.key
  if (!key) throw new Error(`${who} has no task in case ${caseKey}`)
  return `/tasks/${key}`
}

async function noticePath(village: Village): Promise<string> {
  const { items } = await village.ask<NoticeBoard>('clerk', 'GET', '/notices?unit=huayuan')
  const open = items.find((item) => item.state === 'open')
  if (!open) throw new Error('no notice is open')
  return `/notices/${open.key}`
}

const openSheet = async (page: Page): Promise<void> => {
  await page.getByText('四议两公开').first().click()
  await page.getByRole('dialog').waitFor()
}

const review = async (page: Page): Promise<void> => {
  await page.locator('label', { hasText: /^合法$/ }).click()
  await page.getByLabel('审核意见').fill('程序和内容合法。预算与询价相符，授权在有效期内。')
  await page.getByText(/草稿.*已存/).waitFor()
  await page.getByRole('button', { name: '看前几步' }).click()
}

/** The drawing stands, in that way of drawing. */
const inMode = (mode: '业务' | '专业') => async (page: Page) => {
  await drawn(page)
  await page.getByText(mode, { exact: true }).click()
  await page.locator('.djs-context-pad').waitFor()
  await page.mouse.move(0, 0)
}
const meeting = (part: string) => (_village: Village, _played: Played, studio: Seeded) =>
  `/studio/${studio.meeting}${part}`
const village = (part: string) => () => `/studio/village_decision${part}`

/** The trial has begun and one step of it is done. */
const tried = async (page: Page): Promise<void> => {
  for (const act of ['发起', '提交']) {
    await page.locator('.trial-form .fjs-powered-by').waitFor()
    await page.getByRole('button', { name: '填上样例' }).click()
    await page.locator('.trial-form').getByRole('button', { name: act }).click()
    await page.locator('.trial-why li').first().waitFor()
  }
}

const publish = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.locator('.comparison').waitFor()
  await page.getByLabel('这次改了什么').fill('说明改叫会议说明，办完的叫登记完成')
  await page.getByRole('checkbox', { name: '我看过' }).check()
  await page.locator('.sheet-body').evaluate((body) => body.scrollTo(0, 0))
}

const tested = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '加一个' }).click()
  await page.locator('.test.open').waitFor()
}

const older = async (page: Page): Promise<void> => {
  await page.locator('.version').nth(1).click()
  await page.locator('.comparison').waitFor()
}

const chosenRow = async (page: Page): Promise<void> => {
  await page.locator('.parameters-table tbody button').nth(7).click()
}

const field = async (page: Page): Promise<void> => {
  const component = page.locator('.fjs-form-editor [data-id$="_purchases"]')
  await component.click({ position: { x: 8, y: 8 } })
  await page.mouse.move(0, 0)
}

const studioPictures: readonly Picture[] = [
  { name: 'studio-list-desk', who: 'designer', path: () => '/studio' },
  { name: 'studio-process-desk', who: 'designer', path: village('?element=branch_meeting'), press: inMode('业务') },
  { name: 'studio-expert-desk', who: 'designer', path: village('?element=precheck'), press: inMode('专业') },
  { name: 'studio-made-desk', who: 'designer', path: meeting('?element=review'), press: inMode('业务') },
  {
    name: 'studio-fields-desk',
    who: 'designer',
    path: village('/fields'),
    press: (page) => page.getByRole('gridcell', { name: '预算金额，提出动议，必填' }).click(),
  },
  { name: 'studio-forms-desk', who: 'designer', path: meeting('/forms'), press: field },
  { name: 'studio-decisions-desk', who: 'designer', path: village('/decisions'), press: tested },
  { name: 'studio-parameters-desk', who: 'designer', path: village('/parameters'), press: chosenRow },
  { name: 'studio-trial-desk', who: 'designer', path: village('/trial'), press: tried },
  { name: 'studio-publish-desk', who: 'designer', path: meeting(''), press: publish },
  { name: 'studio-history-desk', who: 'designer', path: meeting('/history'), press: older },
]

const unanswered = () => '/operate?process=temporary_aid&step=check&code=JOB_RETRIES_EXHAUSTED'

const moving = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '挪', exact: true }).click()
  await page.locator('[data-element-id="review"]').first().click()
  await page.getByText('从头做起').waitFor()
  await page.getByLabel('理由').fill('户籍所已经书面证明')
}

const planned = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '试算' }).click()
  await page.locator('.oversight-table').waitFor()
}

/** Near the end: what is stuck shows on other pages, too. */
const oversightPictures: readonly Picture[] = [
  { name: 'oversight-desk', who: 'operator', path: unanswered, stuck: true },
  { name: 'oversight-move-desk', who: 'operator', path: unanswered, press: moving, stuck: true },
  {
    name: 'oversight-versions-desk',
    who: 'operator',
    path: () => '/operate?view=versions',
    press: planned,
    stuck: true,
  },
  { name: 'oversight-health-desk', who: 'operator', path: () => '/operate?view=health', stuck: true },
  { name: 'oversight-list-phone', who: 'operator', path: () => '/operate', stuck: true },
  { name: 'oversight-phone', who: 'operator', path: unanswered, stuck: true },
]

const completed = () => '/audit?part=cases&kind=userTask.complete'
const ofOneCase = () => '/audit?number=SY-2026-0006'
const chosen = async (page: Page): Promise<void> => {
  await page.locator('.ledger-row, .ledger-link').first().click()
}

/** Last of all: what was done long ago is archived, and the rest has gone by. */
const archivedPictures: readonly Picture[] = [
  { name: 'audit-desk', who: 'auditor', path: ofOneCase, press: chosen, archived: true },
  { name: 'audit-phone', who: 'auditor', path: completed, archived: true },
  { name: 'audit-row-phone', who: 'auditor', path: ofOneCase, press: chosen, archived: true },
  { name: 'archived-desk', who: 'auditor', path: () => '/archived', press: chosen, archived: true },
  { name: 'archived-phone', who: 'clerk', path: () => '/archived', archived: true },
]

/** Every picture that `docs/pictures` holds. */
export const pictures: readonly Picture[] = [
  ...studioPictures,
  { name: 'sign-in-desk', who: null, path: () => '/sign-in' },
  {
    name: 'inbox-desk',
    who: 'reviewer',
    path: (village, { precheck }) => taskPath(village, 'reviewer', precheck),
    press: review,
  },
  { name: 'case-desk', who: 'clerk', path: (_, { failedVote }) => `/cases/${failedVote}` },
  { name: 'case-publicity-desk', who: 'clerk', path: (_, { publicity }) => `/cases/${publicity}` },
  { name: 'case-archived-desk', who: 'clerk', path: (_, { archived }) => `/cases/${archived}` },
  { name: 'cases-desk', who: 'clerk', path: () => '/cases' },
  { name: 'start-desk', who: 'clerk', path: () => '/start' },
  { name: 'start-form-desk', who: 'clerk', path: () => '/start/village_decision' },
  { name: 'board-desk', who: null, path: (village) => noticePath(village) },
  { name: 'me-desk', who: 'clerk', path: () => '/me' },
  { name: 'sign-in-phone', who: null, path: () => '/sign-in' },
  { name: 'inbox-phone', who: 'clerk', path: () => '/' },
  { name: 'start-phone', who: 'clerk', path: () => '/start' },
  { name: 'start-sheet-phone', who: 'clerk', path: () => '/start', press: openSheet },
  { name: 'form-phone', who: 'clerk', path: () => '/start/village_decision' },
  { name: 'task-phone', who: 'clerk', path: (village, { overdue }) => taskPath(village, 'clerk', overdue) },
  { name: 'cases-phone', who: 'clerk', path: () => '/cases' },
  { name: 'case-phone', who: 'clerk', path: (_, { publicity }) => `/cases/${publicity}` },
  { name: 'case-archived-phone', who: 'clerk', path: (_, { archived }) => `/cases/${archived}` },
  { name: 'board-phone', who: null, path: () => '/notices?unit=huayuan' },
  { name: 'notice-phone', who: null, path: (village) => noticePath(village) },
  { name: 'me-phone', who: 'clerk', path: () => '/me' },
  ...oversightPictures,
  ...archivedPictures,
]
