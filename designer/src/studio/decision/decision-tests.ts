import { contextOf, type Decision, evaluateDecision, type Json, type Variables } from '@bihuan/engine'
import { parse, stringify } from 'yaml'

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
export const testFile = (file: string): string => `${file}.tests.yaml`

const isMapping = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON of what YAML gave; null for what JSON cannot say. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json

/**
 * Reads the tests of a decision file.
 * @returns what could be read, and whether all of it could: what could not must not be written over
 */
export function readTests(text: string | undefined): { tests: DecisionTest[]; whole: boolean } {
  if (text === undefined || text.trim() === '') return { tests: [], whole: true }
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 0 })
  } catch {
    return { tests: [], whole: false }
  }
  if (!isMapping(value) || !Array.isArray(value.tests)) return { tests: [], whole: false }
  const tests = value.tests.flatMap((each: unknown): DecisionTest[] => {
    if (!isMapping(each) || typeof each.decision !== 'string' || !isMapping(each.inputs ?? {})) return []
    return [
      {
        name: typeof each.name === 'string' ? each.name : '',
        decision: each.decision,
        ...(typeof each.on === 'string' && { on: each.on }),
        inputs: plain(each.inputs ?? {}) as Variables,
        ...('expect' in each && { expect: plain(each.expect) }),
      },
    ]
  })
  return { tests, whole: tests.length === value.tests.length }
}

/** The text of the tests; null when there are none: the file goes. */
export const writeTests = (tests: readonly DecisionTest[]): string | null =>
  tests.length === 0 ? null : stringify({ tests }, { lineWidth: 0 })

/** Names of the case a decision reads, with those of the decisions it needs, in the order of the table. */
export function namesRead(decision: Decision): string[] {
  const own = new Set<string>()
  const walk = (one: Decision): void => {
    for (const required of one.requires) walk(required)
    const made = new Set(one.requires.flatMap(({ id, resultName }) => [id, resultName]))
    const { logic } = one
    const expressions =
      logic.kind === 'literal'
        ? [logic.expression]
        : [
            ...logic.inputs.map(({ expression }) => expression),
            ...logic.rules.flatMap(({ tests, results }) => [...tests, ...results]),
          ]
    for (const name of expressions.flatMap((expression) => expression?.names ?? []))
      if (name !== '?' && !made.has(name)) own.add(name)
  }
  walk(decision)
  own.delete('parameters')
  return [...own]
}

/** Whether what a decision gives depends on the day. */
export function readsToday(decision: Decision): boolean {
  const { logic, requires } = decision
  const sources =
    logic.kind === 'literal'
      ? [logic.expression.source]
      : [
          ...logic.inputs.map(({ expression }) => expression.source),
          ...logic.rules.flatMap(({ tests, results }) => [...tests, ...results].map((cell) => cell?.source ?? '')),
        ]
  return sources.some((source) => /\b(today|now)\s*\(/.test(source)) || requires.some(readsToday)
}

/** A checked result that is not as expected. */
export interface Difference {
  /** Name of the result; null when the decision has one. */
  readonly result: string | null
  readonly expected: Json
  readonly found: Json
}

export type TestRun =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true
      readonly value: Json
      /** Ids of the rules that made it. */
      readonly rules: readonly string[]
      readonly differences: readonly Difference[]
      /** What the conditions of the table came to, in its order. */
      readonly conditions: readonly { readonly label: string; readonly value: Json }[]
    }

/** Runs a test on the engine, with the parameters of the package. */
export function runTest(decision: Decision, test: DecisionTest, parameters: Variables): TestRun {
  const context = contextOf({ parameters, ...test.inputs })
  const at = dayOf(test.on)
  const outcome = evaluateDecision(decision, context, at)
  if (!outcome.ok) return { ok: false, message: outcome.message }
  const { logic } = decision
  const conditions =
    logic.kind === 'literal'
      ? []
      : logic.inputs.map(({ label, expression }) => {
          // The condition alone, where the decision's own names hold.
          const one = evaluateDecision({ ...decision, logic: { kind: 'literal', expression } }, context, at)
          return { label: label ?? expression.source, value: one.ok ? one.value : null }
        })
  return {
    ok: true,
    value: outcome.value,
    rules: outcome.rules,
    differences: test.expect === undefined ? [] : differences(test.expect, outcome.value),
    conditions,
  }
}

/** Eight in the morning of that day in Beijing, which is what `today()` then tells. */
const dayOf = (day: string | undefined): number => {
  const at = Date.parse(`${day ?? '2026-01-01'}T08:00:00+08:00`)
  return Number.isNaN(at) ? 0 : at
}

function differences(expected: Json, found: Json): Difference[] {
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

/** What people type for a value: texts as they are, `true`, `false` and numbers as such, nothing for null. */
export function typedValue(text: string, type: string | undefined): Json {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === 'null') return null
  if (type === 'string') return trimmed.replace(/^"(.*)"$/, '$1')
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (/^[[{"]/.test(trimmed)) {
    try {
      return JSON.parse(trimmed) as Json
    } catch {
      return trimmed
    }
  }
  return trimmed
}

/** A value as `typedValue` reads it back. */
export const typedText = (value: Json | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
