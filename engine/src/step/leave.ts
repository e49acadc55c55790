import type { Taken } from '../element/element.ts'
import type { FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { attempt } from './attempt.ts'
import type { Draft } from './draft.ts'
import { isFull, joins } from './join.ts'
import { BATCH, collect, createNext } from './multi-instance.ts'
import { elementOf, enqueue, invariant, nodeOf, type Run, write } from './run.ts'
import { lookUp, propagate, propagation, setEntry, setLocal, setPath } from './scope.ts'
import { closeOwned, terminate } from './terminate.ts'

/**
 * Completes an element with what it produced (result of a job, answers of a task, variables of an event): with output
 * mappings they become its own variables first, else they propagate (Zeebe: "Variable propagation", SPEC VA4).
 */
export function completeElement(run: Run, key: Key, variables: Variables, take: readonly Taken[] | null = null): void {
  if (Object.keys(variables).length > 0) {
    if (outputsOf(run, elementOf(run, key)).length > 0) setLocal(run, key, variables)
    else propagate(run, key, variables)
  }
  leave(run, key, take)
}

/** Maps outputs, ends the element and goes on along its flows; also the retry of that. */
export function leave(run: Run, key: Key, take: readonly Taken[] | null = null): void {
  const element = elementOf(run, key)
  const { scopeKey } = element
  if (scopeKey === null) return
  const node = nodeOf(run, element.elementId)
  const evaluates = element.loopCounter !== null || outputsOf(run, element).length > 0
  const left = !evaluates
    ? { decided: false }
    : attempt(run, key, 'complete', (draft) => {
        const results = mapOutputs(run, element, scopeKey, draft)
        return { decided: element.loopCounter !== null && collect(run, node, element, results, draft) }
      })
  if (!left) return
  closeOwned(run, key)
  write(run, 'element.completed', key, { elementId: element.elementId, scopeKey })
  if (element.loopCounter !== null) afterItem(run, node, scopeKey, left.decided)
  else takeFlows(run, node, key, scopeKey, take)
}

/** The output mappings that apply: those of a multi-instance belong to its instances, not to the body. */
function outputsOf(run: Run, element: ElementInstance): FlowNode['outputs'] {
  return element.elementType === 'multiInstanceBody' ? [] : nodeOf(run, element.elementId).outputs
}

function mapOutputs(run: Run, element: ElementInstance, scopeKey: Key, draft: Draft): Variables {
  const results: Variables = {}
  for (const mapping of outputsOf(run, element)) {
    const { value } = draft.evaluateWith(mapping.source, results)
    const head = mapping.target.split('.', 1)[0] ?? mapping.target
    setPath(results, mapping.target, value, lookUp(run.state, scopeKey, head))
  }
  for (const change of propagation(run.state, scopeKey, results)) draft.write('variables.set', change.scopeKey, change)
  return results
}

function takeFlows(run: Run, node: FlowNode, key: Key, scopeKey: Key, take: readonly Taken[] | null): void {
  const flows = take ?? node.outgoing.map((flowId) => ({ flowId, why: null }))
  for (const { flowId, why } of flows) {
    const targetId = run.bundle.process.flows[flowId]?.targetId ?? ''
    const target = nodeOf(run, targetId)
    write(run, 'sequenceFlow.taken', key, { flowId, scopeKey, source: key, targetId, why })
    const activation = { nodeId: targetId, scopeKey, causes: [key], loopCounter: null }
    if (!joins(target)) enqueue(run, activation)
    else {
      write(run, 'join.arrived', key, { elementId: targetId, scopeKey, flowId, source: key })
      if (isFull(run.state, target, scopeKey)) enqueue(run, activation)
    }
  }
  if (flows.length === 0) endScopeWhenDone(run, scopeKey)
}

/** Completes a scope in which nothing is left: no element, no waiting token, nothing to activate (SPEC SC1). */
export function endScopeWhenDone(run: Run, scopeKey: Key): void {
  const scope = run.state.elements.get(scopeKey)
  if (!scope || scope.multi || scope.children.size > 0 || scope.joins.length > 0 || (run.queued.get(scopeKey) ?? 0) > 0)
    return
  if (scope.scopeKey !== null) {
    completeElement(run, scopeKey, {})
    return
  }
  if (run.state.instance?.status !== 'active') return
  closeOwned(run, scopeKey)
  write(run, 'processInstance.completed', scopeKey, {})
}

/** Creates the first instances: one when sequential, a batch when parallel; none when there are no items. */
export function afterBodyStart(run: Run, bodyKey: Key): void {
  const body = elementOf(run, bodyKey)
  const node = nodeOf(run, body.elementId)
  if (body.multi?.items.length === 0) completeBody(run, bodyKey)
  else if (node.multiInstance?.sequential) createNext(run, bodyKey, 1)
  else createNext(run, bodyKey, BATCH)
}

/** After one instance is done: the next one, or the end of the body (SPEC MI5). */
export function afterItem(run: Run, node: FlowNode, bodyKey: Key, decided: boolean): void {
  const body = elementOf(run, bodyKey)
  const { multi } = body
  invariant(multi !== null, 'MI1')
  if (decided) {
    for (const child of [...body.children]) terminate(run, child)
    completeBody(run, bodyKey)
  } else if (multi.completed + multi.terminated === multi.items.length) completeBody(run, bodyKey)
  else if (node.multiInstance?.sequential) createNext(run, bodyKey, 1)
}

function completeBody(run: Run, bodyKey: Key): void {
  const { multi } = elementOf(run, bodyKey)
  const variables: Variables = {}
  if (multi && multi.outputVariable !== null) setEntry(variables, multi.outputVariable, [...multi.outputs])
  completeElement(run, bodyKey, variables)
}
