import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { isActivation } from './activation.ts'
import { elementOf, isProcess, nodeOf, processOf, type Run } from './run.ts'

/** The event that catches an error or escalation and on whose behalf it waits. */
interface Catcher {
  readonly eventId: string
  readonly ownerKey: Key
}

/** What is thrown outwards through scopes and call activities. */
export type Thrown = 'error' | 'escalation'

/**
 * Looks for what catches an error or escalation thrown at an element instance: its boundary events, then scope by scope
 * outwards the event sub-processes and the boundary events of the scope, out of called processes too. The nearest wins;
 * at one place a code before a catch-all (Zeebe: "Error events", "Escalation events", SPEC ER1). Null when nothing does.
 * An event sub-process does not catch what is thrown inside itself. A scope that one has interrupted has no other open:
 * what that one throws goes past them (SPEC ER2).
 */
export function catcherOf(run: Run, key: Key, thrown: Thrown, code: string): Catcher | null {
  let current = elementOf(run, key)
  for (;;) {
    if (current.scopeKey === null) return null
    const node = isProcess(current) ? null : nodeOf(run, current)
    if (node && current.loopCounter === null && !isActivation(current)) {
      const boundary = choose(run, current, node.boundary, thrown, code)
      if (boundary) return { eventId: boundary, ownerKey: current.key }
    }
    const scope = elementOf(run, current.scopeKey)
    if (!scope.multi && !isActivation(scope) && node && !interrupts(run, current, node)) {
      const { scopes } = processOf(run, scope)
      const starts = (scopes[scope.elementId]?.eventSubProcesses ?? []).flatMap((subProcessId) =>
        subProcessId === current.elementId ? [] : (scopes[subProcessId]?.startEventId ?? []),
      )
      const start = choose(run, scope, starts, thrown, code)
      if (start) return { eventId: start, ownerKey: scope.key }
    }
    current = scope
  }
}

/** Whether a node is an event sub-process that interrupted its scope when it began. */
function interrupts(run: Run, element: ElementInstance, node: FlowNode): boolean {
  if (node.type !== 'bpmn:SubProcess' || !node.own.byEvent) return false
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
