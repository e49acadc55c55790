/**
 * The only door to FEEL. The rest of the engine knows expressions as these types.
 *
 * compileExpression(source, options?)       → { expression } | { error, at }   source without the leading `=`
 * compileUnaryTests(source, options?)       → { expression } | { error, at }   a cell of a decision table; reads `?`
 * staticExpression(text)                    → Expression                       the text itself
 * evaluate(expression, context, at)         → Evaluation                       { ok, value } | { ok: false, message }, and why
 * evaluateFeel(expression, context, at)     → Evaluation<FeelValue>            the same, with dates and functions
 * toJson(value)                             → Json                             a value of FEEL as plain JSON, or a failure
 * syntaxTree(source, top)                   → the tree of the grammar              for those who look for names in it
 * backtracks(pattern)                       → whether a browser may match it without end
 * patternsIn(source)                        → the patterns written in an expression
 */

export { chainContexts, contextOf, type FeelContext } from './context.ts'
export { Budget, Env, FeelFailure, type Surroundings, type Unlike } from './env.ts'
export type { Compiled, CompileOptions, Evaluation, Expression } from './expression.ts'
export { compileExpression, compileUnaryTests, evaluate, evaluateFeel, staticExpression } from './expression.ts'
export { toJson } from './json.ts'
export { ExpressionMeter } from './meter.ts'
export { backtracks } from './pattern.ts'
export { patternsIn } from './pattern-literals.ts'
export { syntaxTree } from './syntax.ts'
export { FeelFunction, FeelRange, type FeelValue, isContext, isList, setEntry, typeOf } from './value.ts'
