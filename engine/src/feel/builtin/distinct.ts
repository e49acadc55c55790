import type { Env } from '../env.ts'
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, nanosInUtc, type Temporal } from '../temporal/index.ts'
import type { FeelValue } from '../value.ts'
import { type Style, Writer } from './writer.ts'

/** An item that stands for its equals, and how often one of them came. */
export interface Group {
  readonly item: FeelValue
  count: number
}

/** Equal items as groups, in the order of their first. */
export function groupsOf(items: readonly FeelValue[], env: Env): readonly Group[] {
  const writer = new Writer(keyStyle(), env)
  const groups = new Map<unknown, Group>()
  for (const item of items) {
    const isPlain = item === null || typeof item === 'boolean' || typeof item === 'number'
    const key = isPlain ? item : writer.textOf(item)
    const known = groups.get(key)
    if (known) known.count += 1
    else groups.set(key, { item, count: 1 })
  }
  return [...groups.values()]
}

/** Texts that are the same for equal values (DMN 1.5 §10.3.2.13, table of `=`), and only for those. */
function keyStyle(): Style {
  const others = new Map<FeelValue, number>()
  return {
    text: (text) => JSON.stringify(text),
    temporal: temporalKey,
    key: (name) => `${JSON.stringify(name)}:`,
    separator: ',',
    hasRanges: true,
    isSorted: true,
    /** A function is equal to itself alone. */
    other: (value) => {
      const number = others.get(value) ?? others.size
      others.set(value, number)
      return `function ${number}`
    },
  }
}

function temporalKey(value: Temporal): string {
  if (value instanceof FeelDate) return `date ${value.dayNumber}`
  if (value instanceof FeelDateTime) {
    const { day, nanos } = value.moment
    return `${value.isLocal ? 'local' : 'at'} ${day} ${nanos}`
  }
  if (value instanceof FeelTime) return `${value.offset === null ? 'local time' : 'time'} ${nanosInUtc(value)}`
  return value instanceof DaysDuration ? `days ${value.nanos}` : `months ${value.months}`
}
