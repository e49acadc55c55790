import { bodyOf, PATH } from './path.ts'

export const spanUnits = ['hour', 'day', 'week', 'month'] as const
export type SpanUnit = (typeof spanUnits)[number]

/** A length of time: a number of units, or as many days as a parameter says. */
export type Span =
  | { readonly kind: 'amount'; readonly amount: number; readonly unit: SpanUnit }
  | { readonly kind: 'parameter'; readonly name: string }

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`
const ISO = /^P(?:(\d+)([DWM])|T(\d+)H)$/u
const PARAMETER = new RegExp(String.raw`^duration\("P" \+ string\(parameters\.(${NAME})\) \+ "D"\)$`, 'u')
const UNIT_OF = { D: 'day', W: 'week', M: 'month' } as const
const LETTER_OF = { day: 'D', week: 'W', month: 'M' } as const

function isoOf(text: string): Span | null {
  const match = ISO.exec(text)
  if (!match) return null
  const [, amount, letter, hours] = match
  if (hours !== undefined) return { kind: 'amount', amount: Number(hours), unit: 'hour' }
  return { kind: 'amount', amount: Number(amount), unit: UNIT_OF[letter as keyof typeof UNIT_OF] }
}

const iso = (amount: number, unit: SpanUnit): string =>
  unit === 'hour' ? `PT${amount}H` : `P${amount}${LETTER_OF[unit]}`

/** Reads a duration inside of FEEL: `duration("P3D")`, or by a parameter of days. */
function spanIn(body: string): Span | null {
  const parameter = PARAMETER.exec(body)?.[1]
  if (parameter !== undefined) return { kind: 'parameter', name: parameter }
  const literal = /^duration\("([^"]*)"\)$/u.exec(body)?.[1]
  return literal === undefined ? null : isoOf(literal)
}

const spanFeel = (span: Span): string =>
  span.kind === 'parameter'
    ? `duration("P" + string(parameters.${span.name}) + "D")`
    : `duration("${iso(span.amount, span.unit)}")`

/** Reads the duration of a timer: `P3D`, or FEEL. Null for what is no simple length. */
export function readSpan(text: string | undefined | null): Span | null {
  if (!text) return null
  const body = bodyOf(text)
  return body === null ? isoOf(text.trim()) : spanIn(body)
}

export const writeSpan = (span: Span): string =>
  span.kind === 'parameter' ? `=${spanFeel(span)}` : iso(span.amount, span.unit)

/** When a task is due: so long after it begins, or at the end of a day that a field names. */
export type Deadline =
  | { readonly kind: 'within'; readonly span: Span }
  | { readonly kind: 'field'; readonly path: string; readonly isDay: boolean }

/** Work on a day ends at six in the evening, in Asia/Shanghai. */
const CLOSE = 'T18:00:00+08:00'
const OPEN = 'T00:00:00+08:00'
const DAY = new RegExp(String.raw`^(${PATH}) \+ "(T\d\d:\d\d:\d\d\+08:00)"$`, 'u')
const WITHIN = /^now\(\) \+ (duration\(.*\))$/u
const WHOLE_PATH = new RegExp(`^${PATH}$`, 'u')

/** Reads the due date of a task; null when it has none or one that no sentence says (`text` tells which). */
export function readDeadline(text: string | undefined | null): Deadline | null {
  const body = bodyOf(text)
  if (body === null) return null
  const within = WITHIN.exec(body)?.[1]
  const span = within === undefined ? null : spanIn(within)
  if (span) return { kind: 'within', span }
  return momentOf(body, CLOSE)
}

export const writeDeadline = (deadline: Deadline): string =>
  deadline.kind === 'within' ? `=now() + ${spanFeel(deadline.span)}` : momentText(deadline, CLOSE)

export type Moment = Extract<Deadline, { kind: 'field' }>

/** Reads the date of a timer that waits for the day, or the time, a field names. */
export function readMoment(text: string | undefined | null): Moment | null {
  const body = bodyOf(text)
  return body === null ? null : momentOf(body, OPEN)
}

export const writeMoment = (moment: Moment): string => momentText(moment, OPEN)

function momentOf(body: string, time: string): Moment | null {
  const day = DAY.exec(body)
  if (day?.[1] !== undefined && day[2] === time) return { kind: 'field', path: day[1], isDay: true }
  return WHOLE_PATH.test(body) ? { kind: 'field', path: body, isDay: false } : null
}

const momentText = ({ path, isDay }: Moment, time: string): string => (isDay ? `=${path} + "${time}"` : `=${path}`)
