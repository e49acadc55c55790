import { activateNode } from '../element/all.ts'
import type { FlowNode } from '../model/definition.ts'
import { boundaryEvents } from '../model/drawn-event.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import { askWorker } from './ad-hoc.ts'
import { attempt, incident } from './attempt.ts'
import { beginElement, isWorkedOut, MAX_ACTIVATIONS, tooLong } from './begin.ts'
import type { Draft } from './draft.ts'
import { afterBodyStart } from './leave.ts'
import { listen, listenersOf } from './listeners.ts'
import { startBody } from './multi-instance.ts'
import { performOutcome } from './outcome.ts'
import { type Activation, elementOf, isProcess, nodeOf, processOf, type Run } from './run.ts'
import { setEntry, setPath, writtenBy } from './scope.ts'

/** Begins and enters an element; past the limit of the step it waits with an incident instead (SPEC ST5). */
export function activateElement(run: Run, activation: Activation): void {
  const key = beginElement(run, activation)
  if (run.activations > MAX_ACTIVATIONS) incident(run, key, tooLong(run), 'activate', null)
  else enterInTime(run, key)
}

/** Enters an element that has begun; when the expressions of the step have computed all they may, it waits instead. */
export function enterInTime(run: Run, key: Key): void {
  if (isWorkedOut(run)) incident(run, key, tooLong(run), 'activate', null)
  else enter(run, key)
}

/**
 * Does what an element does when it is entered; also the retry of that. Its start listeners come after its input
 * mappings and before all else (SPEC EL1).
 */
export function enter(run: Run, key: Key): void {
  const element = elementOf(run, key)
  if (isProcess(element)) {
    if (!listen(run, key, 'start')) work(run, key)
    return
  }
  const node = nodeOf(run, element)
  if (element.adHoc) {
    // It has begun: what failed was asking its worker again.
    askWorker(run, key)
    return
  }
  if (element.elementType === 'multiInstanceBody') {
    const started = attempt(run, key, 'activate', (draft) => {
      openBoundaries(run, node, draft)
      return startBody(node, draft)
    })
    if (started) afterBodyStart(run, key)
    return
  }
  if (listenersOf(run, element).start.length === 0) work(run, key, false)
  else if (attempt(run, key, 'activate', (draft) => prepare(run, node, draft))) listen(run, key, 'start')
}

/** Makes the variables an element begins with: those of its item, then those of its input mappings. */
function prepare(run: Run, node: FlowNode, draft: Draft): true {
  if (elementOf(run, draft.key).loopCounter !== null) draft.setLocals(itemVariables(run, node, draft.key))
  mapInputs(node, draft)
  return true
}

/**
 * What an element does once its start listeners are done; without any it is prepared in the same go. A process begins at the start event that
 * its start names.
 */
export function work(run: Run, key: Key, isPrepared = true): void {
  const element = elementOf(run, key)
  if (isProcess(element)) {
    const startEventId = element.scopeKey === null ? run.state.instance?.startEventId : undefined
    attempt(run, key, 'activate', (draft) => draft.enterScope(element.elementId, startEventId))
    return
  }
  const node = nodeOf(run, element)
  const outcome = attempt(run, key, 'activate', (draft) => {
    if (!isPrepared) prepare(run, node, draft)
    if (element.loopCounter === null) openBoundaries(run, node, draft)
    return activateNode(node, draft)
  })
  if (outcome) performOutcome(run, key, outcome)
}

/** Input mappings, in order: a later one sees what an earlier one made (SPEC VA3). */
function mapInputs(node: FlowNode, draft: Draft): void {
  for (const mapping of node.inputs) {
    const value = draft.evaluate(mapping.source)
    const head = mapping.target.split('.', 1)[0] ?? mapping.target
    const locals: Variables = {}
    setPath(locals, mapping.target, value, Object.hasOwn(draft.made, head) ? draft.made[head] : undefined)
    draft.setLocals(locals)
  }
}

/** Arms the boundary events of an activity (errors are looked up when thrown). */
function openBoundaries(run: Run, node: FlowNode, draft: Draft): void {
  if (node.boundary.length > 0) draft.arm(boundaryEvents(processOf(run, elementOf(run, draft.key)), node))
}

/**
 * Variables of one instance of a multi-instance: its item, and a null for the variable its output element reads, so
 * that parallel instances do not write over each other (Zeebe: "Multi-instance", SPEC MI4).
 */
function itemVariables(run: Run, node: FlowNode, key: Key): Variables {
  const element = elementOf(run, key)
  const body = element.scopeKey === null ? undefined : run.state.elements.get(element.scopeKey)
  const variables: Variables = {}
  const { inputElement, outputElement } = node.multiInstance ?? {}
  const written = writtenBy(outputElement ?? null)
  if (written !== null) setEntry(variables, written, null)
  if (inputElement) setEntry(variables, inputElement, body?.multi?.items[(element.loopCounter ?? 1) - 1] ?? null)
  return variables
}
