/**
 * The only door to DMN.
 *
 * readDecisions(xml, resource)           → Promise<{ decisions, problems }>
 * inDmn13(xml)                           → text that parsers of DMN 1.3 read
 * evaluateDecision(decision, context, at) → { ok, value, rules, inputs } | { ok: false, message, inputs }
 */
export type { Decision, DecisionOutcome, DecisionRule, DecisionTable } from './decision.ts'
export { evaluateDecision } from './evaluate.ts'
export { inDmn13, readDecisions } from './read.ts'
