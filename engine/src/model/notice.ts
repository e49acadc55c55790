import type { Json, Variables } from '../record/json.ts'
import type { Key, NoticeContent } from '../record/record.ts'
import { endOfDays, formatInstant } from './time.ts'

const MAX_DAYS = 3660

/** A notice that cannot be published as asked: the message names the input. */
export class NoticeFault extends Error {}

/**
 * The notice that the variables of a `bihuan.notice` job ask for: exactly what its input mappings name. `days` full days
 * from the day after the posting, ending at 24:00 in Asia/Shanghai; without `days` it has no window.
 * Throws `NoticeFault`.
 */
export function noticeOf(variables: Variables, at: number): NoticeContent {
  const days = variables.days ?? null
  if (days !== null && !(typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= MAX_DAYS))
    throw new NoticeFault(`days: expected a whole number from 0 to ${MAX_DAYS}`)
  return {
    kind: text(variables, 'kind'),
    title: text(variables, 'title'),
    number: optionalText(variables, 'number'),
    text: optionalText(variables, 'text') ?? '',
    fields: list(variables, 'fields').map((entry) => {
      if (!isObject(entry) || typeof entry.label !== 'string')
        throw new NoticeFault('fields: expected a list of label and value')
      return { label: entry.label, value: shown(entry.value) }
    }),
    files: list(variables, 'photos').map((entry) => {
      if (!isObject(entry) || typeof entry.id !== 'string')
        throw new NoticeFault('photos: expected a list of stored files')
      return entry.id
    }),
    publishedAt: at,
    until: days === null ? null : endOfDays(at, days),
  }
}

/** What the case learns of its notice. */
export function noticeVariables(noticeKey: Key, notice: NoticeContent): Variables {
  return {
    noticeKey: String(noticeKey),
    publishedAt: formatInstant(notice.publishedAt),
    publishedUntil: notice.until === null ? null : formatInstant(notice.until),
  }
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function text(variables: Variables, name: string): string {
  const value = variables[name]
  if (typeof value !== 'string' || value.trim() === '') throw new NoticeFault(`${name}: expected a text`)
  return value
}

function optionalText(variables: Variables, name: string): string | null {
  const value = variables[name] ?? null
  if (value === null || value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new NoticeFault(`${name}: expected a text`)
}

function list(variables: Variables, name: string): readonly Json[] {
  const value = variables[name] ?? null
  if (value === null) return []
  if (!Array.isArray(value)) throw new NoticeFault(`${name}: expected a list`)
  return value
}

/** A value as the board shows it; a list is joined. */
function shown(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
