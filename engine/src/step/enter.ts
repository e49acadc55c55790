import { activateNode } from '../element/all.ts'
import { Fault } from '../element/fault.ts'
import { openTrigger } from '../element/trigger/open.ts'
import type { FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import { attempt, incident } from './attempt.ts'
import type { Draft } from './draft.ts'
import { afterBodyStart, completeElement } from './leave.ts'
import { startBody } from './multi-instance.ts'
import { type Activation, elementOf, newKey, nodeOf, type Run, write } from './run.ts'
import { setEntry, setPath } from './scope.ts'
import { endOthers } from './terminate.ts'

/** How many activations one step may make before the rest becomes incidents (design §2, quality E06). */
export const MAX_ACTIVATIONS = 10_000

/** Writes that an element instance begins; gives its key. What it then does is `enter`. */
export function beginElement(run: Run, { nodeId, scopeKey, causes, loopCounter }: Activation): Key {
  const node = nodeOf(run, nodeId)
  const isBody = node.multiInstance !== null && loopCounter === null
  const key = newKey(run)
  write(run, 'element.activated', key, {
    elementId: node.id,
    elementType: isBody ? 'multiInstanceBody' : node.type,
    name: node.name,
    scopeKey,
    causes,
    loopCounter,
    stage: node.stage !== null && loopCounter === null,
  })
  run.activations += 1
  return key
}

/** Begins and enters an element; past the limit of the step it waits with an incident instead (SPEC ST5). */
export function activateElement(run: Run, activation: Activation): void {
  const key = beginElement(run, activation)
  if (run.activations > MAX_ACTIVATIONS)
    incident(run, key, new Fault('STEP_TOO_LONG', { limit: MAX_ACTIVATIONS }), 'activate', null)
  else enter(run, key)
}

/** Does what an element does when it is entered; also the retry of that. */
export function enter(run: Run, key: Key): void {
  const element = elementOf(run, key)
  if (element.scopeKey === null) {
    attempt(run, key, 'activate', (draft) => draft.enterScope(element.elementId))
    return
  }
  const node = nodeOf(run, element.elementId)
  if (element.elementType === 'multiInstanceBody') {
    const started = attempt(run, key, 'activate', (draft) => {
      openBoundaries(run, node, draft)
      return startBody(node, draft)
    })
    if (started) afterBodyStart(run, key)
    return
  }
  const outcome = attempt(run, key, 'activate', (draft) => {
    if (element.loopCounter !== null) draft.setLocals(itemVariables(run, node, key))
    mapInputs(node, draft)
    if (element.loopCounter === null) openBoundaries(run, node, draft)
    return activateNode(node, draft)
  })
  if (outcome?.kind !== 'complete') return
  if (outcome.endsScope) endOthers(run, key)
  completeElement(run, key, outcome.variables, outcome.take)
}

/** Input mappings, in order: a later one sees what an earlier one made (SPEC VA3). */
function mapInputs(node: FlowNode, draft: Draft): void {
  for (const mapping of node.inputs) {
    const value = draft.evaluate(mapping.source)
    const head = mapping.target.split('.', 1)[0] ?? mapping.target
    const locals: Variables = {}
    setPath(locals, mapping.target, value, Object.hasOwn(draft.locals, head) ? draft.locals[head] : undefined)
    draft.setLocals(locals)
  }
}

/** Arms the boundary events of an activity (errors are looked up when thrown). */
function openBoundaries(run: Run, node: FlowNode, draft: Draft): void {
  for (const boundaryId of node.boundary) {
    const boundary = nodeOf(run, boundaryId)
    if (boundary.type !== 'bpmn:BoundaryEvent') continue
    openTrigger(
      boundary.own.trigger,
      { elementId: boundaryId, elementInstanceKey: draft.key, interrupting: boundary.own.interrupting },
      draft,
    )
  }
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*/u

/**
 * Variables of one instance of a multi-instance: its item, and a null for the variable its output element reads, so
 * that parallel instances do not write over each other (Zeebe: "Multi-instance", SPEC MI4).
 */
function itemVariables(run: Run, node: FlowNode, key: Key): Variables {
  const element = elementOf(run, key)
  const body = element.scopeKey === null ? undefined : run.state.elements.get(element.scopeKey)
  const variables: Variables = {}
  const { inputElement, outputElement } = node.multiInstance ?? {}
  const written =
    outputElement && /^[\p{L}\p{N}_$.]+$/u.test(outputElement.source) ? NAME.exec(outputElement.source)?.[0] : null
  if (written && written !== 'loopCounter') setEntry(variables, written, null)
  if (inputElement) setEntry(variables, inputElement, body?.multi?.items[(element.loopCounter ?? 1) - 1] ?? null)
  return variables
}
