import { FeelSyntaxError } from './node.ts'

/** `name` is a word that may be part of a name; `word` one that has a meaning of its own everywhere. */
export type TokenKind = 'number' | 'string' | 'name' | 'quoted' | 'word' | 'sign' | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Grammar rules 28 and 29 of DMN 1.5 §10.3.1.2, without `?`, which is a name by itself. */
const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
/** Characters that go on with a name. */
export const PART = `${START}0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`

const BLANK = /(?:[\s\u0085\u180e\u200b\ufeff]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const TOKEN = new RegExp(
  [
    '((?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?)',
    '("(?:[^"\\\\]|\\\\[\\s\\S])*")',
    `([${START}][${PART}]*)`,
    '(`[^`\\n]+`)',
    "(\\.\\.|\\*\\*|<=|>=|!=|->|[-+*/.,:<>=?@()[\\]{}'])",
  ].join('|'),
  'uy',
)
const KINDS: readonly TokenKind[] = ['number', 'string', 'name', 'quoted', 'sign']

const WORDS = new Set(
  'for in return if then else some every satisfies between and or instance function null true false'.split(' '),
)

/** The token at or after an offset. Throws `FeelSyntaxError` for what is none. */
export function tokenAt(source: string, offset: number): Token {
  BLANK.lastIndex = offset
  const from = BLANK.test(source) ? BLANK.lastIndex : offset
  if (from >= source.length) return { kind: 'end', text: '', from: source.length, to: source.length }
  TOKEN.lastIndex = from
  const found = TOKEN.exec(source)
  if (!found) throw unreadable(source, from)
  const text = found[0]
  const group = found.findIndex((part, index) => index > 0 && part !== undefined)
  const kind = KINDS[group - 1]!
  return { kind: kind === 'name' && WORDS.has(text) ? 'word' : kind, text, from, to: from + text.length }
}

/** What is said of a place that cannot be read. */
export function unreadable(source: string, at: number): FeelSyntaxError {
  const rest = source.slice(at).trim()
  if (rest !== '') return new FeelSyntaxError(`"${rest.slice(0, 20)}" cannot be read here`, at)
  return new FeelSyntaxError('the expression ends too early', source.trimEnd().length)
}
