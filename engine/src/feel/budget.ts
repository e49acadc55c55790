/**
 * What one evaluation may use. The interpreter below has no budget of its own, so every place where an expression can
 * loop or grow is led through these checks (see `rewrite.ts`). Limits are counts, not milliseconds: the same model and
 * data give the same verdict on every machine.
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
  /** Items of one list that is looped over or built. */
  items: 10_000,
  /** Loop steps of a whole evaluation, over all nested loops. */
  steps: 30_000,
  /** Units of work of a whole evaluation: values compared or copied, parts of loop bodies, characters of patterns. */
  work: 300_000,
  /** Values in a nested list or context, strings counting one for each 16 characters. */
  weight: 100_000,
  /** Characters of a text that is built. */
  text: 1_000_000,
} as const

export class BudgetError extends Error {}

let steps = 0
let done = 0

/** Starts a fresh budget. Evaluation is synchronous and never nested. */
export function startBudget(): void {
  steps = 0
  done = 0
}

/** Counts `units` of work, some 0.1 microseconds each. */
export function work(units: number): void {
  done += units
  if (done > limits.work) throw new BudgetError('the expression computes too much')
}

/** Counts `count` loop steps. */
export function spend(count: number): void {
  steps += count
  if (count > limits.items || steps > limits.steps) throw new BudgetError('the expression loops too often')
}

const known = new WeakMap<object, number>()

function weigh(value: unknown, left: number): number {
  if (typeof value === 'string') return 1 + (value.length >> 4)
  if (value === null || typeof value !== 'object') return 1
  const cached = known.get(value)
  if (cached !== undefined) return cached
  let weight = 1
  for (const part of partsOf(value)) {
    weight += weigh(part, left - weight)
    if (weight > left) throw new BudgetError('the expression builds too large a value')
  }
  return weight
}

const measured = new WeakMap<object, number>()

/** How many values there are in a value, as far as the budget goes: what it costs to compare or copy it. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 4)
  if (value === null || typeof value !== 'object') return 1
  const cached = measured.get(value)
  if (cached !== undefined) return cached
  let size = 1
  for (const part of partsOf(value)) {
    size += sizeOf(part)
    if (size > limits.work) break
  }
  measured.set(value, size)
  return size
}

function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value
  return Object.getPrototypeOf(value) === Object.prototype ? Object.values(value) : []
}

/** Passes a built value on, unless it is too large. Weights add up over shared parts, so doubling is caught early. */
export function withinBudget(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.length > limits.text) throw new BudgetError('the expression builds too long a text')
    return value
  }
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value) && value.length > limits.items)
    throw new BudgetError('the expression builds too long a list')
  const weight = weigh(value, limits.weight)
  work(weight)
  known.set(value, weight)
  return value
}
