import { RE2JS } from 're2js'
import { limits } from '../budget.ts'
import type { Env } from '../env.ts'
import { type PatternShape, shapeOf } from './pattern-shape.ts'

/** Steps a pattern may have. */
const MOST_SIZE = 3_000
/** Units of work of making a pattern ready, and each of its steps. */
const PATTERN = 800
const STEP = 32
/** Units of work of a match. */
const MATCH = 30

interface Known {
  readonly shape: PatternShape
  /** Null for faults, for what cannot be matched in linear time (back-references, look-around), and for classes of classes. */
  readonly regex: RE2JS | null
}

const MOST_PATTERNS = 500
const patterns = new Map<string, Known>()

/** The patterns an evaluation has paid for, whether or not another had made them ready before. */
const paid = new WeakMap<Env, Set<string>>()

/** Flags there are; others may not even become part of a key, which they could make that of another pattern. */
const FLAGS = /^[smix]{0,20}$/
const BITS: readonly (readonly [string, number])[] = [
  ['i', RE2JS.CASE_INSENSITIVE],
  ['s', RE2JS.DOTALL],
  ['m', RE2JS.MULTILINE],
]

/** Without white space, also after a backslash, and comments, outside of classes: flag `x`. */
const withoutBlanks = (source: string): string =>
  source.replace(/\\\S|\[(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, (part) => (/^[\s#]/.test(part) ? '' : part))

const ESCAPES = /\\(?:u([0-9A-Fa-f]{4})|([pP])\{(?:Is|(?:[Ss]cript|sc)=)(\w+)\}|[\s\S])/g

/** `\u4e00` and the scripts of XPath, Java and JavaScript (`\p{IsHan}`, `\p{Script=Han}`) as RE2 writes them. */
const asRe2 = (source: string): string =>
  source.replace(ESCAPES, (part, code?: string, letter?: string, script?: string) => {
    if (code !== undefined) return `\\x{${code}}`
    return script === undefined ? part : `\\${letter}{${script}}`
  })

const CLASS = /\\[\s\S]|\[\^?\]?((?:\\[\s\S]|[^\]\\])*)\]/g

/** Whether a class is made of others, as in `[a-z-[aeiou]]` (XPath) or `[a-z&&[^aeiou]]` (Java): RE2 reads signs instead. */
const hasClassInClass = (source: string): boolean =>
  [...source.matchAll(CLASS)].some(([, inside = '']) => /\[(?!:)|&&/.test(inside.replace(/\\[\s\S]/g, '')))

const bitsOf = (flags: string): number =>
  BITS.reduce((bits, [flag, bit]) => (flags.includes(flag) ? bits | bit : bits), 0)

function compiled(source: string, flags: string): Known {
  const text = asRe2(flags.includes('x') ? withoutBlanks(source) : source)
  const shape = shapeOf(text)
  if (shape.size > MOST_SIZE || hasClassInClass(text)) return { shape, regex: null }
  try {
    return { shape, regex: RE2JS.compile(text, bitsOf(flags)) }
  } catch {
    return { shape, regex: null }
  }
}

function known(source: string, flags: string, env: Env): Known {
  const key = `${flags}/${source}`
  let pattern = patterns.get(key)
  if (!pattern) {
    pattern = compiled(source, flags)
    if (patterns.size >= MOST_PATTERNS) patterns.clear()
    patterns.set(key, pattern)
  }
  const done = paid.get(env) ?? new Set()
  if (!done.has(key)) {
    env.work(PATTERN + source.length + STEP * Math.min(pattern.shape.size, MOST_SIZE))
    paid.set(env, done.add(key))
  }
  return pattern
}

/** A match: where it stands, and its groups (0 is the whole), null where one took no part. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | null)[]
}

/** A pattern and a text to search, which is paid for as it is searched. */
export interface Search {
  /** Whether it is found anywhere. */
  found(): boolean
  /** All matches in their order. */
  matches(): Match[]
  /** Groups the pattern has, beside the whole. */
  readonly groupCount: number
}

/**
 * A search in linear time. Flags as in XPath: `s` (a dot takes line ends too), `m` (lines), `i` (either case), `x`
 * (blanks and comments do not count).
 *
 * @returns null for a pattern with faults, one too long, and one with back-references, look-around or classes of classes
 */
export function searchOf(source: string, flags: string, text: string, env: Env): Search | null {
  if (source.length > limits.cell || !FLAGS.test(flags)) return null
  const { shape, regex } = known(source, flags, env)
  if (!regex) return null
  env.work(Math.ceil(text.length * (3 + shape.size / 6)))
  const matcher = regex.matcher(text)
  const groupCount = matcher.groupCount()
  return {
    groupCount,
    found: () => matcher.find(),
    matches: () => {
      const matches: Match[] = []
      while (matcher.find()) {
        const groups: (string | null)[] = []
        for (let at = 0; at <= groupCount; at++) groups.push(matcher.group(at) ?? null)
        matches.push({ start: matcher.start(), end: matcher.end(), groups })
        env.work(MATCH + 4 * groupCount + (shape.runsOn ? (text.length - matcher.end()) >> 2 : 0))
      }
      return matches
    },
  }
}
