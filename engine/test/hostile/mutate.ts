import type { Json, Variables } from '../../src/record/json.ts'

/** Chance that can be had again: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
  pick<T>(from: readonly T[]): T
  /** True once in `times`. */
  once(times: number): boolean
}

/** A counter through a 32-bit mixing function (splitmix32). */
export function chanceOf(seed: number): Chance {
  let counter = seed | 0
  const next = (): number => {
    counter = (counter + 0x9e3779b9) | 0
    let h = counter
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
    return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, pick: (from) => from[below(from.length)]!, once: (times) => below(times) === 0 }
}

/** Texts that mean something to JavaScript, XML, FEEL, spreadsheets or people who read them. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '=',
  '= ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'null',
  'case',
  'parameters',
  'loopCounter',
  '<script>alert(1)</script>',
  ']]>',
  '&#0;',
  '&unknown;',
  '\u0000',
  '\u202e倒着写',
  '村\u200b民',
  '\ud800',
  '\uffff',
  '😀',
  "=cmd|' /C calc'!A0",
  '../../etc/passwd',
  '$&',
  '%s%n',
  '{elementName}',
  '⟦{x}⟧',
  '-1',
  '1e400',
  '9007199254740993',
  'NaN',
  'PT0S',
  'R/PT0S',
  'R/PT1S',
  'P99999999999Y',
  '0 0 31 2 * *',
  '=1 / 0',
  '=[1, 2',
  '=for i in 1..1000000000 return i',
  '={"__proto__": {x: 1}}',
  '=x.y.z[1]',
  '=null',
  '=now()',
  'a.b.c',
  'x'.repeat(5_000),
]

export const hostileNumbers: readonly number[] = [0, -0, -1, 1.5, 1e21, 2 ** 53, -(2 ** 53), 5e-324, 1e308, 10_001]

/** Any JSON, seldom deep. */
export function anyJson(chance: Chance, depth = 0): Json {
  switch (chance.below(depth > 3 ? 4 : 7)) {
    case 0:
      return null
    case 1:
      return chance.once(2)
    case 2:
      return chance.pick(hostileNumbers)
    case 3:
      return chance.pick(hostileTexts)
    case 4:
      return Array.from({ length: chance.below(4) }, () => anyJson(chance, depth + 1))
    case 5:
      return anyVariables(chance, depth + 1)
    default:
      return chance.pick(['2026-05-18', 'PT1H', 'approved', 7, true])
  }
}

const names = ['x', 'y', 'v', 'item', 'items', 'result', 'approved', '__proto__', 'constructor', 'case', 'a b', '']

/** A context with some entries, `__proto__` among them as an entry like others. */
export function anyVariables(chance: Chance, depth = 0): Variables {
  return Object.fromEntries(
    Array.from({ length: chance.below(4) }, () => [chance.pick(names), anyJson(chance, depth + 1)]),
  )
}

/** A text with one to three changes: parts dropped, doubled, moved, or put in place of others. */
export function mutate(text: string, chance: Chance, parts: readonly string[] = hostileTexts): string {
  let changed = text
  for (let times = 1 + chance.below(3); times > 0; times -= 1) changed = change(changed, chance, parts)
  return changed
}

function change(text: string, chance: Chance, parts: readonly string[]): string {
  const at = chance.below(text.length + 1)
  const to = Math.min(text.length, at + 1 + chance.below(chance.once(4) ? 200 : 12))
  switch (chance.below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(to)
    case 1:
      return text.slice(0, to) + text.slice(at)
    case 2:
      return text.slice(0, at) + chance.pick(parts) + text.slice(at)
    case 3:
      return text.slice(0, at) + chance.pick(parts) + text.slice(to)
    default: {
      const from = chance.below(text.length + 1)
      return text.slice(0, at) + text.slice(from, from + (to - at)) + text.slice(to)
    }
  }
}

const TAG = /<\/?([\w:]+)[^<>]*>/g
const VALUE = /([\w:]+)="([^"]*)"/g

/** An XML text changed so that it is mostly well formed still: attributes, elements and their names. */
export function mutateXml(xml: string, chance: Chance): string {
  let changed = xml
  for (let times = chance.pick([1, 1, 1, 2, 3]); times > 0; times -= 1) changed = changeXml(changed, chance)
  return changed
}

function changeXml(xml: string, chance: Chance): string {
  const values = [...xml.matchAll(VALUE)]
  const tags = [...xml.matchAll(TAG)]
  if (values.length === 0 || tags.length === 0 || chance.once(8)) return mutate(xml, chance)
  const value = chance.pick(values)
  const other = chance.pick(values)
  const tag = chance.pick(tags)
  switch (chance.below(7)) {
    case 0:
      return replaced(xml, value, `${value[1]}="${escaped(chance.pick(hostileTexts))}"`)
    case 1:
      return replaced(xml, value, `${value[1]}="${other[2]}"`)
    case 2:
      return replaced(xml, value, '')
    case 3:
      return replaced(xml, value, `${other[1]}="${value[2]}"`)
    case 4:
      return replaced(xml, tag, '')
    case 5:
      return replaced(xml, tag, tag[0] + chance.pick(tags)[0])
    default:
      return xml.replaceAll(tag[1]!, chance.pick(tags)[1]!)
  }
}

function replaced(text: string, match: RegExpExecArray, by: string): string {
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length)
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
