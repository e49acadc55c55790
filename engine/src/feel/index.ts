/**
 * The only door to FEEL. The rest of the engine knows expressions as these types.
 *
 * compileExpression(source)          → { expression } | { error, at }      source without the leading `=`
 * compileUnaryTests(source)          → { expression } | { error, at }      a cell of a decision table; reads `?`
 * staticExpression(text)             → Expression                          the text itself
 * evaluate(expression, context, at)  → { ok, value, inputs } | { ok: false, message, inputs }
 * costOf(source)                     → { work } | { fault }                what it may cost where nothing stops it
 * backtracks(pattern)                → whether a browser may match it without end
 */

export type { Evaluation, FeelContext } from './context.ts'
export { chainContexts, contextOf } from './context.ts'
export { type Cost, costOf } from './cost.ts'
export type { Compiled, Expression } from './expression.ts'
export { compileExpression, compileUnaryTests, evaluate, staticExpression } from './expression.ts'
export { ExpressionMeter } from './meter.ts'
export { backtracks } from './pattern.ts'
