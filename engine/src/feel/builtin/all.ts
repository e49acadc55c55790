import { aggregateFunctions } from './aggregate.ts'
import { booleanFunctions } from './boolean.ts'
import type { Builtin } from './builtin.ts'
import { contextFunctions } from './context.ts'
import { conversionFunctions } from './conversion.ts'
import { listFunctions } from './list.ts'
import { matchFunctions } from './match.ts'
import { numericFunctions } from './numeric.ts'
import { ownFunctions } from './own.ts'
import { rangeFunctions } from './range.ts'
import { stringFunctions } from './string.ts'
import { temporalFunctions } from './temporal.ts'

export type { Builtin, Signature } from './builtin.ts'

/** All built-in functions by name: those of DMN 1.5 §10.3.4, those Camunda adds, and the engine's own. */
export const builtins: ReadonlyMap<string, Builtin> = new Map([
  ...conversionFunctions,
  ...booleanFunctions,
  ...stringFunctions,
  ...matchFunctions,
  ...listFunctions,
  ...aggregateFunctions,
  ...numericFunctions,
  ...contextFunctions,
  ...temporalFunctions,
  ...rangeFunctions,
  ...ownFunctions,
])
