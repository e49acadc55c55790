import type { Code, Family } from '../code.ts'
import type { Env } from '../env.ts'
import { add, divide, isNumber, multiply, negate, power, subtract } from '../number.ts'
import { childrenOf, FeelSyntaxError } from '../syntax.ts'
import {
  addTemporal,
  costOf,
  DaysDuration,
  divideDuration,
  isTemporal,
  MonthsDuration,
  multiplyDuration,
  negateDuration,
  subtractTemporal,
  type Temporal,
} from '../temporal/index.ts'
import type { FeelNumber, FeelValue } from '../value.ts'
import { operandCode } from './operator.ts'

type Operation = (a: FeelValue, b: FeelValue, env: Env) => FeelValue

const isDuration = (value: FeelValue): value is DaysDuration | MonthsDuration =>
  value instanceof DaysDuration || value instanceof MonthsDuration

/** DMN 1.5 §10.3.2.10, by operator. What has no result is null, and noted where the operands do not go together. */
const OPERATIONS: { readonly [operator: string]: Operation } = {
  '+': (a, b, env) => {
    if (isNumber(a) && isNumber(b)) return add(a, paid(a, b, env))
    if (typeof a === 'string' && typeof b === 'string') return env.built(a + b)
    return (isTemporal(a) && isTemporal(b) ? addTemporal(a, zoned(a, b, env)) : null) ?? odd('+', a, b, env)
  },
  '-': (a, b, env) => {
    if (isNumber(a) && isNumber(b)) return subtract(a, paid(a, b, env))
    return (isTemporal(a) && isTemporal(b) ? subtractTemporal(a, zoned(a, b, env)) : null) ?? odd('-', a, b, env)
  },
  '*': (a, b, env) => {
    if (isNumber(a) && isNumber(b)) return multiply(a, paid(a, b, env))
    if (isDuration(a) && isNumber(b)) return multiplyDuration(a, scaling(b, env))
    if (isNumber(a) && isDuration(b)) return multiplyDuration(b, scaling(a, env))
    return odd('*', a, b, env)
  },
  '/': (a, b, env) => {
    if (isNumber(a) && isNumber(b)) {
      env.work(QUOTIENT_WORK)
      return divide(a, b)
    }
    return isDuration(a) && (isNumber(b) || isDuration(b)) ? divideDuration(a, scaling(b, env)) : odd('/', a, b, env)
  },
  '**': (a, b, env) => {
    if (!isNumber(a) || !isNumber(b)) return odd('**', a, b, env)
    env.work(Number.isInteger(b) ? POWER_WORK + DIGIT_WORK * String(b).length : ROOT_WORK)
    return power(a, b)
  },
}

/** Units of work of an operation with decimals: sums and products, quotients, durations, powers by whole numbers, by others. */
const DECIMAL_WORK = 15
const QUOTIENT_WORK = 50
const SCALING_WORK = 80
const POWER_WORK = 100
/** Of each digit of the exponent. */
const DIGIT_WORK = 80
const ROOT_WORK = 5_000

/** The second operand, when the work is paid for that two numbers cost which are not both whole. */
function paid(a: FeelNumber, b: FeelNumber, env: Env): FeelNumber {
  if (!Number.isInteger(a) || !Number.isInteger(b)) env.work(DECIMAL_WORK)
  return b
}

/** The second operand, when the work is paid for that zones cost in which one of them is. */
function zoned<T extends Temporal>(a: Temporal, b: T, env: Env): T {
  env.work(costOf(a) + costOf(b))
  return b
}

/** What a duration is multiplied or divided by, when the work is paid for that its decimals cost. */
function scaling<T extends FeelValue>(by: T, env: Env): T {
  env.work(SCALING_WORK)
  return by
}

const odd = (operator: string, a: FeelValue, b: FeelValue, env: Env): null => env.unlike(operator, a, b)

/** `a + b`, `-a` (grammar rules 21 to 26). */
export const arithmeticExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  if (parts.length === 2) return unary(compiler.text(parts[0]!), operandCode(parts[1]!, scope, compiler))
  const sign = compiler.text(parts[1]!)
  const operate = OPERATIONS[sign]
  if (!operate) throw new FeelSyntaxError(`"${sign}" cannot be read here`, parts[1]!.from)
  const left = operandCode(parts[0]!, scope, compiler)
  const right = operandCode(parts[2]!, scope, compiler)
  return (env) => operate(left(env), right(env), env)
}

function unary(sign: string, operand: Code): Code {
  return (env) => {
    const value = operand(env)
    if (isNumber(value)) return sign === '-' ? negate(value) : (value as FeelNumber)
    if (isDuration(value)) return sign === '-' ? negateDuration(value) : value
    return value === null ? null : env.unlike(sign, value, value)
  }
}
