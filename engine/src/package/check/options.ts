import type { DecisionInput, DecisionTable } from '../../dmn/table.ts'
import type { FieldDictionary, FieldEntry } from '../../field/dictionary.ts'
import type { Problem } from '../../problem/problem.ts'
import type { JudgedDecision, JudgedPackage, JudgedProcess } from '../judged.ts'

type Parts = Omit<JudgedPackage, 'problems'>

/** A text of FEEL, its inside as the first group. */
const TEXT = /"((?:[^"\\]|\\.)*)"/.source
/** A cell that is nothing but texts: `"a", "b"`. */
const TEXTS = new RegExp(`^${TEXT}(?:\\s*,\\s*${TEXT})*$`)

/**
 * Cells of decision tables and conditions of flows that compare a choice with what is none of its options. An answer
 * holds the value of an option, never its label, nor one that is gone.
 */
export function optionsMissing({ decisions, processes, fields }: Parts): Problem[] {
  if (!fields) return []
  const choices = fields.fields.filter((field) => field.options && /^choices?$/.test(field.kind))
  return [...decisions.flatMap((one) => inDecision(one, fields)), ...processes.flatMap((one) => inFlows(one, choices))]
}

interface Found {
  readonly field: FieldEntry
  readonly found: string
  readonly row?: number
}

function problem(at: Pick<Problem, 'resource' | 'elementId' | 'elementName'>, { field, found, row }: Found): Problem {
  const facts = { field: field.name, key: field.key, found, ...(row !== undefined && { row }) }
  return { code: 'OPTION_MISSING', severity: 'warning', ...at, facts }
}

function inDecision({ decision, resource }: JudgedDecision, dictionary: FieldDictionary): Problem[] {
  if (decision.logic.kind !== 'table') return []
  const at = { resource, elementId: decision.id, elementName: decision.name }
  return inCells(decision.logic, dictionary).map((found) => problem(at, found))
}

function inCells({ inputs, rules }: DecisionTable, dictionary: FieldDictionary): Found[] {
  const asked = inputs.map((input) => choiceOf(input, dictionary))
  return rules.flatMap(({ tests }, index) =>
    tests.flatMap((test, column) => {
      const field = asked[column]
      if (!field || !test || !TEXTS.test(test.source.trim())) return []
      const found = textsIn(test.source).find((text) => !isOption(field, text))
      return found === undefined ? [] : [{ field, found, row: index + 1 }]
    }),
  )
}

/** The choice that a column reads as it is. */
const choiceOf = ({ expression }: DecisionInput, { fields }: FieldDictionary): FieldEntry | undefined =>
  fields.find(({ key, kind, options }) => kind === 'choice' && options && key === expression.source.trim())

function inFlows({ process, resource }: JudgedProcess, choices: readonly FieldEntry[]): Problem[] {
  return Object.values(process.flows).flatMap(({ id, name, condition, sourceId }) => {
    if (!condition) return []
    const at = { resource, elementId: id, elementName: name ?? process.nodes[sourceId]?.name ?? id }
    return choices.flatMap((field) => {
      const found = comparedWith(field.key, condition.source).find((text) => !isOption(field, text))
      return found === undefined ? [] : [problem(at, { field, found })]
    })
  })
}

/** Texts that a variable is compared with: `key = "a"`, `key != "a"`, `list contains(key, "a")`. */
function comparedWith(key: string, source: string): string[] {
  if (!source.includes(key)) return []
  const name = `(?<![\\p{L}\\p{N}_.])${key.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}`
  return [`${name}\\s*!?=\\s*${TEXT}`, `list contains\\(\\s*${name}\\s*,\\s*${TEXT}`].flatMap((pattern) =>
    [...source.matchAll(new RegExp(pattern, 'gu'))].map(([, text = '']) => unescaped(text)),
  )
}

const textsIn = (source: string): string[] =>
  [...source.matchAll(new RegExp(TEXT, 'g'))].map(([, text = '']) => unescaped(text))

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')

const isOption = ({ options = [] }: FieldEntry, text: string): boolean => options.some(({ value }) => value === text)
