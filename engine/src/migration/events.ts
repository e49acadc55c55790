import type { ProcessDefinition } from '../model/definition.ts'
import { boundaryEvents, type DrawnEvent, followingEvents, scopeEvents } from '../model/drawn-event.ts'
import type { ElementInstance, State } from '../state/state.ts'
import { type Moving, nodeOf } from './moving.ts'

/** What becomes of the events that wait at an element instance: those not kept are closed. */
export interface PlannedEvents {
  /** Source id → what it is in the target: it goes on waiting, for what it waits for. */
  readonly kept: ReadonlyMap<string, DrawnEvent>
  /** Of the target alone: they begin to wait. */
  readonly opened: readonly DrawnEvent[]
}

/** Plans the events of an element instance that becomes one of `targetId` (Camunda 8: "Dealing with catch events"). */
export function planEvents(moving: Moving, element: ElementInstance, targetId: string): PlannedEvents {
  const { source, target, mapped, origins, refuse } = moving
  const before = eventsAt(source, element, element.elementId)
  const after = eventsAt(target, element, targetId)
  const kept = new Map<string, DrawnEvent>()
  for (const { elementId, trigger } of before.all) {
    const targetElementId = mapped.get(elementId)
    if (targetElementId === undefined) continue
    const there = after.all.find((event) => event.elementId === targetElementId)
    const about = { targetElementId, elementInstanceKey: element.key }
    if (!there) refuse('eventMoved', elementId, about)
    else if (there.trigger.kind !== trigger.kind) refuse('eventType', elementId, about)
    else kept.set(elementId, there)
  }
  const stay = new Set([...kept.values()].map((event) => event.elementId))
  const opened: DrawnEvent[] = []
  for (const event of after.all) {
    const { elementId: targetElementId } = event
    const origin = origins.get(targetElementId)
    if (stay.has(targetElementId)) continue
    if (origin !== undefined) refuse('eventMoved', origin, { targetElementId, elementInstanceKey: element.key })
    else if (isAtWork(moving.state, element) && !(after.inside.includes(event) && isInterrupted(moving, element)))
      opened.push(event)
  }
  return { kept, opened }
}

/** The events that wait on behalf of such an element instance: those `inside` begin event sub-processes in it. */
function eventsAt(
  process: ProcessDefinition,
  { scopeKey, elementType, loopCounter }: ElementInstance,
  id: string,
): { readonly all: readonly DrawnEvent[]; readonly inside: readonly DrawnEvent[] } {
  if (scopeKey === null) {
    const inside = scopeEvents(process, id)
    return { all: inside, inside }
  }
  const node = nodeOf(process, id)
  // An activation of an ad-hoc sub-process has none: they stand at the sub-process.
  if (!node || (elementType !== node.type && elementType !== 'multiInstanceBody')) return { all: [], inside: [] }
  const beside = loopCounter === null ? boundaryEvents(process, node) : []
  if (elementType === 'multiInstanceBody') return { all: beside, inside: [] }
  const inside = Object.hasOwn(process.scopes, id) ? scopeEvents(process, id) : []
  if (node.type === 'bpmn:IntermediateCatchEvent' || node.type === 'bpmn:ReceiveTask')
    return { all: [...beside, { elementId: id, trigger: node.own.trigger, interrupting: true }], inside }
  const following = node.type === 'bpmn:EventBasedGateway' ? followingEvents(process, node) : []
  return { all: [...beside, ...following, ...inside], inside }
}

/** Whether an element instance has begun its work and has more to do than to be left: then its events are open. */
function isAtWork({ jobs, incidents, instance }: State, element: ElementInstance): boolean {
  // Of a suspended case: it has yet to be entered, or is to be left.
  if (instance?.held?.some(({ go, key }) => go !== 'endScope' && key === element.key)) return false
  if (jobs.get(element.job ?? 0)?.listener?.kind === 'execution') return false
  return !element.incidents.some((key) => {
    const retry = incidents.get(key)?.retry
    return retry === 'complete' || (retry === 'activate' && element.adHoc === null)
  })
}

/** Whether an event sub-process has ended all else in a scope: then no other begins in it. */
function isInterrupted({ source, state }: Moving, { children }: ElementInstance): boolean {
  return [...children].some((key) => {
    const node = nodeOf(source, state.elements.get(key)?.elementId ?? '')
    if (node?.type !== 'bpmn:SubProcess' || !node.own.byEvent) return false
    const start = nodeOf(source, source.scopes[node.id]?.startEventId ?? '')
    return start?.type === 'bpmn:StartEvent' && start.own.interrupting
  })
}
