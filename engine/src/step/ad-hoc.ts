import { MAX_ASKED, unknownElements } from '../element/ad-hoc-sub-process.ts'
import { Fault } from '../element/fault.ts'
import { typeName } from '../element/type-name.ts'
import type { FlowNodeOf } from '../model/definition.ts'
import { Rejection } from '../problem/problem.ts'
import type { Variables } from '../record/json.ts'
import type { AdHocActivation, CommandValues, JobResult, Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { ACTIVATION, isActivation } from './activation.ts'
import { thenLeave } from './agenda.ts'
import { attempt } from './attempt.ts'
import type { Draft } from './draft.ts'
import { elementOf, enqueue, invariant, newKey, nodeOf, type Run, write } from './run.ts'
import { propagate, setEntry, setLocal, writtenBy } from './scope.ts'
import { cancelJob, closeOwned, settle, takeBackJob, terminate } from './terminate.ts'
import { rememberToUndo } from './undo.ts'

type AdHocNode = FlowNodeOf<'bpmn:AdHocSubProcess'>
type AdHocResult = Extract<JobResult, { type: 'adHocSubProcess' }>

const NOTHING: AdHocResult = {
  type: 'adHocSubProcess',
  activateElements: [],
  isCompletionConditionFulfilled: false,
  isCancelRemainingInstances: false,
}

/**
 * Begins elements of an ad-hoc sub-process, each in an activation of its own: a scope with the variables it was given
 * and an empty one for what its output element reads (Zeebe: "Ad-hoc sub-process", SPEC AH2, AH3).
 */
export function beginActivations(run: Run, adHocKey: Key, elements: readonly AdHocActivation[]): void {
  for (const { elementId, variables } of elements) {
    const key = beginActivation(run, adHocKey, variables)
    enqueue(run, { nodeId: elementId, scopeKey: key, causes: [key], loopCounter: null })
  }
}

/** Begins an activation in which nothing is yet; gives its key. */
export function beginActivation(run: Run, adHocKey: Key, variables: Variables): Key {
  const adHoc = elementOf(run, adHocKey)
  const { name, own } = adHocNode(run, adHoc)
  const key = newKey(run)
  write(run, 'element.activated', key, {
    elementId: adHoc.elementId,
    elementType: ACTIVATION,
    name,
    scopeKey: adHocKey,
    causes: [adHocKey],
    loopCounter: null,
    stage: false,
  })
  run.activations += 1
  const result = writtenBy(own.outputElement)
  setLocal(run, key, { ...(result === null ? {} : { [result]: null }), ...variables })
  return key
}

/**
 * Ends an activation in which nothing is left: takes its result and asks the completion condition, both before anything
 * is written. A fault is an incident of the activation (SPEC AH6).
 */
export function leaveActivation(run: Run, key: Key): void {
  const activation = elementOf(run, key)
  const { elementId, scopeKey } = activation
  const node = adHocNode(run, activation)
  invariant(scopeKey !== null, 'AH2')
  if (!attempt(run, key, 'complete', (draft) => collect(run, node, scopeKey, draft))) return
  closeOwned(run, key)
  // The handler is that of its sub-process, not its own.
  rememberToUndo(run, activation, { ...node, compensationHandler: null })
  write(run, 'element.completed', key, { elementId, scopeKey })
  // A worker that decided has said itself whether what still ran was to end.
  const { job, cancelRemainingInstances } = node.own
  if (!job && cancelRemainingInstances && elementOf(run, scopeKey).adHoc?.decided) endParts(run, scopeKey, () => true)
  afterPart(run, scopeKey)
}

function collect(run: Run, { id, own }: AdHocNode, adHocKey: Key, draft: Draft): true {
  const { adHoc } = elementOf(run, adHocKey)
  const { outputElement, outputCollection, completionCondition } = own
  invariant(adHoc !== null, 'AH1')
  const results: Variables = {}
  if (outputElement) {
    const value = draft.evaluate(outputElement)
    draft.write('adHocSubProcess.collected', adHocKey, { elementId: id, value })
    if (outputCollection !== null && completionCondition?.names.includes(outputCollection))
      setEntry(results, outputCollection, [...adHoc.outputs, value])
  }
  if (!completionCondition || adHoc.decided) return true
  const { value: met, why } = draft.judgeAt(adHocKey, completionCondition, results)
  if (typeof met !== 'boolean')
    throw new Fault('CONDITION_NOT_BOOLEAN', {
      flow: id,
      expression: completionCondition.source,
      result: typeName(met),
    })
  const { cancelRemainingInstances } = own
  if (met) draft.write('adHocSubProcess.decided', adHocKey, { elementId: id, cancelRemainingInstances, why })
  return true
}

/**
 * What follows when an activation or an event sub-process of an ad-hoc sub-process has ended: it is decided and ends
 * with its last part; its worker is asked again; or, without a condition, it ends with its last part too.
 */
export function afterPart(run: Run, adHocKey: Key): void {
  const element = elementOf(run, adHocKey)
  const { own } = adHocNode(run, element)
  const isEmpty = element.children.size === 0
  if (element.adHoc?.decided) {
    if (isEmpty) completeAdHoc(run, adHocKey)
  } else if (own.job) askWorker(run, adHocKey)
  else if (!own.completionCondition && isEmpty) completeAdHoc(run, adHocKey)
}

/** Asks the worker what is next, in one job at a time: one that is still open is taken back (SPEC AH9). */
export function askWorker(run: Run, adHocKey: Key): void {
  const { job } = adHocNode(run, elementOf(run, adHocKey)).own
  takeBackJob(run, adHocKey)
  if (job) attempt(run, adHocKey, 'activate', (draft) => draft.createJob(job))
}

/** Refuses what a worker decided when it cannot be done; to be asked before the job is completed (SPEC AH10). */
export function judgeResult(run: Run, adHocKey: Key, result: JobResult | undefined): void {
  const { activateElements, isCompletionConditionFulfilled } = adHocResult(result)
  judgeActivations(run, adHocKey, activateElements)
  if (isCompletionConditionFulfilled && activateElements.length > 0)
    throw new Rejection('BODY_INVALID', {
      field: 'result.activateElements',
      why: 'an ad-hoc sub-process that is fulfilled begins nothing more',
    })
}

/** Does what the worker decided. Its variables propagate from the sub-process (SPEC AH8, VA4). */
export function followResult(run: Run, adHocKey: Key, variables: Variables, result: JobResult | undefined): void {
  const { elementId } = elementOf(run, adHocKey)
  const { activateElements, isCompletionConditionFulfilled, isCancelRemainingInstances } = adHocResult(result)
  const cancelRemainingInstances = isCancelRemainingInstances
  propagate(run, adHocKey, variables)
  if (isCompletionConditionFulfilled) {
    write(run, 'adHocSubProcess.decided', adHocKey, { elementId, cancelRemainingInstances, why: null })
    if (cancelRemainingInstances) endParts(run, adHocKey, () => true)
    afterPart(run, adHocKey)
  } else activateFromOutside(run, adHocKey, { elements: activateElements, cancelRemainingInstances })
}

/** Begins elements as somebody outside asked, in place of the activations that still run when asked to (SPEC AH11). */
export function activateFromOutside(
  run: Run,
  adHocKey: Key,
  { elements, cancelRemainingInstances }: CommandValues['adHocSubProcess.activate'],
): void {
  if (cancelRemainingInstances) endParts(run, adHocKey, isActivation)
  beginActivations(run, adHocKey, elements)
}

/** Refuses activations of what is not in the sub-process, or when it is decided or completing already. */
export function judgeActivations(run: Run, adHocKey: Key, elements: readonly AdHocActivation[]): void {
  const element = elementOf(run, adHocKey)
  if (elements.length > MAX_ASKED)
    throw new Rejection('BODY_INVALID', { field: 'elements', why: 'itemsAtMost', limit: MAX_ASKED })
  const ids = elements.map((one) => one.elementId)
  const unknown = unknownElements(adHocNode(run, element).own.elements, ids)
  if (unknown.length > 0) throw new Rejection('AD_HOC_ELEMENT_UNKNOWN', { elements: unknown })
  if (ids.length === 0) return
  if (element.adHoc?.decided) throw new Rejection('STATE_CONFLICT', { state: 'decided' })
  if (run.state.jobs.get(element.job ?? 0)?.listener) throw new Rejection('STATE_CONFLICT', { state: 'completing' })
}

function endParts(run: Run, adHocKey: Key, chosen: (part: ElementInstance) => boolean): void {
  for (const key of [...elementOf(run, adHocKey).children]) if (chosen(elementOf(run, key))) terminate(run, key)
}

/** Ends it: the collected results go outwards, and what its output mappings make (Zeebe: "Collect output"). */
function completeAdHoc(run: Run, adHocKey: Key): void {
  const { adHoc } = elementOf(run, adHocKey)
  settle(run, adHocKey, ({ retry }) => retry === 'complete')
  cancelJob(run, adHocKey)
  const results: Variables = {}
  if (adHoc && adHoc.outputVariable !== null) setEntry(results, adHoc.outputVariable, [...adHoc.outputs])
  propagate(run, adHocKey, results)
  thenLeave(run, adHocKey)
}

function adHocResult(result: JobResult | undefined): AdHocResult {
  return result?.type === 'adHocSubProcess' ? result : NOTHING
}

function adHocNode(run: Run, element: Pick<ElementInstance, 'definitionKey' | 'elementId'>): AdHocNode {
  const node = nodeOf(run, element)
  invariant(node.type === 'bpmn:AdHocSubProcess', 'AH1', `${node.id} is ${node.type}`)
  return node
}
