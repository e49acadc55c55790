import { Decimal } from './decimal.ts'
import type { Env } from './env.ts'
import type { FeelDate } from './temporal/date.ts'
import type { FeelDateTime } from './temporal/date-time.ts'
import type { DaysDuration, MonthsDuration } from './temporal/duration.ts'
import type { FeelTime } from './temporal/time.ts'

/**
 * Values of FEEL (DMN 1.5 §10.3.2.3). A JSON value is one as it stands, so variables are never converted on their way
 * in. Nothing here is ever changed once it is made.
 */
export type FeelValue =
  | null
  | boolean
  | FeelNumber
  | string
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DaysDuration
  | MonthsDuration
  | FeelRange
  | FeelFunction
  | readonly FeelValue[]
  | FeelObject

/**
 * A decimal number of 34 digits. A JavaScript number means the decimal that `String(n)` writes; a `Decimal` stands
 * where no JavaScript number says the same. See `number.ts`.
 */
export type FeelNumber = number | Decimal

/** A context: own entries only. Read by `entryOf`, written by `setEntry`, so that `__proto__` is a name like any. */
export interface FeelObject {
  readonly [name: string]: FeelValue
}

/** A range (DMN 1.5 §10.3.2.7); a null end is an open one. */
export class FeelRange {
  readonly start: FeelValue
  readonly end: FeelValue
  readonly startIncluded: boolean
  readonly endIncluded: boolean
  constructor(start: FeelValue, end: FeelValue, startIncluded: boolean, endIncluded: boolean) {
    this.start = start
    this.end = end
    this.startIncluded = startIncluded
    this.endIncluded = endIncluded
  }
}

/** A function as a value (DMN 1.5 §10.3.2.13): a definition in an expression, a business knowledge model, a service. */
export class FeelFunction {
  readonly parameters: readonly string[]
  readonly #body: (args: readonly FeelValue[], env: Env) => FeelValue
  constructor(parameters: readonly string[], body: (args: readonly FeelValue[], env: Env) => FeelValue) {
    this.parameters = parameters
    this.#body = body
  }

  /** Calls it, counted by the budget of `env`: a call too deep, or one too many, throws `BudgetError`. */
  call(args: readonly FeelValue[], env: Env): FeelValue {
    env.enter()
    const result = this.#body(args, env)
    env.leave()
    return result
  }
}

/** What a value is called in reasons and in `instance of`. */
export type TypeName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function'
  | 'list'
  | 'context'

export function typeOf(value: FeelValue): TypeName {
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'number':
      return 'number'
    case 'string':
      return 'string'
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (isContext(value)) return 'context'
  if (value instanceof Decimal) return 'number'
  if (value instanceof FeelRange) return 'range'
  if (value instanceof FeelFunction) return 'function'
  if ('nanosOfDay' in value) return 'time'
  if ('date' in value) return 'date and time'
  if ('year' in value) return 'date'
  return 'months' in value ? 'years and months duration' : 'days and time duration'
}

/** Whether it is a context: a plain object, made here or parsed from JSON. */
export function isContext(value: FeelValue | undefined): value is FeelObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export const isList = (value: FeelValue | undefined): value is readonly FeelValue[] => Array.isArray(value)

/** The entry of that name, undefined where there is none. */
export function entryOf(context: FeelObject, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) ? context[name] : undefined
}

/** Sets a plain own entry, `__proto__` included (plain assignment would change the prototype instead). */
export function setEntry<T>(target: { [name: string]: T }, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}
