import { PART } from './lexer.ts'
import { SyntaxNode } from './node.ts'
import { around, type Reader } from './reader.ts'

const SIGN = /\s*(\*\*|[./\-'+*])\s*/g

/** A name in one spelling: single spaces between its words and signs. */
export const normalName = (name: string): string => name.replace(SIGN, ' $1 ').replace(/\s+/g, ' ').trim()

const NAME = new RegExp(`^[${PART}\\s./'+*-]+$`, 'u')

/** Whether a text has nothing in it that a name cannot have. */
export const isName = (text: string): boolean => NAME.test(text)

const isWord = (part: string): boolean => new RegExp(`^[${PART}]+$`, 'u').test(part)
const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function patternOf(parts: readonly string[]): RegExp {
  let text = ''
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += isWord(part) && isWord(parts[index - 1]!) ? '\\s+' : '\\s*'
    text += escaped(part)
  }
  return new RegExp(`${text}(?![${PART}])`, 'uy')
}

/**
 * Names of several words or with signs in them, which the parser must know to tell `a b` and `a - b` from two names
 * (grammar rule 27): those of functions and of the model, and those an expression binds itself.
 */
export class KnownNames {
  readonly #outer: KnownNames | null
  readonly #byFirst = new Map<string, { readonly length: number; readonly pattern: RegExp }[]>()

  constructor(names: readonly string[], outer: KnownNames | null = null) {
    this.#outer = outer
    for (const name of names) this.add(name)
  }

  add(name: string): void {
    const parts = normalName(name).split(' ')
    if (parts.length === 1) return
    const known = this.#byFirst.get(parts[0]!) ?? []
    known.push({ length: name.length, pattern: patternOf(parts) })
    this.#byFirst.set(
      parts[0]!,
      known.sort((a, b) => b.length - a.length),
    )
  }

  /** Where the longest of the names ends that begins with the word `first` at `from`; null when none does. */
  endAt(source: string, from: number, first: string): number | null {
    const further = this.#outer?.endAt(source, from, first) ?? null
    for (const { pattern } of this.#byFirst.get(first) ?? []) {
      pattern.lastIndex = from
      if (pattern.test(source)) return Math.max(pattern.lastIndex, further ?? 0)
    }
    return further
  }
}

/** Signs that a name may have in it, and what each is called inside the part of the name that it is. */
const SIGNS = new Map([
  ['.', '.'],
  ["'", null],
  ...['+', '-', '*', '/', '**'].map((sign) => [sign, 'ArithOp'] as const),
])

/** A name that is looked up: one in backticks, the longest that is known, or all the words that follow each other. */
export function lookedUp(reader: Reader, kind: 'VariableName' | 'PathName'): SyntaxNode {
  const { token } = reader
  if (token.kind === 'quoted') return around(kind, [reader.take('BacktickIdentifier')])
  if (token.kind !== 'name') throw reader.fault()
  const end = reader.names.endAt(reader.source, token.from, token.text)
  if (end !== null) {
    reader.moveTo(end)
    return new SyntaxNode(kind, token.from, end, partsBetween(reader.source, token.from, end))
  }
  const parts: SyntaxNode[] = []
  while (reader.token.kind === 'name') parts.push(reader.take('Identifier'))
  return around(kind, parts)
}

function partsBetween(source: string, from: number, to: number): SyntaxNode[] {
  return [...source.slice(from, to).matchAll(new RegExp(`[${PART}]+|\\*\\*|[^\\s]`, 'gu'))].map(
    ({ 0: part, index }) => new SyntaxNode('Identifier', from + index, from + index + part.length),
  )
}

/**
 * A name that is bound (grammar rule 27): words and signs up to what ends it. `words` says whether words with a meaning
 * of their own may be in it, as in the key of an entry.
 */
export function bound(reader: Reader, words: boolean): SyntaxNode {
  if (reader.token.kind === 'quoted') return around('Name', [reader.take('BacktickIdentifier')])
  const parts: SyntaxNode[] = []
  for (;;) {
    const { kind, text } = reader.token
    const goesOn = parts.length > 0 && (kind === 'number' || (kind === 'sign' && SIGNS.has(text)))
    if (kind !== 'name' && !(words && kind === 'word') && !goesOn) break
    const part = reader.take('Identifier')
    const sign = kind === 'sign' && SIGNS.get(text)
    parts.push(sign ? around('Identifier', [new SyntaxNode(sign, part.from, part.to)]) : part)
  }
  if (parts.length === 0) throw reader.fault()
  return around('Name', parts)
}
