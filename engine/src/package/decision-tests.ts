import { stringify } from 'yaml'
import { type Decision, evaluateDecision, type Misfit } from '../dmn/index.ts'
import { contextOf } from '../feel/index.ts'
import { isMapping, readYaml } from '../field/yaml.ts'
import type { Json, Variables } from '../record/json.ts'

/** A row of values for a decision, and what it should give. */
export interface DecisionTest {
  readonly name: string
  readonly decision: string
  /** Day on which it is decided (`YYYY-MM-DD`), for decisions that read today's date. */
  readonly on?: string
  readonly inputs: Variables
  /** What is checked: a value, or of several results those named. Absent: nothing is. */
  readonly expect?: Json
}

/** Where the tests of a decision file stand: a file deploy leaves aside. */
export const decisionTestsFile = (file: string): string => `${file}.tests.yaml`

/** JSON of what YAML gave; null for what JSON cannot say. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json

/**
 * Reads the tests of a decision file.
 * @returns what could be read, and whether all of it could: what could not must not be written over
 */
export function readDecisionTests(text: string | undefined): { tests: DecisionTest[]; whole: boolean } {
  if (text === undefined || text.trim() === '') return { tests: [], whole: true }
  const { value } = readYaml('', text)
  if (!isMapping(value) || !Array.isArray(value.tests)) return { tests: [], whole: false }
  const tests = value.tests.flatMap((each: unknown): DecisionTest[] => {
    if (!isMapping(each) || typeof each.decision !== 'string' || !isMapping(each.inputs ?? {})) return []
    return [
      {
        name: typeof each.name === 'string' ? each.name : '',
        decision: each.decision,
        ...(typeof each.on === 'string' && { on: each.on }),
        inputs: plain(each.inputs ?? {}) as Variables,
        ...(Object.hasOwn(each, 'expect') && { expect: plain(each.expect) }),
      },
    ]
  })
  return { tests, whole: tests.length === value.tests.length }
}

/** The text of the tests; null when there are none: the file goes. */
export const writeDecisionTests = (tests: readonly DecisionTest[]): string | null =>
  tests.length === 0 ? null : stringify({ tests }, { lineWidth: 0 })

/** A checked result that is not as expected. */
export interface DecisionDifference {
  /** Name of the result; null when the decision has one. */
  readonly result: string | null
  readonly expected: Json
  readonly found: Json
}

export type DecisionTestRun =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true
      readonly value: Json
      /** Ids of the rules that made it. */
      readonly rules: readonly string[]
      readonly differences: readonly DecisionDifference[]
      /** What the conditions of the table came to, in its order. */
      readonly conditions: readonly { readonly label: string; readonly value: Json }[]
      /** Values that did not fit their type and became null (DMN 1.5 §10.3.2.9.4). */
      readonly misfits: readonly Misfit[]
    }

/** Runs a test on the engine, with the parameters of the package. */
export function runDecisionTest(decision: Decision, test: DecisionTest, parameters: Variables): DecisionTestRun {
  const context = contextOf({ parameters, ...test.inputs })
  const at = dayOf(test.on)
  const outcome = evaluateDecision(decision, context, at)
  if (!outcome.ok) return { ok: false, message: outcome.message }
  const { logic } = decision
  const conditions =
    logic.kind !== 'table'
      ? []
      : logic.inputs.map(({ label, expression, type }) => {
          // The condition alone, where the decision's own names hold.
          const condition: Decision = { ...decision, logic: { kind: 'literal', type, expression }, type: null }
          const one = evaluateDecision(condition, context, at)
          return { label: label ?? expression.source, value: one.ok ? one.value : null }
        })
  return {
    ok: true,
    value: outcome.value,
    rules: outcome.rules,
    differences: test.expect === undefined ? [] : differences(test.expect, outcome.value),
    conditions,
    misfits: outcome.misfits,
  }
}

/** Eight in the morning of that day in Beijing, which is what `today()` then tells. */
const dayOf = (day: string | undefined): number => {
  const at = Date.parse(`${day ?? '2026-01-01'}T08:00:00+08:00`)
  return Number.isNaN(at) ? 0 : at
}

function differences(expected: Json, found: Json): DecisionDifference[] {
  if (!isMapping(expected)) return same(expected, found) ? [] : [{ result: null, expected, found }]
  return Object.entries(expected).flatMap(([result, wanted]) => {
    const value = isMapping(found) && Object.hasOwn(found, result) ? (found[result] as Json) : null
    return same(wanted as Json, value) ? [] : [{ result, expected: wanted as Json, found: value }]
  })
}

const same = (a: Json, b: Json): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Members of mappings in one order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner as Json)]),
  )
}
