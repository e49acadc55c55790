/**
 * The only door to DMN.
 *
 * readDecisions(xml, resource)            → Promise<{ decisions, problems, drg }>
 * problemsOf(id, file)                    → what of the problems of a file concerns one of its decisions
 * inDmn13(xml)                            → text that parsers of DMN 1.3 read
 * dmn15                                   → descriptor for such a parser, with what DMN 1.4 and 1.5 added
 * evaluateDecision(decision, context, at) → { ok, value, rules, inputs, steps, misfits } | { ok: false, message, inputs }
 */
export type { Decision, DecisionOutcome, DecisionStep, Misfit } from './decision.ts'
export { evaluateDecision } from './evaluate/index.ts'
export { dmn15 } from './read/descriptor.ts'
export { type DecisionFile, readDecisions } from './read/index.ts'
export { inDmn13 } from './read/parse.ts'
export { type Drg, type DrgElement, problemsOf } from './requirements.ts'
export type { DecisionRule, DecisionTable } from './table.ts'
