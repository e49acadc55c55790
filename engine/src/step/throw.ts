import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { isActivation } from './activation.ts'
import { elementOf, isProcess, nodeOf, processOf, type Run } from './run.ts'
import { scopeOf } from './scope.ts'

/** The event that catches an error or escalation and on whose behalf it waits. */
interface Catcher {
  readonly eventId: string
  readonly ownerKey: Key
}

/** What is thrown outwards through scopes and call activities. */
export type Thrown = 'error' | 'escalation'

/**
 * Looks for what catches an error or escalation thrown at an element instance: there, then scope by scope outwards and
 * out of called processes. The nearest wins; at one place a code before a catch-all, then an event sub-process before a
 * boundary event (Zeebe: "Error events", "Escalation events", SPEC ER1). Null when nothing does.
 */
export function catcherOf(run: Run, key: Key, thrown: Thrown, code: string): Catcher | null {
  let inner: ElementInstance | null = null
  let current: ElementInstance | undefined = elementOf(run, key)
  for (; current; inner = current, current = scopeOf(run.state, current)) {
    const eventId = choose(run, current, eventsAt(run, current, inner), thrown, code)
    if (eventId) return { eventId, ownerKey: current.key }
  }
  return null
}

/**
 * The events at an element instance that can catch what comes out of `inner`, or is thrown by itself: those of its event
 * sub-processes, then its boundary events. Those of a multi-instance stand at its body.
 */
function eventsAt(run: Run, element: ElementInstance, inner: ElementInstance | null): string[] {
  if (isActivation(element)) return []
  const starts = element.multi ? [] : startsIn(run, element, inner)
  return isProcess(element) || element.loopCounter !== null ? starts : [...starts, ...nodeOf(run, element).boundary]
}

/**
 * The start events of the event sub-processes of a scope. One does not catch what is thrown inside itself, and when it
 * has interrupted the scope the others are closed (SPEC ER2).
 */
function startsIn(run: Run, scope: ElementInstance, inner: ElementInstance | null): string[] {
  if (inner && interrupts(run, inner)) return []
  const { scopes } = processOf(run, scope)
  return (scopes[scope.elementId]?.eventSubProcesses ?? [])
    .filter((id) => id !== inner?.elementId)
    .flatMap((id) => scopes[id]?.startEventId ?? [])
}

/** Whether an element instance is an event sub-process that interrupted its scope when it began. */
function interrupts(run: Run, element: ElementInstance): boolean {
  const node = isProcess(element) ? null : nodeOf(run, element)
  if (node?.type !== 'bpmn:SubProcess' || !node.own.byEvent) return false
  const { scopes, nodes } = processOf(run, element)
  const start = nodes[scopes[node.id]?.startEventId ?? '']
  return start?.type === 'bpmn:StartEvent' && start.own.interrupting
}

function choose(
  run: Run,
  owner: ElementInstance,
  eventIds: readonly string[],
  thrown: Thrown,
  code: string,
): string | null {
  if (eventIds.length === 0) return null
  const { nodes } = processOf(run, owner)
  let catchAll: string | null = null
  for (const eventId of eventIds) {
    const wanted = wantedCode(nodes[eventId], thrown)
    if (wanted === undefined) continue
    if (wanted === null) catchAll ??= eventId
    else if (wanted === code) return eventId
  }
  return catchAll
}

/** The code an event catches: null for every one, undefined when it catches nothing of that kind. */
function wantedCode(node: FlowNode | undefined, thrown: Thrown): string | null | undefined {
  if (node?.type !== 'bpmn:BoundaryEvent' && node?.type !== 'bpmn:StartEvent') return undefined
  const { trigger } = node.own
  if (thrown === 'error' && trigger?.kind === 'error') return trigger.errorCode?.source ?? null
  if (thrown === 'escalation' && trigger?.kind === 'escalation') return trigger.escalationCode?.source ?? null
  return undefined
}
