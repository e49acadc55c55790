import type { ModdleElement } from 'bpmn-moddle'
import { many, text } from './report.ts'

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** A name starts with a letter; what does not could be taken for an operator. */
const STARTS = /^[\p{L}_]/u

/** Whether FEEL reads a text as one name without being told of it. */
export const isPlainName = (name: string): boolean => PLAIN.test(name)

/** Words with spaces between them: nothing that could be read as a path or a sum. */
const isWords = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name)

/** Those of the names that a text may use: all their words stand in it. */
export const namesUsed = (names: readonly string[], body: string): readonly string[] =>
  names.filter((name) =>
    isPlainName(name)
      ? body.includes('(') && body.includes(name)
      : name.split(/[^\p{L}\p{N}_]+/u).every((word) => body.includes(word)),
  )

/** Parts of logic that hold names its expressions may use, or lead to them. */
const LOGIC = [
  'encapsulatedLogic',
  'decisionLogic',
  'variable',
  'formalParameter',
  'body',
  'contextEntry',
  'value',
  'calledFunction',
  'binding',
  'bindingFormula',
  'elements',
  'column',
  'row',
  'output',
  'if',
  'then',
  'else',
  'in',
  'match',
  'return',
  'satisfies',
] as const

/** Elements whose names may be called as functions. */
const CALLED = ['dmn:BusinessKnowledgeModel', 'dmn:DecisionService', 'dmn:InformationItem']

/**
 * Names that FEEL must be told of: those with spaces or signs (DMN 1.5 §10.3.1.2), and those that may be functions.
 * These are the names of the whole file: of its elements, what its types and tables are made of, and parameters as far
 * as they are words, for calls that name them.
 */
export function namesOfFile(root: ModdleElement): readonly string[] {
  const names = new Set<string>()
  for (const element of many(root.drgElement)) {
    add(names, element)
    for (const part of partsOf(element, ['variable'])) add(names, part)
    walk(element, (part) => {
      const shared = part.$type === 'dmn:OutputClause' || part.$parent?.$type === 'dmn:FunctionDefinition'
      if (shared && isWords(text(part.name) ?? '')) add(names, part)
    })
  }
  const inType = (definition: ModdleElement): void => {
    for (const part of many(definition.itemComponent)) {
      add(names, part)
      inType(part)
    }
  }
  for (const definition of many(root.itemDefinition)) inType(definition)
  return [...names]
}

/** The same of the logic of one element: names it gives values to. */
export function namesOfLogic(element: ModdleElement): readonly string[] {
  const names = new Set<string>()
  walk(element, (part) => add(names, part))
  return [...names]
}

function add(names: Set<string>, element: ModdleElement): void {
  const called = CALLED.includes(element.$type)
  for (const name of [text(element.name), text(element.iteratorVariable)]) {
    if (name !== null && STARTS.test(name) && (called || !isPlainName(name))) names.add(name)
  }
}

function walk(element: ModdleElement, visit: (part: ModdleElement) => void): void {
  for (const part of partsOf(element, LOGIC)) {
    visit(part)
    walk(part, visit)
  }
}

const partsOf = (element: ModdleElement, properties: readonly string[]): ModdleElement[] =>
  properties.flatMap((property) => {
    const found: unknown = element[property]
    const parts: readonly unknown[] = Array.isArray(found) ? found : [found]
    return parts.filter((part): part is ModdleElement => typeof part === 'object' && part !== null)
  })
