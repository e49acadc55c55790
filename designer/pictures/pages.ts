import type { NoticeBoard } from '@bihuan/runtime/contract'
import type { Page } from 'playwright-core'
import type { Size } from '../../examples/test/support/people.ts'
import type { Played, Village } from '../test/support/village.ts'

/** One picture: a page of the app as one person sees it in one width. */
export interface Picture {
  /** Name of the file, without `.png`; ends with the width. */
  readonly name: `${string}-${Size}`
  /** User name; null for a visitor. */
  readonly who: string | null
  readonly path: (village: Village, played: Played) => string | Promise<string>
  /** What to press before the picture is taken. */
  readonly press?: (page: Page) => Promise<void>
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

/** Every picture that `docs/pictures` holds. */
export const pictures: readonly Picture[] = [
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
]
