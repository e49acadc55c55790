import type { ModdleElement } from 'bpmn-moddle'
import type {
  BoxedContext,
  BoxedFunction,
  BoxedInvocation,
  For,
  Logic,
  Parameter,
  Quantified,
  Relation,
} from '../boxed.ts'
import type { ItemType } from '../type.ts'
import type { Reading } from './reading.ts'
import { bodyOf, many, one, text } from './report.ts'
import { readTable } from './table.ts'

type Type = ItemType | null

/**
 * Reads any expression a decision is made of (DMN 1.5 §10.2.2); null when a part cannot be read, which is reported at
 * `holder`, the decision or function it belongs to.
 */
export function readLogic(element: ModdleElement | null, holder: ModdleElement, reading: Reading): Logic | null {
  if (!element) {
    reading.report('DECISION_INVALID', holder, { reason: 'noLogic' })
    return null
  }
  const type = reading.types.of(element, holder)
  const part = (name: string) => readLogic(one(one(element[name])?.value), holder, reading)
  switch (element.$type) {
    case 'dmn:DecisionTable':
      return readTable(element, type, holder, reading)
    case 'dmn:LiteralExpression': {
      const expression = reading.expression(element, holder)
      return expression && { kind: 'literal', type, expression }
    }
    case 'dmn:Context':
      return readContext(element, type, holder, reading)
    case 'dmn:Invocation':
      return readInvocation(element, type, holder, reading)
    case 'dmn:List': {
      const items = complete(many(element.elements).map((item) => readLogic(item, holder, reading)))
      return items && { kind: 'list', type, items }
    }
    case 'dmn:Relation':
      return readRelation(element, type, holder, reading)
    case 'dmn:FunctionDefinition':
      return readFunction(element, type, holder, reading)
    case 'dmn:Conditional': {
      const [condition, consequence, alternative] = [part('if'), part('then'), part('else')]
      return (
        condition && consequence && alternative && { kind: 'conditional', type, condition, consequence, alternative }
      )
    }
    case 'dmn:Filter': {
      reading.local('item')
      const [list, match] = [part('in'), part('match')]
      return list && match && { kind: 'filter', type, list, match }
    }
    case 'dmn:For':
    case 'dmn:Some':
    case 'dmn:Every':
      return readIteration(element, type, holder, reading)
    default:
      reading.report('ELEMENT_NOT_EXECUTED', holder, { type: element.$type })
      return null
  }
}

function readContext(element: ModdleElement, type: Type, holder: ModdleElement, reading: Reading): BoxedContext | null {
  const entries: { name: string; type: Parameter['type']; value: Logic }[] = []
  let result: Logic | null = null
  let whole = true
  for (const [index, entry] of many(element.contextEntry).entries()) {
    const variable = one(entry.variable)
    const name = variable && text(variable.name)
    const value = readLogic(one(entry.value), holder, reading)
    if (!value) whole = false
    else if (name) {
      if (entries.some((before) => before.name === name)) {
        reading.report('DECISION_INVALID', holder, { reason: 'entryTwice', found: name })
      }
      reading.local(name)
      entries.push({ name, type: reading.types.of(variable, holder), value })
    } else if (index === many(element.contextEntry).length - 1) result = value
    else reading.report('DECISION_INVALID', holder, { reason: 'entryName' })
  }
  return whole ? { kind: 'context', type, entries, result } : null
}

function readInvocation(
  element: ModdleElement,
  type: Type,
  holder: ModdleElement,
  reading: Reading,
): BoxedInvocation | null {
  const called = calledBy(one(element.calledFunction), holder, reading)
  const bindings = many(element.binding).map((binding) => {
    const formula = one(binding.bindingFormula)
    const value = formula && readLogic(formula, holder, reading)
    return { name: text(one(binding.parameter)?.name) ?? '', value, whole: formula === null || value !== null }
  })
  if (called === null || bindings.some(({ whole }) => !whole)) return null
  return {
    kind: 'invocation',
    type,
    called,
    bindings: bindings.map(({ name, value }) => ({ name, value })),
  }
}

/** A function is mostly called by its name, which is looked up and not evaluated. */
function calledBy(element: ModdleElement | null, holder: ModdleElement, reading: Reading): string | Logic | null {
  const name = element?.$type === 'dmn:LiteralExpression' ? bodyOf(element).trim() : ''
  return name !== '' && reading.isName(name) ? name : readLogic(element, holder, reading)
}

function readRelation(element: ModdleElement, type: Type, holder: ModdleElement, reading: Reading): Relation | null {
  const columns = readParameters(element.column, holder, reading)
  const rows = complete(
    many(element.row).map((row, index) => {
      const cells = many(row.elements)
      if (cells.length !== columns.length) {
        reading.report('DECISION_INVALID', holder, { reason: 'columns', row: index + 1 })
      }
      return complete(cells.map((cell) => readLogic(cell, holder, reading)))
    }),
  )
  return rows && { kind: 'relation', type, columns, rows }
}

/** A boxed function or the logic of a business knowledge model; of FEEL's kind, others are refused by name. */
export function readFunction(
  element: ModdleElement,
  type: Type,
  holder: ModdleElement,
  reading: Reading,
): BoxedFunction | null {
  const kind = text(element.kind) ?? 'FEEL'
  if (kind !== 'FEEL') {
    reading.report('ELEMENT_NOT_EXECUTED', holder, { type: `dmn:FunctionDefinition (${kind})` })
    return null
  }
  const parameters = readParameters(element.formalParameter, holder, reading)
  for (const { name } of parameters) reading.local(name)
  const body = readLogic(one(element.body), holder, reading)
  return (
    body && { kind: 'function', type: null, parameters, result: type?.kind === 'function' ? type.result : type, body }
  )
}

function readIteration(
  element: ModdleElement,
  type: Type,
  holder: ModdleElement,
  reading: Reading,
): For | Quantified | null {
  const iterator = text(element.iteratorVariable)
  if (iterator === null) {
    reading.report('DECISION_INVALID', holder, { reason: 'noIterator' })
    return null
  }
  reading.local(iterator)
  reading.local('partial')
  const source = one(element.in)
  const list = readLogic(one(source?.value), holder, reading)
  const body = one(element.return) ?? one(element.satisfies)
  const inner = readLogic(one(body?.value), holder, reading)
  if (!list || !inner) return null
  const common = { type, iterator, itemType: reading.types.of(source, holder), list }
  return element.$type === 'dmn:For'
    ? { kind: 'for', ...common, result: inner }
    : { kind: element.$type === 'dmn:Some' ? 'some' : 'every', ...common, test: inner }
}

/** Names with types: parameters of a function, columns of a relation. */
function readParameters(elements: unknown, holder: ModdleElement, reading: Reading): Parameter[] {
  const parameters = many(elements).map((parameter) => ({
    name: text(parameter.name) ?? '',
    type: reading.types.of(parameter, holder),
  }))
  const twice = parameters.find(({ name }, i) => parameters.findIndex((other) => other.name === name) < i)
  if (twice) reading.report('DECISION_INVALID', holder, { reason: 'entryTwice', found: twice.name })
  return parameters
}

/** The parts when every one could be read. */
const complete = <T>(parts: readonly (T | null)[]): T[] | null =>
  parts.every((part) => part !== null) ? (parts as T[]) : null
