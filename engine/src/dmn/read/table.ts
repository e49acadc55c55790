import type { ModdleElement } from 'bpmn-moddle'
import { hitPolicyOf } from '../hit-policy/all.ts'
import { readPriorities } from '../priorities.ts'
import type { DecisionOutput, DecisionRule, DecisionTable } from '../table.ts'
import type { ItemType } from '../type.ts'
import type { Reading } from './reading.ts'
import { bodyOf, many, one, text } from './report.ts'

/**
 * Reads a decision table (DMN 1.5 §8.3).
 * @param type what its result conforms to
 * @param holder the decision or function it belongs to, where problems are shown
 */
export function readTable(
  table: ModdleElement,
  type: ItemType | null,
  holder: ModdleElement,
  reading: Reading,
): DecisionTable | null {
  const hitPolicy = hitPolicyOf(text(table.hitPolicy), text(table.aggregation))
  if (!hitPolicy) {
    reading.report('DECISION_INVALID', holder, {
      reason: 'hitPolicy',
      found: `${text(table.hitPolicy)} ${text(table.aggregation) ?? ''}`.trim(),
    })
    return null
  }
  const inputs = many(table.input).map((input) => {
    const expression = one(input.inputExpression)
    return {
      id: text(input.id) ?? '',
      label: text(input.label),
      expression: reading.expression(expression, input),
      type: reading.types.limited(reading.types.of(expression, input), one(input.inputValues), input),
    }
  })
  const outputs = many(table.output).map((output) => readOutput(output, reading))
  const fault = (reason: 'noOutput' | 'sameOutput' | 'aggregation' | 'noPriorities') =>
    reading.report('DECISION_INVALID', holder, { reason })
  if (outputs.length === 0) fault('noOutput')
  if (new Set(outputs.map((output) => output.name)).size < outputs.length) fault('sameOutput')
  // The collect operators are undefined over several outputs (§8.2.8).
  if (hitPolicy.length === 2 && outputs.length > 1) fault('aggregation')
  if ((hitPolicy === 'P' || hitPolicy === 'O') && outputs.every((output) => output.priorities.length === 0)) {
    fault('noPriorities')
  }
  const rules = many(table.rule).map((rule, index) => readRule(rule, index + 1, inputs.length, outputs.length, reading))
  // A column without an expression has been reported; the table is not used then.
  const complete = inputs.flatMap(({ expression, ...input }) => (expression ? [{ ...input, expression }] : []))
  return { kind: 'table', type, hitPolicy, inputs: complete, outputs, rules }
}

function readOutput(output: ModdleElement, reading: Reading): DecisionOutput {
  const values = one(output.outputValues)
  const declared = reading.types.of(output, output)
  return {
    id: text(output.id) ?? '',
    name: text(output.name) ?? text(output.id) ?? '',
    type: reading.types.limited(declared, values, output),
    priorities: readPriorities(bodyOf(values) || allowedIn(declared)),
    fallback: output.defaultOutputEntry ? reading.expression(one(output.defaultOutputEntry), output) : null,
  }
}

/** The allowed values of a type, as they are written. */
const allowedIn = (type: ItemType | null): string => (type?.kind === 'constrained' ? type.source : '')

function readRule(rule: ModdleElement, row: number, inputs: number, outputs: number, reading: Reading): DecisionRule {
  const tests = many(rule.inputEntry)
  const results = many(rule.outputEntry)
  if (tests.length !== inputs || results.length !== outputs) {
    reading.report('DECISION_INVALID', rule, { reason: 'columns', row })
  }
  return {
    id: text(rule.id) ?? `rule ${row}`,
    tests: tests.map((cell) => (isAny(bodyOf(cell)) ? null : reading.expression(cell, rule, 'tests', row))),
    results: results.map((cell) => (bodyOf(cell).trim() === '' ? null : reading.expression(cell, rule, 'feel', row))),
  }
}

const isAny = (cell: string): boolean => cell.trim() === '' || cell.trim() === '-'
