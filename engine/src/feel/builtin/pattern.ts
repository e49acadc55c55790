import { RE2JS } from 're2js'
import { limits } from '../budget.ts'
import type { Env } from '../env.ts'
import { type PatternShape, shapeOf } from './pattern-shape.ts'

/** Steps a pattern may have. */
const MOST_SIZE = 3_000
/** Units of work of making one step of a pattern ready. */
const STEP = 32
/** Units of work of a match. */
const MATCH = 30

interface Known {
  readonly shape: PatternShape
  /** Null for faults, and for what cannot be matched in linear time: back-references, look-around. */
  readonly regex: RE2JS | null
}

const MOST_PATTERNS = 500
const patterns = new Map<string, Known>()

/** The patterns an evaluation has paid for, whether or not another had made them ready before. */
const paid = new WeakMap<Env, Set<string>>()

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['s', RE2JS.DOTALL],
  ['m', RE2JS.MULTILINE],
  ['x', 0],
])

/** Without white space, also after a backslash, and comments, outside of classes: flag `x`. */
const withoutBlanks = (source: string): string =>
  source.replace(/\\\S|\[(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, (part) => (/^[\s#]/.test(part) ? '' : part))

/** `\u4e00` as RE2 writes it. */
const withCodePoints = (source: string): string =>
  source.replace(/\\(?:u([0-9A-Fa-f]{4})|[\s\S])/g, (part, code: string | undefined) => (code ? `\\x{${code}}` : part))

function bitsOf(flags: string): number | null {
  let bits = 0
  for (const flag of flags) {
    const bit = FLAGS.get(flag)
    if (bit === undefined) return null
    bits |= bit
  }
  return bits
}

function compiled(source: string, flags: string): Known {
  const bits = bitsOf(flags)
  const text = withCodePoints(flags.includes('x') ? withoutBlanks(source) : source)
  const shape = shapeOf(text)
  if (bits === null || shape.size > MOST_SIZE) return { shape, regex: null }
  try {
    return { shape, regex: RE2JS.compile(text, bits) }
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
    env.work(source.length + STEP * Math.min(pattern.shape.size, MOST_SIZE))
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
 * @returns null for a pattern with faults, one too long, and one with back-references or look-around
 */
export function searchOf(source: string, flags: string, text: string, env: Env): Search | null {
  if (source.length > limits.cell) return null
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
