import { type Env, FeelFailure } from '../env.ts'
import { equals } from '../equality.ts'
import { isSameTemporal, isTemporal } from '../temporal/index.ts'
import { type FeelValue, typeOf } from '../value.ts'
import { builtin, type Family, isNil, isText, scalar } from './builtin.ts'

/** Whether both are one element of the domain: of a time also its offset counts (DMN 1.5 §10.3.4.5 `is`). */
function is(a: FeelValue, b: FeelValue, env: Env): boolean {
  if (typeOf(a) !== typeOf(b)) return false
  return isTemporal(a) && isTemporal(b) ? isSameTemporal(a, b) : equals(a, b, env) === true
}

/** DMN 1.5 §10.3.4.2 and §10.3.4.5, and those Camunda adds. */
export const booleanFunctions: Family = [
  scalar('not', 'negand', ([negand]) => (typeof negand === 'boolean' ? !negand : null)),
  builtin('is', 'value1, value2', ([a, b], env) => is(a ?? null, b ?? null, env)),
  builtin('is defined', 'value', ([value]) => !isNil(value)),
  builtin('get or else', 'value, default', ([value, fallback]) => value ?? fallback ?? null),
  builtin('assert', 'value, condition, cause', ([value, condition, cause]) => {
    if (condition === true) return value ?? null
    throw new FeelFailure(isText(cause) ? cause : 'the condition of assert() is not true')
  }),
  // Camunda marks with it what an agent is to fill in.
  builtin('fromAi', 'value, description, type, schema, options', ([value]) => value ?? null),
]
