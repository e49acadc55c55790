import type { Taken } from '../element/element.ts'
import { linkTarget } from '../element/event/link.ts'
import type { FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Key, Why } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { isActivation } from './activation.ts'
import { afterPart, leaveActivation } from './ad-hoc.ts'
import { thenComplete, thenEndScope } from './agenda.ts'
import { attempt } from './attempt.ts'
import { returnFromCall } from './call.ts'
import { afterUndoing } from './compensate.ts'
import type { Draft } from './draft.ts'
import { isFull, joins, joinsInclusively } from './join.ts'
import { isListenedOut, listen, listenersOf } from './listeners.ts'
import { BATCH, collect, createNext } from './multi-instance.ts'
import { elementOf, enqueue, invariant, isProcess, nodeBeside, nodeOf, processOf, type Run, write } from './run.ts'
import { lookUp, propagate, propagation, setEntry, setLocal, setPath } from './scope.ts'
import { closeOwned, endAfter, endOthers, settle, terminate } from './terminate.ts'
import { forgetToUndo, rememberToUndo } from './undo.ts'

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

/**
 * Maps outputs, ends the element and goes on along its flows; also the retry of that. Its events are disarmed before its
 * end listeners; what else it does when it ends comes after them (SPEC EL2).
 */
export function leave(run: Run, key: Key, take: readonly Taken[] | null = null): void {
  const element = elementOf(run, key)
  if (isProcess(element)) leaveProcess(run, key)
  else if (isActivation(element)) leaveActivation(run, key)
  else if (listenersOf(run, element).end.length === 0) end(run, key, take, false)
  else if (attempt(run, key, 'complete', (draft) => mapOutputs(run, element, draft))) {
    closeOwned(run, key)
    // Only gateways choose flows, and they have no end listeners.
    listen(run, key, 'end')
  }
}

/** Ends an element whose end listeners are done; without any its outputs are mapped in the same go. */
export function end(run: Run, key: Key, take: readonly Taken[] | null = null, isMapped = true): void {
  const element = elementOf(run, key)
  const { scopeKey } = element
  if (isProcess(element) || scopeKey === null) {
    endProcess(run, key)
    return
  }
  const node = nodeOf(run, element)
  const evaluates = element.loopCounter !== null || outputsOf(run, element).length > 0
  const left = !evaluates
    ? { decided: false }
    : attempt(run, key, 'complete', (draft) => {
        const results = isMapped ? {} : mapOutputs(run, element, draft)
        return { decided: element.loopCounter !== null && collect(run, node, element, results, draft) }
      })
  if (!left) return
  if (node.type === 'bpmn:EndEvent' && node.own.throws.kind === 'terminate') endOthers(run, key)
  closeOwned(run, key)
  rememberToUndo(run, element, node)
  write(run, 'element.completed', key, { elementId: element.elementId, scopeKey })
  if (node.isForCompensation && element.loopCounter === null) afterUndoing(run, key)
  if (element.loopCounter !== null) afterItem(run, node, scopeKey, left.decided)
  // What undoes has no flows, and its scope may have ended with the event that asked for it.
  else if (node.isForCompensation) thenEndScope(run, scopeKey)
  else takeFlows(run, node, key, scopeKey, take)
}

/** The output mappings that apply: those of a multi-instance belong to its instances, not to the body. */
function outputsOf(run: Run, element: ElementInstance): FlowNode['outputs'] {
  return element.elementType === 'multiInstanceBody' ? [] : nodeOf(run, element).outputs
}

/**
 * Where what leaves an element is looked for and lands, by VA4: its scope; a process keeps it, and an instance of a
 * multi-instance begins at its own variables, among them the one its output element reads (Zeebe).
 */
export function outwards({ key, scopeKey, loopCounter, elementType }: ElementInstance): Key {
  return scopeKey === null || loopCounter !== null || elementType === 'bpmn:Process' ? key : scopeKey
}

function mapOutputs(run: Run, element: ElementInstance, draft: Draft): Variables {
  const scopeKey = outwards(element)
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
  if (take) for (const { flowId, why } of take) takeFlow(run, flowId, key, scopeKey, why)
  else for (const flowId of node.outgoing) takeFlow(run, flowId, key, scopeKey, null)
  // A link is a flow that is not drawn.
  const linked = linkTarget(node, processOf(run, elementOf(run, scopeKey)).nodes)
  if (linked) enqueue(run, { nodeId: linked.id, scopeKey, causes: [key], loopCounter: null })
  if ((take ?? node.outgoing).length === 0) thenEndScope(run, scopeKey)
}

function takeFlow(run: Run, flowId: string, key: Key, scopeKey: Key, why: Why | null): void {
  const scope = elementOf(run, scopeKey)
  const targetId = processOf(run, scope).flows[flowId]?.targetId ?? ''
  const target = nodeBeside(run, scope, targetId)
  write(run, 'sequenceFlow.taken', key, { flowId, scopeKey, source: key, targetId, why })
  const activation = { nodeId: targetId, scopeKey, causes: [key], loopCounter: null }
  if (!joins(target) && !joinsInclusively(target)) enqueue(run, activation)
  else {
    write(run, 'join.arrived', key, { elementId: targetId, scopeKey, flowId, source: key })
    if (joins(target) && isFull(run.state, target, scopeKey)) enqueue(run, activation)
  }
}

/** Completes a scope in which nothing is left: no element, no waiting token, nothing to activate (SPEC SC1). */
export function endScopeWhenDone(run: Run, scopeKey: Key): void {
  const scope = run.state.elements.get(scopeKey)
  if (scope && isListenedOut(run, scope)) return
  if (scope?.adHoc) {
    afterPart(run, scopeKey)
    return
  }
  if (!scope || scope.multi || scope.children.size > 0 || scope.joins.length > 0 || (run.queued.get(scopeKey) ?? 0) > 0)
    return
  if (!isProcess(scope)) {
    settle(run, scopeKey, (incident) => incident.retry === 'complete')
    thenComplete(run, scopeKey, {})
  } else if (run.state.instance?.status === 'active') leaveProcess(run, scopeKey)
}

/**
 * Leaves an element whose leaving failed. A scope in which an event has begun something meanwhile is left when that has
 * ended (SPEC SC1).
 */
export function leaveAgain(run: Run, key: Key): void {
  if (elementOf(run, key).children.size === 0) leave(run, key)
}

function leaveProcess(run: Run, key: Key): void {
  closeOwned(run, key)
  if (!listen(run, key, 'end')) endProcess(run, key)
}

/** Ends the case, or returns from a called process. */
function endProcess(run: Run, key: Key): void {
  closeOwned(run, key)
  forgetToUndo(run, key)
  if (elementOf(run, key).scopeKey !== null) returnFromCall(run, key)
  else write(run, 'processInstance.completed', key, {})
}

/** Creates the first instances: one when sequential, a batch when parallel; none when there are no items. */
export function afterBodyStart(run: Run, bodyKey: Key): void {
  const body = elementOf(run, bodyKey)
  const node = nodeOf(run, body)
  if (body.multi?.items.length === 0) completeBody(run, bodyKey)
  else if (node.multiInstance?.sequential) createNext(run, bodyKey, 1)
  else createNext(run, bodyKey, BATCH)
}

/** After one instance is done: the next one, or the end of the body (SPEC MI5). */
function afterItem(run: Run, node: FlowNode, bodyKey: Key, decided: boolean): void {
  const body = elementOf(run, bodyKey)
  const { multi } = body
  invariant(multi !== null, 'MI1')
  if (decided) {
    for (const child of [...body.children]) terminate(run, child)
    if (body.children.size > 0) endAfter(run, bodyKey, { kind: 'complete' })
    else completeBody(run, bodyKey)
  } else if (multi.completed + multi.terminated >= multi.items.length) completeBody(run, bodyKey)
  else if (node.multiInstance?.sequential) createNext(run, bodyKey, 1)
}

/** Ends a multi-instance body, with the results of its instances. */
export function completeBody(run: Run, bodyKey: Key): void {
  const { multi } = elementOf(run, bodyKey)
  const variables: Variables = {}
  if (multi && multi.outputVariable !== null) setEntry(variables, multi.outputVariable, [...multi.outputs])
  thenComplete(run, bodyKey, variables)
}
