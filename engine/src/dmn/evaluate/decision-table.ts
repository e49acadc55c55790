import type { Scope, Value } from '../feel.ts'
import { hitPolicies } from '../hit-policy/all.ts'
import { type Columns, type Match, shapeOf } from '../hit-policy/hit-policy.ts'
import type { DecisionOutput, DecisionTable } from '../table.ts'
import type { Session } from './session.ts'

/**
 * Evaluates a decision table (DMN 1.5 §8). A single output column gives its value, several give a context; a table without
 * a match gives its default outputs, else null. Inputs and outputs outside their allowed values are null.
 */
export function decisionTable(table: DecisionTable, scope: Scope, session: Session): Value {
  const inputs = table.inputs.map(({ expression, type, label }) =>
    session.fit(session.read(expression, scope), type, label ?? expression.source),
  )
  const matches: Match[] = []
  for (const rule of table.rules) {
    const hit = rule.tests.every(
      (test, column) => test === null || session.read(test, scope, inputs[column] ?? null) === true,
    )
    if (!hit) continue
    const values = table.outputs.map((output, column) => {
      const cell = rule.results[column] ?? null
      return cell === null ? null : fitOutput(session.read(cell, scope), output, session)
    })
    matches.push({ id: rule.id, values })
    if (table.hitPolicy === 'F') break
  }
  const columns = columnsOf(table.outputs, session)
  if (matches.length === 0) {
    if (table.outputs.every((output) => output.fallback === null)) return null
    return columns.shape(
      table.outputs.map((output) =>
        output.fallback === null ? null : fitOutput(session.read(output.fallback, scope), output, session),
      ),
    )
  }
  const result = hitPolicies[table.hitPolicy](matches, columns)
  if (!result.ok) session.fail(result.message)
  session.fired(result.rules)
  return result.value
}

const fitOutput = (value: Value, output: DecisionOutput, session: Session): Value =>
  session.fit(value, output.type, output.name)

function columnsOf(outputs: readonly DecisionOutput[], session: Session): Columns {
  return {
    same: (a, b) => session.same(a, b),
    compute: (source, values) => session.compute(source, values),
    shape: (values) => shapeOf(outputs, values),
    rank: (values) =>
      outputs.map(({ priorities }, column) => {
        const value = values[column] ?? null
        const place = priorities.findIndex((one) => session.same(one, value))
        return place < 0 ? priorities.length : place
      }),
  }
}
