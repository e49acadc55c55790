import { PART } from './lexer.ts'

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
