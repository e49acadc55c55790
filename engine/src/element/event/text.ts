import type { Expression } from '../../feel/index.ts'
import type { Context } from '../element.ts'
import { Fault } from '../fault.ts'
import { typeName } from '../type-name.ts'

/** A name or code an event is thrown or waits with. Throws `Fault` when it is no text, or empty; `what` says what was meant. */
export function textOf(expression: Expression, what: string, context: Context): string {
  const value = context.evaluate(expression)
  if (typeof value === 'string' && value !== '') return value
  throw new Fault('EXPRESSION_FAILED', {
    expression: expression.source,
    message: `expected ${what}, found ${typeName(value)}`,
  })
}
