import type { Env } from '../env.ts'
import type { FeelValue } from '../value.ts'
import { toBase64 } from './base64.ts'
import {
  type Arguments,
  type Builtin,
  builtin,
  type Family,
  indexOf,
  isNil,
  isText,
  listOf,
  scalar,
  wholeOf,
} from './builtin.ts'

/** Units of work of making a UUID. */
const UUID = 120

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/

/** Characters as Unicode counts them (DMN 1.5 §10.3.4.3): a surrogate pair is one. */
const hasPairs = (text: string): boolean => PAIRS.test(text)

function lengthOf(text: string): number {
  let count = text.length
  if (hasPairs(text)) for (let at = 0; at < text.length; at++) if (isPairAt(text, at)) count -= 1
  return count
}

const isPairAt = (text: string, at: number): boolean => text.codePointAt(at)! > 0xffff

/** Where the character number `count`, from 0, begins. */
function offsetOf(text: string, count: number): number {
  let at = 0
  for (let left = count; left > 0 && at < text.length; left--) at += isPairAt(text, at) ? 2 : 1
  return at
}

function substring([text, start, length]: Arguments, env: Env): FeelValue {
  if (!isText(text)) return null
  env.work(text.length >> 3)
  const from = indexOf(start, lengthOf(text), true)
  const count = isNil(length) ? text.length : wholeOf(length)
  if (from === null || count === null || count < 0) return null
  if (!hasPairs(text)) return text.slice(from, from + count)
  const rest = text.slice(offsetOf(text, from))
  return rest.slice(0, offsetOf(rest, count))
}

/** A function of texts alone, which looks at each character; null when one is no text. */
const ofTexts = (
  name: string,
  parameters: string,
  compute: (env: Env, ...texts: string[]) => FeelValue,
): readonly [string, Builtin] => {
  const count = parameters.split(', ').length
  return scalar(name, parameters, (args, env) => {
    const texts = args.slice(0, count)
    if (texts.length < count || !texts.every(isText)) return null
    for (const text of texts) env.work(text.length >> 3)
    return env.built(compute(env, ...texts))
  })
}

/** Where a text begins in another, -1 when nowhere. At worst each place is compared with all of it. */
function placeOf(text: string, match: string, env: Env): number {
  env.work(Math.ceil((text.length * match.length) / 500))
  return text.indexOf(match)
}

/** Texts one behind the other; null in the list is left out, anything else gives null (Camunda). */
function joined([given, delimiter, prefix, suffix]: Arguments, env: Env): FeelValue {
  const list = listOf(given, env)
  const [between, before, after] = [delimiter ?? '', prefix ?? '', suffix ?? '']
  if (!list || !isText(between) || !isText(before) || !isText(after)) return null
  const texts = list.filter((item) => item !== null)
  if (!texts.every(isText)) return null
  const size = texts.reduce((sum, text) => sum + text.length, before.length + after.length)
  env.work((size + between.length * texts.length) >> 4)
  return env.built(before + texts.join(between) + after)
}

/** A random UUID (RFC 9562 §5.4) of the numbers the evaluation is given. */
function uuid(env: Env): string {
  env.work(UUID)
  const digit = (below = 16): number => Math.floor(env.random() * below)
  const digits = Array.from({ length: 32 }, (_, at) => (at === 12 ? 4 : at === 16 ? 8 + digit(4) : digit()))
  const text = digits.map((n) => n.toString(16)).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

/** DMN 1.5 §10.3.4.3, and those Camunda adds. */
export const stringFunctions: Family = [
  scalar('substring', 'string, start position, length', substring),
  ofTexts('string length', 'string', (_, text) => lengthOf(text)),
  ofTexts('upper case', 'string', (_, text) => text.toUpperCase()),
  ofTexts('lower case', 'string', (_, text) => text.toLowerCase()),
  ofTexts('substring before', 'string, match', (env, text, match) =>
    text.slice(0, Math.max(0, placeOf(text, match!, env))),
  ),
  ofTexts('substring after', 'string, match', (env, text, match) => {
    const at = placeOf(text, match!, env)
    return at < 0 ? '' : text.slice(at + match!.length)
  }),
  ofTexts('contains', 'string, match', (env, text, match) => placeOf(text, match!, env) >= 0),
  ofTexts('starts with', 'string, match', (_, text, match) => text.startsWith(match!)),
  ofTexts('ends with', 'string, match', (_, text, match) => text.endsWith(match!)),
  builtin('string join', 'list, delimiter, prefix, suffix', joined),
  ofTexts('trim', 'string', (_, text) => text.trim()),
  ofTexts('is blank', 'string', (_, text) => text.trim() === ''),
  ofTexts('to base64', 'value', (env, text) => {
    env.work(text.length)
    return toBase64(text)
  }),
  scalar('uuid', '', (_, env) => uuid(env)),
]
