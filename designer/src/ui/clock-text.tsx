import Clock from 'lucide-solid/icons/clock'
import { createMemo } from 'solid-js'
import { deadlineText, timeText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import { Chip } from './chip.tsx'
import { lastDay, readClock, shanghaiTime } from './clock.ts'
import './clock-text.css'

/** A deadline in a few words and the tone of its clock: for lists. Empty when there is no limit. */
export function clockWords(
  dueAt: string | null,
  now: string,
): { tone: 'none' | 'green' | 'amber' | 'red'; text: string } {
  if (!dueAt) return { tone: 'none', text: '' }
  const clock = readClock(dueAt, now)
  if (clock.late)
    return { tone: 'red', text: clock.daysLate > 0 ? t('clock.late', { days: clock.daysLate }) : t('clock.lateToday') }
  if (clock.daysLeft === 0) return { tone: 'amber', text: t('clock.dueToday') }
  return { tone: clock.tone, text: t('clock.left', { days: clock.daysLeft }) }
}

/** A deadline as a phone list says it: `5月18日 17:00前`, or in red `5月12日应办`. */
export function deadlineWords(dueAt: string, now: string): string {
  const clock = readClock(dueAt, now)
  return clock.late && clock.daysLate > 0
    ? t('clock.wasDue', { day: dueDay(dueAt) })
    : t('clock.before', { when: deadlineText(dueAt, now) })
}

/** The day that a deadline belongs to. */
function dueDay(dueAt: string): string {
  const day = lastDay(dueAt)
  return t('clock.day', {
    month: day.month,
    day: day.day,
    monthName: t(`clock.months.${day.month}` as 'clock.months.1'),
  })
}

/** The whole sentence: `11月25日到期，剩 3 天`. */
export function deadlineSentence(dueAt: string, now: string): string {
  const clock = readClock(dueAt, now)
  if (clock.late)
    return clock.daysLate > 0 ? t('clock.lateLong', { day: dueDay(dueAt), days: clock.daysLate }) : t('clock.lateToday')
  const at = shanghaiTime(dueAt)
  const midnight = at.hour === 0 && at.minute === 0
  if (clock.daysLeft === 0) return t('clock.dueTodayLong', { time: midnight ? '24:00' : timeText(dueAt) })
  return t('clock.dueLong', { day: dueDay(dueAt), days: clock.daysLeft })
}

/** A few words about a deadline, coloured by its clock. */
export function ClockText(props: { dueAt: string | null; now: string }) {
  const words = createMemo(() => clockWords(props.dueAt, props.now))
  return <span class={`clock-text ${words().tone}`}>{words().text}</span>
}

/** The deadline as a chip with the whole sentence; nothing without a limit. */
export function ClockChip(props: { dueAt: string; now: string }) {
  const words = createMemo(() => clockWords(props.dueAt, props.now))
  return (
    <Chip tone={words().tone === 'none' ? 'plain' : (words().tone as 'green')}>
      <Clock class="icon" aria-hidden="true" />
      {deadlineSentence(props.dueAt, props.now)}
    </Chip>
  )
}
