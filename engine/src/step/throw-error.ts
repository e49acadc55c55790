import { evaluate } from '../feel/index.ts'
import type { EventTrigger, FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import { elementOf, nodeOf, type Run } from './run.ts'
import { feelContext } from './scope.ts'

/** The event that catches an error and on whose behalf it waits. */
export interface Catcher {
  readonly eventId: string
  readonly ownerKey: Key
}

/**
 * Looks for what catches an error thrown at an element instance: its boundary events, then scope by scope outwards the
 * event sub-processes and the boundary events of the scope. The nearest wins; at one place a code before a catch-all
 * (Zeebe: "Error events", SPEC ER1). Null when nothing does. A scope that an event sub-process has interrupted has no
 * other event sub-process open: what that one throws goes past them (SPEC ER2).
 */
export function catcherOf(run: Run, key: Key, errorCode: string): Catcher | null {
  let current = elementOf(run, key)
  for (;;) {
    if (current.scopeKey === null) return null
    const node = nodeOf(run, current.elementId)
    if (current.loopCounter === null) {
      const boundary = choose(run, current.key, node.boundary, errorCode)
      if (boundary) return { eventId: boundary, ownerKey: current.key }
    }
    const scope = elementOf(run, current.scopeKey)
    if (!scope.multi && !interrupts(run, node)) {
      const starts = (run.bundle.process.scopes[scope.elementId]?.eventSubProcesses ?? []).flatMap(
        (subProcessId) => run.bundle.process.scopes[subProcessId]?.startEventId ?? [],
      )
      const start = choose(run, scope.key, starts, errorCode)
      if (start) return { eventId: start, ownerKey: scope.key }
    }
    current = scope
  }
}

/** Whether a node is an event sub-process that interrupted its scope when it began. */
function interrupts(run: Run, node: FlowNode): boolean {
  if (node.type !== 'bpmn:SubProcess' || !node.own.byEvent) return false
  const startId = run.bundle.process.scopes[node.id]?.startEventId
  const start = startId ? nodeOf(run, startId) : null
  return start?.type === 'bpmn:StartEvent' && start.own.interrupting
}

function choose(run: Run, ownerKey: Key, eventIds: readonly string[], errorCode: string): string | null {
  let catchAll: string | null = null
  for (const eventId of eventIds) {
    const trigger = triggerOf(run, eventId)
    if (trigger?.kind !== 'error') continue
    if (trigger.errorCode === null) catchAll ??= eventId
    else {
      const code = evaluate(trigger.errorCode, feelContext(run, ownerKey), run.at)
      if (code.ok && code.value === errorCode) return eventId
    }
  }
  return catchAll
}

function triggerOf(run: Run, eventId: string): EventTrigger | null {
  const node = nodeOf(run, eventId)
  return node.type === 'bpmn:BoundaryEvent' || node.type === 'bpmn:StartEvent' ? node.own.trigger : null
}
