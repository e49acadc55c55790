/** Between what a number lies. */
export interface Range {
  readonly low: number
  readonly high: number
  /** Whether it can only be a whole number. */
  readonly whole: boolean
}

/** The most a value can be, known from the text of an expression alone. */
export interface Value {
  /** Items it has as a list; 1 for what is none. */
  readonly items: number
  /** Values in it, at every depth; texts count one for each 16 characters. */
  readonly size: number
  /** Steps of a loop over it, where it is or holds a range; `Infinity` for one without bounds. */
  readonly span: number | null
  readonly number: Range
  /** What its items or entries are; null: as the value itself. */
  readonly element: Value | null
  /** Whether it came with the data: what is compared with it is small then. */
  readonly given: boolean
}

const ANY: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, whole: false }

/** Items that a list in the data is taken to have. Forms accept more rows; such cost in proportion. */
const LIST = 100

/** One small value. */
export const NOTHING: Value = { items: 1, size: 1, span: null, number: ANY, element: null, given: false }

/** Whatever stands in the data: a list perhaps, of lists perhaps; a number perhaps, of any size. */
export const DATA: Value = { items: LIST, size: 8, span: null, number: ANY, element: null, given: true }

export const numberOf = (number: Range): Value => ({
  ...NOTHING,
  number: Number.isNaN(number.low) || Number.isNaN(number.high) ? { ...ANY, whole: number.whole } : number,
})

export const grown = (value: Value, size: number): Value => ({ ...value, size, given: false })

export const elementOf = (value: Value): Value => value.element ?? value

/** What is one of the two. */
export function joined(a: Value, b: Value): Value {
  if (a === b) return a
  const span = a.span === null && b.span === null ? null : Math.max(a.span ?? 0, b.span ?? 0)
  const isSame = elementOf(a) === a && elementOf(b) === b
  return {
    items: Math.max(a.items, b.items),
    size: Math.max(a.size, b.size),
    span,
    number: between(a.number, b.number),
    element: isSame ? null : deeper(a, b),
    given: a.given && b.given,
  }
}

/** Elements of either; of two that stand for themselves the larger will do. */
const deeper = (a: Value, b: Value): Value => {
  const [x, y] = [elementOf(a), elementOf(b)]
  if (x === a) return y.items >= x.items ? y : { ...x, span: Math.max(x.span ?? 0, y.span ?? 0) || null }
  if (y === b) return x.items >= y.items ? x : { ...y, span: Math.max(x.span ?? 0, y.span ?? 0) || null }
  return joined(x, y)
}

/** A list of such items. */
export function listOf(items: readonly Value[]): Value {
  const element = items.reduce<Value | null>((all, item) => (all ? joined(all, item) : item), null)
  return {
    items: items.length,
    size: items.reduce((sum, { size }) => sum + size, 1),
    span: element?.span ?? null,
    number: ANY,
    element,
    given: items.length > 0 && items.every(({ given }) => given),
  }
}

/** Between the least and the greatest of two. */
export const between = (a: Range = ANY, b: Range = ANY): Range => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  whole: a.whole && b.whole,
})

/** Letters a loop may go through: `"a".."Z"`. */
const LETTERS = 52

/** The most steps from one end to the other; `Infinity` where an end has no bounds or may be no whole number. */
export function spanOf(from: Range = ANY, to: Range = ANY, isText = false): number {
  if (isText) return LETTERS
  if (!from.whole || !to.whole) return Number.POSITIVE_INFINITY
  return Math.max(Math.abs(to.high - from.low), Math.abs(from.high - to.low)) + 1
}
