import { type Expression, evaluate, type FeelContext } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Decision, DecisionOutcome, DecisionTable } from './decision.ts'
import { hitPolicies } from './hit-policy/all.ts'
import type { Columns, Match } from './hit-policy/hit-policy.ts'

class Failure extends Error {}

/**
 * Evaluates a decision with the decisions it requires (DMN 1.5 §6.3 and §8.2). A single output column gives its value,
 * several give a context; a table without a match gives its default outputs, else null. Never throws.
 *
 * @param at the time of the command, which `now()` and `today()` tell
 */
export function evaluateDecision(decision: Decision, context: FeelContext, at: number): DecisionOutcome {
  const inputs: Variables = {}
  const done = new Map<string, { value: Json; rules: readonly string[] }>()

  /** Results of required decisions shadow names of the case. */
  const scopeOf = (one: Decision): FeelContext => ({
    get(name) {
      const required = one.requires.find((candidate) => candidate.resultName === name || candidate.id === name)
      return required ? done.get(required.id)!.value : context.get(name)
    },
  })

  const run = (one: Decision): { value: Json; rules: readonly string[] } => {
    const known = done.get(one.id)
    if (known) return known
    for (const required of one.requires) run(required)
    const scope = scopeOf(one)
    const read = (expression: Expression, value?: Json): Json => {
      const result = evaluate(expression, value === undefined ? scope : withInput(scope, value), at)
      Object.assign(inputs, result.inputs)
      if (!result.ok) throw new Failure(`"${expression.source}" in decision ${one.id}: ${result.message}`)
      return result.value
    }
    const result =
      one.logic.kind === 'literal' ? { value: read(one.logic.expression), rules: [] } : table(one.logic, one.id, read)
    done.set(one.id, result)
    return result
  }

  try {
    return { ok: true, ...run(decision), inputs }
  } catch (error) {
    if (error instanceof Failure) return { ok: false, message: error.message, inputs }
    throw error
  }
}

const withInput = (scope: FeelContext, value: Json): FeelContext => ({
  get: (name) => (name === '?' ? value : scope.get(name)),
})

function table(
  logic: DecisionTable,
  id: string,
  read: (expression: Expression, input?: Json) => Json,
): { value: Json; rules: readonly string[] } {
  const inputs = logic.inputs.map((input) => read(input.expression))
  const matches: Match[] = []
  for (const rule of logic.rules) {
    const hit = rule.tests.every((test, column) => test === null || read(test, inputs[column] ?? null) === true)
    if (!hit) continue
    matches.push({ id: rule.id, values: rule.results.map((result) => (result ? read(result) : null)) })
    if (logic.hitPolicy === 'F') break
  }
  const columns = columnsOf(logic)
  if (matches.length === 0) {
    if (logic.outputs.every((output) => output.fallback === null)) return { value: null, rules: [] }
    return {
      value: columns.shape(logic.outputs.map((output) => (output.fallback ? read(output.fallback) : null))),
      rules: [],
    }
  }
  const result = hitPolicies[logic.hitPolicy](matches, columns)
  if (!result.ok) throw new Failure(`decision ${id}: ${result.message}`)
  return result
}

function columnsOf(logic: DecisionTable): Columns {
  const { outputs } = logic
  return {
    shape: (values) =>
      outputs.length === 1
        ? (values[0] ?? null)
        : Object.fromEntries(outputs.map((output, i) => [output.name, values[i] ?? null])),
    rank: (values) =>
      outputs.map((output, i) => {
        const place = output.priorities.findIndex(
          (value) => JSON.stringify(value) === JSON.stringify(values[i] ?? null),
        )
        return place < 0 ? output.priorities.length : place
      }),
  }
}
