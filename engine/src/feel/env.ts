import { Budget } from './budget.ts'
import { type FeelValue, typeOf } from './value.ts'

export { Budget, BudgetError, FeelFailure } from './budget.ts'

/** Operands that cannot be compared or computed with each other: types by name. */
export interface Unlike {
  readonly operator: string
  readonly left: string
  readonly right: string
}

/** Where an evaluation takes place. */
export interface Surroundings {
  /** Milliseconds since 1970 UTC: what `now()` and `today()` tell, in Asia/Shanghai. */
  readonly at: number
  /** A number from 0 up to 1, for `random number()` and `uuid()`; without it, one that `at` alone decides. */
  readonly random?: () => number
  /** Shared by evaluations that are to end together; without it, each has its own. */
  readonly budget?: Budget
  /** Counts what evaluations use, for who limits many of them together. */
  readonly meter?: Meter
}

/** Units of work used so far, and values given. */
export interface Meter {
  used: number
}

/** The one list of nothing. */
export const NONE: readonly never[] = Object.freeze([])

const MOST_UNLIKE = 20
const MOST_MISSING = 100

/** What one evaluation knows and uses; handed to every piece of compiled code and every built-in function. */
export class Env {
  readonly at: number
  #random: (() => number) | null
  #budget: Budget | null
  readonly #meter: Meter | null
  readonly #usedBefore: number
  /** Values of the names read of the context, by the number each has in its expression; undefined: not there. */
  globals: readonly (FeelValue | undefined)[]
  /** Values bound inside the expression: loop variables, parameters, entries, items. */
  frame: FeelValue[]
  /** Names read that the context does not have. */
  missings: string[] | null = null
  unlikes: Unlike[] | null = null

  constructor(globals: readonly (FeelValue | undefined)[], around: number | Surroundings) {
    this.globals = globals
    this.frame = []
    const surroundings = typeof around === 'number' ? null : around
    this.at = surroundings ? surroundings.at : (around as number)
    this.#budget = surroundings?.budget ?? null
    this.#meter = surroundings?.meter ?? null
    this.#usedBefore = this.#budget?.used ?? 0
    this.#random = surroundings?.random ?? null
  }

  /** Made when it is first needed: most expressions neither loop nor build. */
  get budget(): Budget {
    this.#budget ??= new Budget()
    return this.#budget
  }

  /** The evaluation is over; it gave so many values. */
  count(values: number): void {
    if (this.#meter) this.#meter.used += values + (this.#budget?.used ?? 0) - this.#usedBefore
  }

  /** A number from 0 up to 1. */
  random(): number {
    this.#random ??= seeded(this.at)
    return this.#random()
  }

  /** Counts `count` steps of one loop; throws `BudgetError`. */
  spend(count: number): void {
    this.budget.spend(count)
  }

  /** Counts `units` of work, some 0.1 microseconds each; throws `BudgetError`. */
  work(units: number): void {
    this.budget.work(units)
  }

  /** Passes a list, context or text on that was built, unless it is too large; throws `BudgetError`. */
  built<T extends FeelValue>(value: T): T {
    return this.budget.built(value)
  }

  enter(): void {
    this.budget.enter()
  }

  leave(): void {
    this.budget.leave()
  }

  /** Notes operands that do not go together. Null, which is what the operation gives. */
  unlike(operator: string, left: FeelValue, right: FeelValue): null {
    this.unlikes ??= []
    if (this.unlikes.length < MOST_UNLIKE) this.unlikes.push({ operator, left: typeOf(left), right: typeOf(right) })
    return null
  }

  /** Notes a name that is not there. Null, which is what it is read as. */
  missing(path: string): null {
    this.missings ??= []
    if (this.missings.length < MOST_MISSING && !this.missings.includes(path)) this.missings.push(path)
    return null
  }

  /** Why a built-in function gives null; nobody asks for it yet. */
  failure(_text: string): null {
    return null
  }
}

/** Numbers from 0 up to 1 that look random and follow from the seed alone (a linear congruence, mixed). */
function seeded(seed: number): () => number {
  let state = (seed ^ Math.floor(seed / 2 ** 32)) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
