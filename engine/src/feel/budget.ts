import type { FeelObject, FeelValue } from './value.ts'

/**
 * What expressions may use. Limits are counts, not milliseconds: the same model and data give the same verdict on every
 * machine.
 */
export const limits = {
  /** Characters of an expression. */
  source: 10_000,
  /** Characters of all expressions of one file. */
  file: 40_000,
  /** Names, numbers, texts and signs of an expression: the parser takes quadratic time (1,200 take 0.15 s). */
  tokens: 1_200,
  /** Characters of a cell of a decision table. */
  cell: 2_000,
  /** Brackets open at once; deeper ones cost the parser quadratic time. */
  brackets: 50,
  /** Words that begin an expression within an expression: `if`, `for`, `function`; and signs before one value. */
  nested: 100,
  /** Items of one list that is looped over or built. */
  items: 10_000,
  /** Loop steps and calls of a whole evaluation, over all nested loops. */
  steps: 30_000,
  /** Units of work of a whole evaluation: values compared or copied, parts of loop bodies, characters of patterns. */
  work: 300_000,
  /** Values in a nested list or context, strings and names counting one for each 16 characters. */
  weight: 100_000,
  /** Characters of a text that is built. */
  text: 1_000_000,
  /** Characters of all texts that are built in a whole evaluation. */
  texts: 4_000_000,
  /** Functions that are being called at once. */
  depth: 200,
} as const

/** An evaluation that fails: `{ ok: false, message }`. */
export class FeelFailure extends Error {}

/** An evaluation that would take too long, or build too much. */
export class BudgetError extends FeelFailure {}

/** Values that are counted anew each time rather than remembered. */
const SMALL = 8

/** What was used so far: by one evaluation, or by several that share it (a decision with all that it requires). */
export class Budget {
  #steps = 0
  #work = 0
  #text = 0
  #depth = 0
  #known: WeakMap<object, number> | null = null
  readonly #most: { readonly steps: number; readonly work: number }

  /** @param factor how many times the steps and the work of one evaluation there are, for several that share it */
  constructor(factor = 1) {
    this.#most = { steps: factor * limits.steps, work: factor * limits.work }
  }

  /** Units of work so far, steps among them. */
  get used(): number {
    return this.#work + this.#steps
  }

  /** Counts `count` steps of one loop. */
  spend(count: number): void {
    this.#steps += count
    if (count > limits.items || this.#steps > this.#most.steps) throw new BudgetError('the expression loops too often')
  }

  /** Counts `units` of work, some 0.1 microseconds each. */
  work(units: number): void {
    this.#work += units
    if (this.#work > this.#most.work) throw new BudgetError('the expression computes too much')
  }

  /** A function is called. */
  enter(): void {
    this.spend(1)
    this.#depth += 1
    if (this.#depth > limits.depth) throw new BudgetError('the expression goes too deep')
  }

  leave(): void {
    this.#depth -= 1
  }

  /** Passes a built value on, unless it is too large. Weights add up over shared parts, so doubling is caught early. */
  built<T extends FeelValue>(value: T): T {
    if (typeof value === 'string') {
      this.#text += value.length
      if (value.length > limits.text || this.#text > limits.texts)
        throw new BudgetError('the expression builds too long a text')
      return value
    }
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value) && value.length > limits.items)
      throw new BudgetError('the expression builds too long a list')
    const weight = this.#weigh(value, limits.weight)
    this.work(weight)
    if (weight > SMALL) {
      this.#known ??= new WeakMap()
      this.#known.set(value, weight)
    }
    return value
  }

  #weigh(value: FeelValue, left: number): number {
    if (typeof value === 'string') return 1 + (value.length >> 4)
    if (value === null || typeof value !== 'object') return 1
    const cached = this.#known?.get(value)
    if (cached !== undefined) return cached
    const parts = partsOf(value)
    let weight = 1 + namesWeight(value)
    if (weight > left) throw new BudgetError('the expression builds too large a value')
    for (let index = 0; index < parts.length; index += 1) {
      weight += this.#weigh(parts[index]!, left - weight)
      if (weight > left) throw new BudgetError('the expression builds too large a value')
    }
    return weight
  }
}

const measured = new WeakMap<object, number>()

/** How many values there are in a value, as far as the budget goes: what it costs to compare or copy it. */
export function sizeOf(value: FeelValue | undefined): number {
  if (typeof value === 'string') return 1 + (value.length >> 4)
  if (value === null || typeof value !== 'object') return 1
  const cached = measured.get(value)
  if (cached !== undefined) return cached
  const parts = partsOf(value)
  let size = 1
  for (let index = 0; index < parts.length && size <= limits.work; index += 1) size += sizeOf(parts[index])
  if (size > SMALL) measured.set(value, size)
  return size
}

/** Long names count as texts do: the same one may stand in many contexts. */
function namesWeight(value: object): number {
  if (!isPlain(value)) return 0
  let weight = 0
  for (const name of Object.keys(value)) weight += name.length >> 4
  return weight
}

const isPlain = (value: object): value is FeelObject => Object.getPrototypeOf(value) === Object.prototype

function partsOf(value: object): readonly FeelValue[] {
  if (Array.isArray(value)) return value
  return isPlain(value) ? Object.values(value) : []
}
