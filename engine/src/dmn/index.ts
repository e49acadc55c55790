/**
 * The only door to DMN.
 *
 * readDecisions(xml, resource)           → Promise<{ decisions, problems }>
 * evaluateDecision(decision, context, at) → { ok, value, rules, inputs } | { ok: false, message, inputs }
 */
export type { Decision, DecisionOutcome, DecisionRule, DecisionTable } from './decision.ts'
export { evaluateDecision } from './evaluate.ts'
export { readDecisions } from './read.ts'
