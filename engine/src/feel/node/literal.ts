import type { Code, Family } from '../code.ts'
import { parseNumber } from '../number.ts'
import { childrenOf, FeelSyntaxError } from '../syntax.ts'
import { parseDate, parseDateTime, parseDuration, parseTime } from '../temporal/index.ts'
import type { FeelValue } from '../value.ts'

/** Code that always gives the same. */
export const constant =
  (value: FeelValue): Code =>
  () =>
    value

export const nullLiteral: Family = () => constant(null)

export const booleanLiteral: Family = (node, _scope, compiler) => constant(compiler.text(node) === 'true')

/** Grammar rule 37: 34 digits count. Blanks and comments may stand behind the sign. */
export const numericLiteral: Family = (node, _scope, compiler) => {
  const text = compiler.text(node)
  const value = parseNumber(node.firstChild ? `-${/[\d.][\d.eE+-]*$/.exec(text)![0]}` : text)
  if (value === null) throw new FeelSyntaxError('the number is too large', node.from)
  return constant(value)
}

export const stringLiteral: Family = (node, _scope, compiler) => constant(textOfLiteral(compiler.text(node)))

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))/g
const SIGNS: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' }

/** The text that a literal means (grammar rules 35 and 64). A backslash before any other character stays. */
export function textOfLiteral(literal: string): string {
  const inner = literal.slice(1, -1)
  if (!inner.includes('\\')) return inner
  return inner.replace(ESCAPE, (all, short: string | undefined, long: string | undefined, sign: string | undefined) => {
    if (sign !== undefined) return SIGNS[sign] ?? sign
    const point = Number.parseInt((short ?? long)!, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
}

/** `@"2026-05-18"` (grammar rule 62): null when the text is no date, time or duration. */
export const atLiteral: Family = (node, _scope, compiler) => {
  const text = textOfLiteral(compiler.text(childrenOf(node).at(-1)!))
  return constant(parseDate(text) ?? parseDateTime(text) ?? parseTime(text) ?? parseDuration(text))
}
