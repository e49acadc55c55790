import { Fault } from '../element/fault.ts'
import { typeName } from '../element/type-name.ts'
import type { FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import type { Draft } from './draft.ts'
import { elementOf, enqueue, invariant, type Run, write } from './run.ts'
import { setEntry } from './scope.ts'

/** Most items one multi-instance may have (quality E07). */
export const MAX_ITEMS = 10_000
/** How many instances one command creates; the rest follow by `multiInstance.continue` (design §2). */
export const BATCH = 500

/** Reads the items when the body is entered (Zeebe: "Multi-instance"). Gives true; throws `Fault`. */
export function startBody(node: FlowNode, draft: Draft): true {
  const { multiInstance } = node
  invariant(multiInstance !== null, 'MI1')
  const { value, why } = draft.judge(multiInstance.inputCollection)
  if (!Array.isArray(value))
    throw new Fault('COLLECTION_NOT_A_LIST', {
      expression: multiInstance.inputCollection.source,
      found: typeName(value),
    })
  if (value.length > MAX_ITEMS)
    throw new Fault('COLLECTION_TOO_LARGE', {
      expression: multiInstance.inputCollection.source,
      found: value.length,
      limit: MAX_ITEMS,
    })
  draft.write('multiInstance.started', draft.key, {
    elementId: node.id,
    items: value,
    outputVariable: multiInstance.outputCollection,
    why: { ...why, inputs: {}, result: value.length },
  })
  return true
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
 * Takes the result of one instance and asks the completion condition. Gives true when the body is decided; throws
 * `Fault`. The condition reads the counters of BPMN 2.0 Table 10.30 and the results with this one.
 */
export function collect(run: Run, node: FlowNode, item: ElementInstance, results: Variables, draft: Draft): boolean {
  const { multiInstance } = node
  const body = item.scopeKey === null ? undefined : run.state.elements.get(item.scopeKey)
  const multi = body?.multi
  invariant(multiInstance !== null && body !== undefined && multi !== null && multi !== undefined, 'MI1')
  const { outputElement, completionCondition } = multiInstance
  const index = (item.loopCounter ?? 1) - 1
  const value = outputElement ? draft.evaluateWith(outputElement, results).value : null
  draft.write('multiInstance.collected', body.key, { elementId: node.id, index, value })
  if (!completionCondition) return false
  const completed = multi.completed + 1
  const extra: Variables = {
    ...results,
    numberOfInstances: multi.items.length,
    numberOfActiveInstances: multi.created - completed - multi.terminated,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: multi.terminated,
  }
  if (multi.outputVariable !== null) setEntry(extra, multi.outputVariable, multi.outputs.with(index, value))
  const decided = draft.evaluateWith(completionCondition, extra)
  if (typeof decided.value !== 'boolean')
    throw new Fault('CONDITION_NOT_BOOLEAN', {
      flow: node.id,
      expression: completionCondition.source,
      result: typeName(decided.value),
    })
  if (decided.value)
    draft.write('multiInstance.decided', body.key, {
      elementId: node.id,
      completed,
      total: multi.items.length,
      why: decided.why,
    })
  return decided.value
}
