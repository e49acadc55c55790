import {
  contextOf,
  type Decision,
  type DecisionOutcome,
  type DecisionTable,
  evaluate,
  evaluateDecision,
  type Json,
  type Variables,
} from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { EvaluatedDecision } from '../../host/decisions.ts'
import { DEFAULT_TENANT } from './tenant.ts'

const types = { table: 'DECISION_TABLE', literal: 'LITERAL_EXPRESSION' } as const

interface Evaluation {
  readonly decision: Decision
  readonly outcome: DecisionOutcome
  readonly context: Variables
}

/** A decision and those it stands on, each once, what is required before what requires it. */
function evaluations(root: Decision, rootOutcome: DecisionOutcome, variables: Variables, at: number): Evaluation[] {
  const found = new Map<string, Evaluation>()
  const visit = (decision: Decision): Evaluation => {
    const known = found.get(decision.id)
    if (known) return known
    const context = { ...variables }
    for (const required of decision.requires) {
      const { outcome } = visit(required)
      if (outcome.ok) context[required.resultName] = outcome.value
    }
    const outcome = decision === root ? rootOutcome : evaluateDecision(decision, contextOf(variables), at)
    const made = { decision, outcome, context }
    found.set(decision.id, made)
    return made
  }
  visit(root)
  return [...found.values()]
}

const text = (value: Json): string => JSON.stringify(value)

/** What the inputs of a table were, as far as they can be told. */
function inputsOf({ inputs }: DecisionTable, context: Variables, at: number) {
  return inputs.map(({ id, label, expression }) => {
    const found = evaluate(expression, contextOf(context), at)
    return { inputId: id, inputName: label ?? expression.source, inputValue: text(found.ok ? found.value : null) }
  })
}

/** The rules that matched, with what each says. */
function rulesOf({ rules, outputs }: DecisionTable, matched: readonly string[], context: Variables, at: number) {
  return rules.flatMap(({ id, results }, index) => {
    if (!matched.includes(id)) return []
    const evaluatedOutputs = outputs.map((output, i) => {
      const expression = results[i]
      const found = expression ? evaluate(expression, contextOf(context), at) : null
      return { outputId: output.id, outputName: output.name, outputValue: text(found?.ok ? found.value : null) }
    })
    return [{ ruleId: id, ruleIndex: index + 1, evaluatedOutputs }]
  })
}

/** An evaluation in Camunda's shape. Values are JSON text. */
export async function showEvaluation(store: Store, { key, row, decision, outcome, at, variables }: EvaluatedDecision) {
  const all = evaluations(decision, outcome, variables, at)
  const rows = await decisionsOfFile(store, row, all)
  const failed = all.find((one) => !one.outcome.ok)
  return {
    decisionDefinitionId: row.decisionId,
    decisionDefinitionKey: String(row.key),
    decisionDefinitionName: row.name,
    decisionDefinitionVersion: row.version,
    decisionRequirementsId: row.drgId,
    decisionRequirementsKey: String(row.drgKey),
    output: text(outcome.ok ? outcome.value : null),
    failedDecisionDefinitionId: failed?.decision.id ?? null,
    failureMessage: outcome.ok ? null : outcome.message,
    tenantId: DEFAULT_TENANT,
    decisionEvaluationKey: String(key),
    decisionInstanceKey: String(key),
    evaluatedDecisions: all.map((one, index) => {
      const { logic } = one.decision
      const table = logic.kind === 'table' ? logic : null
      const matched = one.outcome.ok ? one.outcome.rules : []
      const deployed = rows.get(one.decision.id) ?? row
      return {
        decisionDefinitionId: one.decision.id,
        decisionDefinitionKey: String(deployed.key),
        decisionDefinitionName: one.decision.name,
        decisionDefinitionVersion: deployed.version,
        decisionDefinitionType: logic.kind in types ? types[logic.kind as keyof typeof types] : 'UNKNOWN',
        decisionEvaluationInstanceKey: `${key}-${index + 1}`,
        output: text(one.outcome.ok ? one.outcome.value : null),
        tenantId: DEFAULT_TENANT,
        matchedRules: table ? rulesOf(table, matched, one.context, at) : [],
        evaluatedInputs: table ? inputsOf(table, one.context, at) : [],
      }
    }),
  }
}

/** The deployed decisions of the same file, by id. */
async function decisionsOfFile(store: Store, { drgKey }: Row<'decision'>, all: readonly Evaluation[]) {
  const { decision: t } = store.tables
  const ids = all.map(({ decision }) => decision.id)
  const rows = await store.read
    .select({ id: t.decisionId, key: t.key, version: t.version })
    .from(t)
    .where(and(eq(t.drgKey, drgKey), inArray(t.decisionId, ids)))
  return new Map(rows.map((row) => [row.id, row]))
}
