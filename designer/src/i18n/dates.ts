import { dayNumber, lastDay, type ShanghaiTime, shanghaiTime } from '../ui/clock.ts'
import { t, type WordKey } from './i18n.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const parts = (at: ShanghaiTime) => ({
  year: at.year,
  month: at.month,
  day: at.day,
  monthName: t(`clock.months.${at.month}` as WordKey),
})

/** `5月18日`, in the zone of the house. */
export const dayText = (time: string): string => t('clock.day', parts(shanghaiTime(time)))

/** `2026年5月18日`. */
export const fullDayText = (time: string): string => t('clock.dayOfYear', parts(shanghaiTime(time)))

/** `17:00`. */
export function timeText(time: string): string {
  const at = shanghaiTime(time)
  return `${two(at.hour)}:${two(at.minute)}`
}

/** `星期三`. */
export const weekdayText = (time: string): string => t(`clock.weekdays.${shanghaiTime(time).weekday}` as WordKey)

/** `5月18日 17:00`; with `now`, days near it are called today, yesterday and tomorrow. */
export function momentText(time: string, now?: string): string {
  const offset = now === undefined ? Number.NaN : dayNumber(time) - dayNumber(now)
  const near: Record<number, WordKey> = { [-1]: 'clock.yesterday', 0: 'clock.today', 1: 'clock.tomorrow' }
  const word = near[offset]
  return `${word ? t(word) : dayText(time)} ${timeText(time)}`
}

/** The day a deadline means: a limit at 24:00 is written 00:00 of the next day and belongs to the day before. */
export function deadlineText(dueAt: string, now?: string): string {
  const at = shanghaiTime(dueAt)
  const midnight = at.hour === 0 && at.minute === 0
  return midnight ? t('clock.day', parts(lastDay(dueAt))) : momentText(dueAt, now)
}
