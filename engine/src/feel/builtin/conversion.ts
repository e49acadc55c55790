import type { Env } from '../env.ts'
import { isNumber, parseNumber, toDecimal } from '../number.ts'
import {
  costOf,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  parseZone,
} from '../temporal/index.ts'
import type { FeelValue } from '../value.ts'
import { type Arguments, builtin, exactWholeOf, type Family, isNil, isText, scalar } from './builtin.ts'
import { parseJson } from './json-text.ts'
import { jsonTextOf, textOf } from './text.ts'

const MIDNIGHT = FeelTime.of(0)!
const MIDNIGHT_UTC = FeelTime.of(0, 0)!
const NANOS = 1_000_000_000

/** Units of work of reading a text that names a zone. */
const ZONE = 250

/** The date a date, or a date and time, falls on. */
export function dateOf(value: FeelValue | undefined): FeelDate | null {
  if (value instanceof FeelDate) return value
  return value instanceof FeelDateTime ? value.date : null
}

function date([from, month, day]: Arguments): FeelValue {
  if (month === undefined && day === undefined) return isText(from) ? parseDate(from) : dateOf(from)
  const parts = [from, month, day].map(exactWholeOf)
  return parts.includes(null) ? null : FeelDate.of(parts[0]!, parts[1]!, parts[2]!)
}

/** Hour, minute and second, the last with fractions; an offset as a duration, or a zone by name. */
function timeOf([hour, minute, second, place]: Arguments, env: Env): FeelTime | null {
  const [h, m] = [exactWholeOf(hour), exactWholeOf(minute)]
  if (h === null || m === null || !isNumber(second)) return null
  const exact = toDecimal(second)
  if (h < 0 || h > 23 || m < 0 || m > 59 || exact.lt(0) || exact.gte(60)) return null
  const nanos = (h * 3600 + m * 60) * NANOS + exact.times(NANOS).trunc().toNumber()
  if (isNil(place)) return FeelTime.of(nanos)
  if (place instanceof DaysDuration)
    return place.nanos % BigInt(NANOS) === 0n ? FeelTime.of(nanos, Number(place.nanos / BigInt(NANOS))) : null
  const zone = isText(place) ? read(place, parseZone, env) : null
  return zone && (zone.zone === null ? FeelTime.of(nanos, zone.offset) : FeelTime.inZone(nanos, zone.zone))
}

function time(args: Arguments, env: Env): FeelValue {
  const [from] = args
  if (args.length > 1) return timeOf(args, env)
  if (isText(from)) return read(from, parseTime, env)
  if (from instanceof FeelDateTime) return from.time
  if (from instanceof FeelDate) return MIDNIGHT_UTC
  return from instanceof FeelTime ? from : null
}

function read<T>(text: string, parse: (text: string) => T, env: Env): T {
  if (/[@[/]/.test(text)) env.work(ZONE)
  return parse(text)
}

function dateTime(args: Arguments, env: Env): FeelValue {
  const [from, second] = args
  if (args.length > 2) return dateTimeOfParts(args, env)
  if (args.length === 2) {
    if (isText(second)) return inZone(from, second, env)
    const day = dateOf(from)
    return day && second instanceof FeelTime ? FeelDateTime.of(day, second) : null
  }
  if (isText(from)) return read(from, parseDateTime, env)
  if (from instanceof FeelDate) return FeelDateTime.of(from, MIDNIGHT)
  return from instanceof FeelDateTime ? from : null
}

/** Year, month, day, hour, minute, second and then an offset or zone. */
function dateTimeOfParts(args: Arguments, env: Env): FeelValue {
  const day = date(args.slice(0, 3))
  const clock = timeOf(args.slice(3), env)
  return day instanceof FeelDate && clock ? FeelDateTime.of(day, clock) : null
}

/** The moment as the clocks of a zone show it; a local date and time is put there as it stands (Camunda). */
function inZone(from: FeelValue | undefined, text: string, env: Env): FeelValue {
  const zone = read(text, parseZone, env)
  if (!zone || !(from instanceof FeelDateTime)) return null
  if (!from.isLocal) return FeelDateTime.ofMoment(from.moment, zone)
  const { nanosOfDay } = from.time
  const there = zone.zone === null ? FeelTime.of(nanosOfDay, zone.offset) : FeelTime.inZone(nanosOfDay, zone.zone)
  return there && FeelDateTime.of(from.date, there)
}

function duration([from]: Arguments): FeelValue {
  if (isText(from)) return parseDuration(from)
  return from instanceof DaysDuration || from instanceof MonthsDuration ? from : null
}

/** Whole months from one date to another, days left over not counted. */
function monthsBetween([from, to]: Arguments): FeelValue {
  const [a, b] = [dateOf(from), dateOf(to)]
  if (!a || !b) return null
  const months = (b.year - a.year) * 12 + b.month - a.month
  if (months > 0 && b.day < a.day) return MonthsDuration.of(months - 1)
  return MonthsDuration.of(months < 0 && b.day > a.day ? months + 1 : months)
}

/** A number as written with separators of thousands and decimals (DMN 1.5 §10.3.4.1 `number`). */
function number([from, grouping, decimal]: Arguments): FeelValue {
  if (!isText(from) || from.length > 1000) return null
  const [group, point] = [grouping ?? null, decimal ?? null]
  if (group !== null && group !== ' ' && group !== ',' && group !== '.') return null
  if (point !== null && point !== ',' && point !== '.') return null
  if (group !== null && group === point) return null
  const joined = group === null ? from : from.replaceAll(group, '')
  if (point === ',' && joined.includes('.')) return null
  return parseNumber(point === ',' ? joined.replace(',', '.') : joined)
}

/** DMN 1.5 §10.3.4.1, and those Camunda adds. */
export const conversionFunctions: Family = [
  scalar('date', ['from', 'year, month, day'], date),
  scalar('time', ['from', 'hour, minute, second, offset'], time),
  scalar(
    'date and time',
    [
      'from',
      'date, time',
      'date, timezone',
      'year, month, day, hour, minute, second, offset',
      'year, month, day, hour, minute, second, timezone',
    ],
    (args, env) => {
      for (const arg of args) env.work(costOf(arg))
      return dateTime(args, env)
    },
  ),
  scalar('duration', 'from', duration),
  scalar('years and months duration', 'from, to', monthsBetween),
  scalar('number', 'from, grouping separator, decimal separator', number),
  builtin('string', 'from', ([from], env) => env.built(textOf(from ?? null, env))),
  scalar('from json', ['value', 'json'], ([value], env) => (isText(value) ? parseJson(value, env) : null)),
  builtin('to json', 'value', ([value], env) => env.built(jsonTextOf(value ?? null, env))),
]
