import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { Compensation } from '../state/compensation.ts'
import { type Moving, nodeOf, scopeIdAfter } from './moving.ts'
import { unlike } from './unlike.ts'

/** What a completed activity is in the target; null where it cannot be undone any more. */
export type PlannedCompensation = { readonly elementId: string; readonly handlerId: string | null } | null

/**
 * Plans what has been done and can be undone: it moves with its compensation boundary event, as a subscription does, and
 * a completed scope with itself. What is being undone must move.
 */
export function planCompensations(moving: Moving): ReadonlyMap<Key, PlannedCompensation> {
  const { mapped, refuse } = moving
  const planned = new Map<Key, PlannedCompensation>()
  for (const one of ownCompensations(moving)) {
    const place = placeOf(moving, one)
    planned.set(one.key, place)
    const isLost = place === null || (one.handlerKey !== null && mapped.get(one.handlerId ?? '') !== place.handlerId)
    if (one.throwKey !== null && isLost)
      refuse('undoing', one.elementId, { elementInstanceKey: one.handlerKey ?? one.elementInstanceKey })
  }
  return planned
}

/** What was done in the case's own definition: its scope is live, or was completed in one that is. */
function ownCompensations({ state: { compensations, elements } }: Moving): readonly Compensation[] {
  const byInstance = new Map([...compensations.values()].map((one) => [one.elementInstanceKey, one]))
  return [...compensations.values()].filter((one) => {
    let { scopeKey } = one
    for (let outer = byInstance.get(scopeKey); outer; outer = byInstance.get(scopeKey)) scopeKey = outer.scopeKey
    return elements.get(scopeKey)?.definitionKey === null
  })
}

function placeOf(moving: Moving, { elementId, elementInstanceKey, handlerId }: Compensation): PlannedCompensation {
  const { source, target, mapped, refuse } = moving
  const done = nodeOf(source, elementId)
  const scopeId = done && scopeIdAfter(moving, done)
  if (!done || scopeId === undefined) return null
  const from = handlerId === null ? elementId : boundaryOf(moving, done)
  const targetElementId = mapped.get(from)
  const there = nodeOf(target, targetElementId ?? '')
  if (!there || targetElementId === undefined) return null
  const about = { targetElementId, elementInstanceKey }
  if (handlerId === null) {
    const reason = unlike(done, there) ?? (there.scopeId === scopeId ? null : 'scope')
    if (reason) refuse(reason, elementId, about)
    return { elementId: there.id, handlerId: null }
  }
  const activity = there.type === 'bpmn:BoundaryEvent' ? nodeOf(target, there.own.attachedTo) : null
  if (!activity || activity.compensationHandler === null) refuse('eventType', from, about)
  else if (activity.scopeId !== scopeId) refuse('scope', from, about)
  return activity && { elementId: activity.id, handlerId: activity.compensationHandler }
}

/** The compensation boundary event of an activity. */
function boundaryOf({ source }: Moving, { boundary }: FlowNode): string {
  const isCompensation = (id: string) => {
    const event = nodeOf(source, id)
    return event?.type === 'bpmn:BoundaryEvent' && event.own.trigger.kind === 'compensation'
  }
  return boundary.find(isCompensation) ?? ''
}
