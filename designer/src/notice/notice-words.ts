import type { Notice } from '@bihuan/runtime/contract'
import { dayText } from '../i18n/dates.ts'
import { t, tMaybe } from '../i18n/i18n.ts'
import { lastDay, readClock } from '../ui/clock.ts'

/** The last day of a notice in words. A period ends at 24:00, so the day before the moment it ends. */
function endDay(until: string): string {
  const day = lastDay(until)
  return t('clock.day', {
    month: day.month,
    day: day.day,
    monthName: t(`clock.months.${day.month}` as 'clock.months.1'),
  })
}

/** What kind of notice it is. */
export const kindWords = (notice: Pick<Notice, 'kind'>): string =>
  tMaybe(`board.kind.${notice.kind}`) ?? t('board.kind.other')

/** Until when it is public, for a row of the list. */
export function untilWords(notice: Notice): string {
  if (notice.until === null) return t('board.permanent')
  return t(notice.state === 'open' ? 'board.until' : 'board.ended', { day: endDay(notice.until) })
}

/** How long it is still public, with the tone of its clock. */
export function leftWords(notice: Notice, now: string): { tone: 'green' | 'amber' | 'plain'; text: string } {
  if (notice.until === null) return { tone: 'plain', text: t('board.permanent') }
  const clock = readClock(notice.until, now, notice.publishedAt)
  if (clock.late || notice.state === 'past') return { tone: 'plain', text: t('board.over') }
  if (clock.daysLeft === 0) return { tone: 'amber', text: t('board.lastDay') }
  return { tone: clock.tone === 'amber' ? 'amber' : 'green', text: t('board.left', { days: clock.daysLeft }) }
}

/** The whole period in one sentence, or the day it was posted when it has no end. */
export function periodWords(notice: Notice): string {
  const from = dayText(notice.publishedAt)
  return notice.until === null
    ? t('board.posted', { day: from })
    : t('board.period', { from, to: endDay(notice.until) })
}

/** The text as paragraphs: one a line, blank lines dropped. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
