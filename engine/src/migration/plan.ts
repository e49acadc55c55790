import type { FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { MigrationReason } from '../problem/facts.ts'
import type { Key, MappingInstruction } from '../record/record.ts'
import type { Arrival, ElementInstance, State } from '../state/state.ts'
import { type PlannedCompensation, planCompensations } from './compensations.ts'
import { type PlannedEvents, planEvents } from './events.ts'
import { collector, type Moving, nodeOf, ownElements, readMappings, scopeIdAfter, targetOf } from './moving.ts'
import type { MigrationProblem } from './problem.ts'
import { unlike } from './unlike.ts'

/** What an element instance becomes. */
export interface PlannedElement extends PlannedEvents {
  readonly key: Key
  readonly targetId: string
}

/** What a token that waits at a join becomes. */
export interface PlannedArrival {
  readonly scopeKey: Key
  readonly from: Arrival
  readonly to: Arrival
}

/** How a case goes on in another definition, or everything that keeps it from doing so. */
export type MigrationPlan =
  | { readonly ok: false; readonly problems: readonly MigrationProblem[] }
  | {
      readonly ok: true
      /** In the order they began. */
      readonly elements: readonly PlannedElement[]
      readonly arrivals: readonly PlannedArrival[]
      readonly compensations: ReadonlyMap<Key, PlannedCompensation>
    }

/**
 * Judges whether a case may go on in another definition, and plans how (Camunda 8: "Process instance migration", SPEC
 * MG1). Reads only. Whether the events it opens can be opened is known when their expressions are evaluated.
 *
 * @param source the definition of the case as it is
 * @param state the case
 * @param mappings what each active element becomes
 */
export function planMigration(
  source: ProcessDefinition,
  target: ProcessDefinition,
  state: State,
  mappings: readonly MappingInstruction[],
): MigrationPlan {
  const found = collector(source)
  const { refuse } = found
  const moving: Moving = { source, target, state, refuse, ...readMappings(source, target, mappings, refuse) }
  const own = ownElements(state)
  const elements = own.flatMap((element) => planElement(moving, element) ?? [])
  const arrivals = own.flatMap((scope) => scope.joins.flatMap((from) => planArrival(moving, scope, from) ?? []))
  const compensations = planCompensations(moving)
  const { problems } = found
  return problems.length > 0 ? { ok: false, problems } : { ok: true, elements, arrivals, compensations }
}

/** Null when it cannot move, which has been said then. */
function planElement(moving: Moving, element: ElementInstance): PlannedElement | null {
  const { refuse, source, target } = moving
  const { key: elementInstanceKey, elementId } = element
  const targetElementId = targetOf(moving, element)
  if (targetElementId === undefined) {
    refuse('unmapped', elementId, { elementInstanceKey })
    return null
  }
  const about = { elementInstanceKey, targetElementId }
  if (element.scopeKey === null) {
    const reason = unfitRoot(moving, element)
    if (reason) refuse(reason, elementId, about)
  } else {
    const [node, there] = [nodeOf(source, elementId), nodeOf(target, targetElementId)]
    if (!node || !there) return null
    const reason = unlike(node, there) ?? unfit(moving, element, node, there)
    if (reason) {
      refuse(reason, elementId, about)
      return null
    }
  }
  return { key: elementInstanceKey, targetId: targetElementId, ...planEvents(moving, element, targetElementId) }
}

/** Why the process itself cannot move. One that waits to begin needs the start event it is to begin at. */
function unfitRoot({ state, target, mapped }: Moving, root: ElementInstance): MigrationReason | null {
  if (root.ending) return 'ending'
  const listener = state.jobs.get(root.job ?? 0)?.listener
  if (listener && (target.listeners[listener.event as 'start' | 'end']?.length ?? 0) <= listener.index)
    return 'listener'
  const waits =
    listener?.event === 'start' || root.incidents.some((key) => state.incidents.get(key)?.retry === 'activate')
  if (!waits) return null
  const { startEventId } = state.instance ?? {}
  const begins = startEventId === undefined ? null : (mapped.get(startEventId) ?? startEventId)
  return target.startEvents.some(({ elementId, trigger }) =>
    begins === null ? trigger === null : elementId === begins,
  )
    ? null
    : 'startEvent'
}

/** Why an instance of `node` cannot become one of `there`, which is of its kind. */
function unfit(moving: Moving, element: ElementInstance, node: FlowNode, there: FlowNode): MigrationReason | null {
  if (element.ending) return 'ending'
  const scopeId = scopeIdAfter(moving, node)
  if (scopeId !== undefined && scopeId !== there.scopeId) return 'scope'
  const listener = moving.state.jobs.get(element.job ?? 0)?.listener
  if (!listener) return null
  const { event, index, kind } = listener
  const own = kind === 'task' && there.type === 'bpmn:UserTask' ? there.own.listeners : there.listeners
  const listeners = (own as { readonly [event: string]: readonly unknown[] | undefined })[event] ?? []
  return listeners.length <= index ? 'listener' : null
}

/** Null when it cannot move, which has been said then. */
function planArrival(moving: Moving, scope: ElementInstance, from: Arrival): PlannedArrival | null {
  const { source, target, mapped, refuse } = moving
  const elementInstanceKey = scope.key
  const targetElementId = mapped.get(from.elementId)
  const flowId = mapped.get(from.flowId)
  if (targetElementId === undefined) refuse('unmapped', from.elementId, { elementInstanceKey })
  if (flowId === undefined) refuse('unmapped', from.flowId, { elementInstanceKey })
  const node = nodeOf(source, from.elementId)
  const there = nodeOf(target, targetElementId ?? '')
  if (!node || !there || targetElementId === undefined || flowId === undefined) return null
  const about = { elementInstanceKey, targetElementId }
  const reason = unlike(node, there) ?? (there.scopeId === scopeIdAfter(moving, node) ? null : 'scope')
  if (reason) refuse(reason, from.elementId, about)
  else if (there.incoming.length < node.incoming.length) refuse('joinFlows', from.elementId, about)
  else if (!there.incoming.includes(flowId)) refuse('joinFlow', from.flowId, { ...about, targetElementId: flowId })
  return { scopeKey: scope.key, from, to: { elementId: there.id, flowId, source: from.source } }
}
