import type { Judged } from '../element/element.ts'
import { Fault } from '../element/fault.ts'
import { typeName } from '../element/type-name.ts'
import type { Expression } from '../feel/index.ts'
import { sameJson } from '../form/paths.ts'
import type { FlowNode, MultiInstance } from '../model/definition.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Key, Why } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import type { Draft } from './draft.ts'
import { elementOf, enqueue, invariant, type Run, write } from './run.ts'
import { lookUp, setEntry } from './scope.ts'

/** Most items one multi-instance may have (quality E07). */
export const MAX_ITEMS = 10_000
/** How many instances one command creates; the rest follow by `multiInstance.continue` (design §2). */
export const BATCH = 500

/** Reads the items when the body is entered (Zeebe: "Multi-instance"). Gives true; throws `Fault`. */
export function startBody(node: FlowNode, draft: Draft): true {
  const { multiInstance } = node
  invariant(multiInstance !== null, 'MI1')
  const { inputCollection, outputCollection } = multiInstance
  const { items, why } = itemsOf(inputCollection, draft.judge(inputCollection))
  draft.write('multiInstance.started', draft.key, {
    elementId: node.id,
    items,
    outputVariable: outputCollection,
    why,
  })
  return true
}

/** The list an input collection gave; its reason says how long it is, not what is in it. Throws `Fault`. */
function itemsOf({ source: expression }: Expression, { value, why }: Judged): { items: readonly Json[]; why: Why } {
  if (!Array.isArray(value)) throw new Fault('COLLECTION_NOT_A_LIST', { expression, found: typeName(value) })
  const found = value.length
  if (found > MAX_ITEMS) throw new Fault('COLLECTION_TOO_LARGE', { expression, found, limit: MAX_ITEMS })
  return { items: value, why: { ...why, inputs: {}, result: found } }
}

/** Queues the next `most` instances of a body; tells the host when more are to come (parallel only). */
export function createNext(run: Run, bodyKey: Key, most: number): void {
  const { multi, elementId } = elementOf(run, bodyKey)
  invariant(multi !== null, 'MI1')
  const last = Math.min(multi.created + most, multi.items.length)
  for (let loopCounter = multi.created + 1; loopCounter <= last; loopCounter++)
    enqueue(run, { nodeId: elementId, scopeKey: bodyKey, causes: [bodyKey], loopCounter })
  if (most > 1 && last < multi.items.length)
    write(run, 'multiInstance.pending', bodyKey, { elementId, created: last, total: multi.items.length })
}

/**
 * Takes the result of one instance, asks the completion condition and, when a sequential one goes on, reads its items
 * again. Gives true when the body is decided; throws `Fault`.
 */
export function collect(run: Run, node: FlowNode, item: ElementInstance, results: Variables, draft: Draft): boolean {
  const { multiInstance } = node
  const body = item.scopeKey === null ? undefined : run.state.elements.get(item.scopeKey)
  invariant(multiInstance !== null && body !== undefined, 'MI1')
  const { outputElement, sequential } = multiInstance
  const index = (item.loopCounter ?? 1) - 1
  const value = outputElement ? draft.evaluateWith(outputElement, results).value : null
  draft.write('multiInstance.collected', body.key, { elementId: node.id, index, value })
  if (isDecided(node, multiInstance, body, { results, index, value }, draft)) return true
  if (sequential) readAgain(run, node, multiInstance, body, results, draft)
  return false
}

interface Collected {
  /** What the output mappings of the instance made. */
  readonly results: Variables
  readonly index: number
  readonly value: Json
}

/**
 * Asks the completion condition. It reads the counters of BPMN 2.0 Table 10.30 and the results with the newest; those
 * are put together only when it names them.
 */
function isDecided(
  node: FlowNode,
  { completionCondition, sequential }: MultiInstance,
  { key, multi }: ElementInstance,
  { results, index, value }: Collected,
  draft: Draft,
): boolean {
  if (!completionCondition) return false
  invariant(multi !== null, 'MI1')
  const completed = multi.completed + 1
  // All instances of a parallel one begin with the body, also those that this step has yet to create.
  const begun = sequential ? multi.created : multi.items.length
  const extra: Variables = {
    ...results,
    numberOfInstances: multi.items.length,
    numberOfActiveInstances: begun - completed - multi.terminated,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: multi.terminated,
  }
  const { outputVariable } = multi
  if (outputVariable !== null && completionCondition.names.includes(outputVariable))
    setEntry(extra, outputVariable, multi.outputs.with(index, value))
  const decided = draft.evaluateWith(completionCondition, extra)
  if (typeof decided.value !== 'boolean')
    throw new Fault('CONDITION_NOT_BOOLEAN', {
      flow: node.id,
      expression: completionCondition.source,
      result: typeName(decided.value),
    })
  if (!decided.value) return false
  const { why } = decided
  draft.write('multiInstance.decided', key, { elementId: node.id, completed, total: multi.items.length, why })
  return true
}

/** A sequential body reads its items before each further instance (Zeebe); the fact is written when they differ. */
function readAgain(
  run: Run,
  { id: elementId }: FlowNode,
  { inputCollection }: MultiInstance,
  { key, multi }: ElementInstance,
  results: Variables,
  draft: Draft,
): void {
  const variable = variableOf(inputCollection)
  const now =
    variable !== null && Object.hasOwn(results, variable) ? results[variable] : lookUp(run.state, key, variable ?? '')
  // The very value that was read in this step already: with many items, reading it once more is what takes long.
  if (variable !== null && run.read.has(key) && run.read.get(key) === now) return
  const { items, why } = itemsOf(inputCollection, draft.judgeAt(key, inputCollection, results))
  run.read.set(key, now)
  const before = multi?.items ?? []
  const isSame = items.length === before.length && items.every((item, index) => sameJson(item, before[index]))
  if (!isSame) draft.write('multiInstance.updated', key, { elementId, items, why })
}

/** The variable that is all an expression reads; null when it does more. */
function variableOf({ source, names }: Expression): string | null {
  return names.length === 1 && names[0] === source ? source : null
}
