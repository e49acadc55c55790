import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import { beginElement, enter } from './enter.ts'
import { completeElement } from './leave.ts'
import { elementOf, invariant, nodeOf, type Run } from './run.ts'
import { setLocal } from './scope.ts'
import { closeEvents, emptyScope, terminate } from './terminate.ts'

/**
 * What an event does when its timer fires, its message arrives or its error is thrown. `ownerKey` is the activity of a
 * boundary event, the scope of an event sub-process, or the catch event itself.
 */
export function triggerEvent(run: Run, eventId: string, ownerKey: Key, variables: Variables): void {
  const event = nodeOf(run, eventId)
  if (event.type === 'bpmn:IntermediateCatchEvent') completeElement(run, ownerKey, variables)
  else if (event.type === 'bpmn:BoundaryEvent')
    triggerBoundary(run, eventId, event.own.interrupting, ownerKey, variables)
  else {
    invariant(event.type === 'bpmn:StartEvent', 'EV1', `${event.type} is triggered`)
    triggerEventSubProcess(run, eventId, event.scopeId, event.own.interrupting, ownerKey, variables)
  }
}

/** An interrupting boundary event ends its activity before it is activated (Zeebe: "Boundary events", SPEC EV2). */
function triggerBoundary(run: Run, eventId: string, interrupting: boolean, hostKey: Key, variables: Variables): void {
  const { scopeKey } = elementOf(run, hostKey)
  invariant(scopeKey !== null, 'EV2')
  if (interrupting) terminate(run, hostKey)
  const key = beginElement(run, { nodeId: eventId, scopeKey, causes: [hostKey], loopCounter: null })
  completeElement(run, key, variables)
}

/**
 * An interrupting event sub-process ends all else in its scope and disarms the scope's other event sub-processes. What
 * the event brought is the sub-process's own, so that several of them do not write over each other (SPEC EV3).
 */
function triggerEventSubProcess(
  run: Run,
  startId: string,
  subProcessId: string,
  interrupting: boolean,
  scopeKey: Key,
  variables: Variables,
): void {
  if (interrupting) {
    emptyScope(run, scopeKey, startId, null)
    closeEvents(run, scopeKey, (elementId) => nodeOf(run, elementId).type === 'bpmn:StartEvent')
  }
  const key = beginElement(run, { nodeId: subProcessId, scopeKey, causes: [scopeKey], loopCounter: null })
  setLocal(run, key, variables)
  enter(run, key)
}
