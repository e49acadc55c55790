import { BudgetError, type Env } from '../env.ts'
import { isNumber, numberText } from '../number.ts'
import { isTemporal, type Temporal } from '../temporal/index.ts'
import { type FeelObject, FeelRange, type FeelValue, isContext, isList } from '../value.ts'

/** Units of work of writing a part. */
const PART = 10
/** Numbers up to this length are written at no further cost. */
const SHORT = 24
/** Levels of lists and contexts that are written. */
const DEEPEST = 64

/** How the parts of a value are written. */
export interface Style {
  readonly text: (text: string) => string
  readonly temporal: (value: Temporal) => string
  /** A name with what stands between it and its value. */
  readonly key: (name: string) => string
  readonly separator: string
  readonly hasRanges: boolean
  /** Whether names stand in the order of the alphabet. */
  readonly isSorted: boolean
  /** What is written for a function, and for a range where the style has none; without it there is no text. */
  readonly other?: (value: FeelValue) => string
}

/** A part of a value has no text. */
export class NoText extends Error {}

/** Writes values in a style, piece by piece and paid for. */
export class Writer {
  readonly #style: Style
  readonly #env: Env
  /** Names as they stand before a value: the same ones come again and again. */
  readonly #keys = new Map<string, string>()
  #text = ''

  constructor(style: Style, env: Env) {
    this.#style = style
    this.#env = env
  }

  /** The text of a value. Throws `NoText` where a part of it has none, `BudgetError` where it would be too long. */
  textOf(value: FeelValue): string {
    this.#text = ''
    this.#write(value, 0)
    return this.#text
  }

  #write(part: FeelValue, depth: number): void {
    this.#env.work(PART)
    if (depth > DEEPEST) throw new BudgetError('the expression writes too deep a value')
    if (part === null || typeof part === 'boolean') this.#text += String(part)
    else if (isNumber(part)) this.#number(numberText(part))
    else if (typeof part === 'string') {
      this.#env.work(part.length >> 4)
      this.#text += this.#style.text(part)
    } else if (isList(part)) this.#list(part, depth)
    else if (isContext(part)) this.#context(part, depth)
    else if (isTemporal(part)) this.#text += this.#style.temporal(part)
    else if (part instanceof FeelRange && this.#style.hasRanges) this.#range(part, depth)
    else if (this.#style.other) this.#text += this.#style.other(part)
    else throw new NoText()
  }

  #number(text: string): void {
    if (text.length > SHORT) this.#env.work(text.length)
    this.#text += text
  }

  #list(list: readonly FeelValue[], depth: number): void {
    this.#text += '['
    for (let at = 0; at < list.length; at++) {
      if (at > 0) this.#text += this.#style.separator
      this.#write(list[at]!, depth + 1)
    }
    this.#text += ']'
  }

  #context(context: FeelObject, depth: number): void {
    this.#text += '{'
    let isFirst = true
    const names = Object.keys(context)
    if (this.#style.isSorted && names.length > 1) names.sort()
    for (const name of names) {
      if (!isFirst) this.#text += this.#style.separator
      isFirst = false
      this.#env.work(name.length >> 4)
      this.#text += this.#keyOf(name)
      this.#write(context[name]!, depth + 1)
    }
    this.#text += '}'
  }

  #keyOf(name: string): string {
    let key = this.#keys.get(name)
    if (key === undefined) {
      key = this.#style.key(name)
      this.#keys.set(name, key)
    }
    return key
  }

  #range({ start, end, startIncluded, endIncluded }: FeelRange, depth: number): void {
    this.#text += startIncluded ? '[' : '('
    if (start !== null) this.#write(start, depth + 1)
    this.#text += '..'
    if (end !== null) this.#write(end, depth + 1)
    this.#text += endIncluded ? ']' : ')'
  }
}
