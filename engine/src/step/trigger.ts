import type { FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { thenComplete, thenEnter } from './agenda.ts'
import { beginElement } from './begin.ts'
import { elementOf, invariant, nodeBeside, processOf, type Run, write } from './run.ts'
import { setLocal } from './scope.ts'
import { closeEventSubProcesses, closeOwned, emptyScope, endAfter, terminate } from './terminate.ts'

/**
 * What an event does when its timer fires, its message arrives or its error is thrown. `ownerKey` is the activity of a
 * boundary event, the scope of an event sub-process, or the catch event itself.
 */
export function triggerEvent(run: Run, eventId: string, ownerKey: Key, variables: Variables): void {
  const owner = elementOf(run, ownerKey)
  const event = nodeBeside(run, owner, eventId)
  if (event.type === 'bpmn:IntermediateCatchEvent' || event.type === 'bpmn:ReceiveTask') {
    if (owner.elementId === eventId) thenComplete(run, ownerKey, variables)
    else triggerFollowing(run, owner, event, variables)
  } else if (event.type === 'bpmn:BoundaryEvent')
    triggerBoundary(run, eventId, event.own.interrupting, ownerKey, variables)
  else {
    invariant(event.type === 'bpmn:StartEvent', 'EV1', `${event.type} is triggered`)
    triggerEventSubProcess(run, eventId, event.scopeId, event.own.interrupting, ownerKey, variables)
  }
}

/** What waited on behalf of an event-based gateway: its flow is taken, and the event completes at once (SPEC EG2). */
function triggerFollowing(run: Run, gateway: ElementInstance, event: FlowNode, variables: Variables): void {
  const { key: gatewayKey, scopeKey, definitionKey, elementId } = gateway
  const flowId = event.incoming.find((id) => processOf(run, gateway).flows[id]?.sourceId === elementId)
  invariant(scopeKey !== null && flowId !== undefined, 'EG2')
  closeOwned(run, gatewayKey)
  write(run, 'element.completed', gatewayKey, { elementId, scopeKey })
  write(run, 'sequenceFlow.taken', gatewayKey, {
    flowId,
    scopeKey,
    source: gatewayKey,
    targetId: event.id,
    why: null,
  })
  const isBody = event.multiInstance !== null
  invariant(!isBody, 'EG2', `${event.id} is a multi-instance after a gateway of ${definitionKey}`)
  const key = beginElement(run, { nodeId: event.id, scopeKey, causes: [gatewayKey], loopCounter: null })
  thenComplete(run, key, variables)
}

/** An interrupting boundary event ends its activity before it is activated (Zeebe: "Boundary events", SPEC EV2). */
function triggerBoundary(run: Run, eventId: string, interrupting: boolean, hostKey: Key, variables: Variables): void {
  const { scopeKey } = elementOf(run, hostKey)
  invariant(scopeKey !== null, 'EV2')
  if (!interrupting || terminate(run, hostKey, { eventId, variables }))
    beginBoundary(run, eventId, hostKey, scopeKey, variables)
}

export function beginBoundary(run: Run, eventId: string, hostKey: Key, scopeKey: Key, variables: Variables): void {
  const key = beginElement(run, { nodeId: eventId, scopeKey, causes: [hostKey], loopCounter: null })
  thenComplete(run, key, variables)
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
    closeEventSubProcesses(run, scopeKey)
    if (elementOf(run, scopeKey).children.size > 0) {
      endAfter(run, scopeKey, { kind: 'eventSubProcess', subProcessId, variables })
      return
    }
  }
  beginEventSubProcess(run, subProcessId, scopeKey, variables)
}

export function beginEventSubProcess(run: Run, subProcessId: string, scopeKey: Key, variables: Variables): void {
  const key = beginElement(run, { nodeId: subProcessId, scopeKey, causes: [scopeKey], loopCounter: null })
  setLocal(run, key, variables)
  thenEnter(run, key)
}
