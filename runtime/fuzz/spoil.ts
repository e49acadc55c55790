import type { Random } from '../faults/random.ts'
import type { Json } from './value.ts'

const long = 'x'.repeat(100_000)
/** What stands where something else was meant. */
const strange: readonly Json[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  -(2 ** 53),
  2147483648,
  '',
  ' ',
  long,
  '../../etc/passwd',
  "' or 1=1 --",
  '%00',
  '\u202egnp.exe',
  '\ufeff\u200b',
  '😀'.repeat(300),
  'e\u0301'.repeat(50),
  '=1/0',
  '=for i in 1..1000000 return i',
  '#{7*7}',
  '<script>alert(1)</script>',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  'P99999999Y',
  'R/PT0S',
  '9007199254740993',
  '00000000000000001',
  '-1',
  [],
  {},
  [[[[[[[[]]]]]]]],
  Array.from({ length: 2000 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, index])),
  { $like: '%'.repeat(500) },
  { $in: Array.from({ length: 5000 }, (_, index) => String(index)) },
  { $gt: 'x', $lt: null },
  { $or: [{}, { $or: [{}] }] },
]
const names = [
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'length',
  '',
  'a.b',
  '$or',
  'x',
]

/** A value with one thing in it that is not as it should be. */
export function spoilValue(random: Random, value: Json): Json {
  const paths: (readonly (string | number)[])[] = []
  const walk = (one: Json, path: readonly (string | number)[]) => {
    paths.push(path)
    if (Array.isArray(one)) for (const [index, item] of one.entries()) walk(item, [...path, index])
    else if (one !== null && typeof one === 'object')
      for (const [name, item] of Object.entries(one)) walk(item, [...path, name])
  }
  walk(value, [])
  const path = random.pick(paths)!
  const copy = structuredClone(value)
  const way = random.weighted({ replace: 6, remove: 2, add: 2 })
  if (way === 'add') return at(copy, path, (one) => addTo(random, one))
  if (way === 'remove' && path.length > 0) return at(copy, path, () => undefined)
  return at(copy, path, () => random.pick(strange)!)
}

function addTo(random: Random, one: Json): Json {
  const more = random.pick(strange)!
  if (Array.isArray(one)) return [...one, more]
  if (one === null || typeof one !== 'object') return more
  return { ...one, [random.pick(names)!]: more }
}

function at(value: Json, path: readonly (string | number)[], change: (one: Json) => Json | undefined): Json {
  const [first, ...rest] = path
  if (first === undefined) return change(value) ?? null
  if (Array.isArray(value)) {
    const changed = value.flatMap((item, index) => {
      if (index !== first) return [item]
      const now = rest.length === 0 ? change(item) : at(item, rest, change)
      return now === undefined ? [] : [now]
    })
    return changed
  }
  const object = { ...(value as { [name: string]: Json }) }
  const now = rest.length === 0 ? change(object[first]!) : at(object[first]!, rest, change)
  if (now === undefined) delete object[first]
  else object[first] = now
  return object
}

/** Ways in which text is no JSON, or JSON of a kind that parsers disagree about. */
const texts: { readonly [name: string]: (text: string, random: Random) => string | Buffer } = {
  empty: () => '',
  blank: () => ' \n\t',
  cut: (text, random) => text.slice(0, random.between(0, text.length - 1)),
  trailing: (text) => `${text}{}`,
  comma: (text) => text.replace(/}$/, ',}'),
  comment: (text) => `/* */${text}`,
  singleQuotes: (text) => text.replaceAll('"', "'"),
  nan: (text) => text.replace(/:(".*?"|\d+)/, ':NaN'),
  huge: (text) => text.replace(/:(".*?"|\d+|null|true)/, ':1e400'),
  manyDigits: (text) => text.replace(/:(".*?"|\d+|null|true)/, `:${'9'.repeat(5000)}`),
  halfCharacter: (text) => text.replace(/:(".*?"|\d+|null|true)/, ':"\\ud800"'),
  nul: (text) => text.replace(/:(".*?"|\d+|null|true)/, ':"a\\u0000b"'),
  twice: (text) => text.replace(/^\{("[^"]*":)/, '{$1null,$1'),
  proto: (text) => text.replace(/^\{/, '{"__proto__":{"admin":true},').replace(/,}$/, '}'),
  hiddenProto: (text) => text.replace(/^\{/, '{"\\u005f_proto__":{},').replace(/,}$/, '}'),
  deepList: () => '['.repeat(100_000),
  deepObject: () => '{"a":'.repeat(100_000),
  deepBoth: () => `${'[{"a":'.repeat(40)}1${'}]'.repeat(40)}`,
  notUtf8: (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0x7d])]),
  latin1: (text) => Buffer.from(text.replace(/:".*?"/, ':"é"'), 'latin1'),
  utf16: (text) => Buffer.from(text, 'utf16le'),
  overlong: (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xc0, 0xaf, 0x7d])]),
  bare: () => 'hello',
  list: (text) => `[${text}]`,
  twoMegabytes: () => `"${'x'.repeat(2 * 1024 * 1024)}"`,
}

/** Text that is odd and JSON all the same. */
const oddTexts: { readonly [name: string]: (text: string) => string } = {
  constructorName: (text) => text.replace(/^\{/, '{"constructor":{"prototype":{"admin":true}},').replace(/,}$/, '}'),
  mark: (text) => `\ufeff${text}`,
  spaced: (text) => ` \r\n${text.replaceAll(':', '\t:\n')} `,
  escaped: (text) => text.replace(/"([a-z])/, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
}

/** A body whose text is odd. */
export const oddText = (random: Random, text: string): Buffer =>
  Buffer.from(oddTexts[random.pick(Object.keys(oddTexts))!]!(text))

const MUCH = 8

/** A body whose text is no JSON, or none that is taken; the longest ones are rare. */
export function spoilText(random: Random, text: string): Buffer {
  const way = random.pick(Object.keys(texts))!
  const isRare = /deepObject|twoMegabytes/.test(way) && !random.chance(1 / MUCH)
  const spoilt = isRare ? text : texts[way]!(text, random)
  if (spoilt === text) return Buffer.from(text.slice(0, random.between(0, text.length - 1)))
  return typeof spoilt === 'string' ? Buffer.from(spoilt) : spoilt
}

/** What a body may be said to be, and is not. */
export const contentTypes: readonly string[] = [
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'application/merge-patch+json',
  'application/problem+json',
  'application/octet-stream',
  'text/html, application/json',
  'a/b',
  ';',
]
