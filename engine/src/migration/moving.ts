import type { FlowNode, ProcessDefinition, SequenceFlow } from '../model/definition.ts'
import type { MigrationReason } from '../problem/facts.ts'
import type { Key, MappingInstruction } from '../record/record.ts'
import type { ElementInstance, State } from '../state/state.ts'
import type { MigrationProblem } from './problem.ts'

/** A case on its way from one definition to another, and what has been found against it. */
export interface Moving {
  readonly source: ProcessDefinition
  readonly target: ProcessDefinition
  readonly state: State
  /** Source id → target id. */
  readonly mapped: ReadonlyMap<string, string>
  /** Target id of an event or flow → its source id: each has one. */
  readonly origins: ReadonlyMap<string, string>
  refuse(reason: MigrationReason, elementId: string, about?: About): void
}

interface About {
  readonly elementInstanceKey?: Key | null
  readonly targetElementId?: string | null
}

/** Where the problems of a case are collected: the same thing is said once. */
export function collector(source: ProcessDefinition): {
  readonly problems: readonly MigrationProblem[]
  readonly refuse: Moving['refuse']
} {
  const problems = new Map<string, MigrationProblem>()
  return {
    get problems() {
      return [...problems.values()]
    },
    refuse(reason, elementId, { elementInstanceKey = null, targetElementId = null }: About = {}) {
      const elementName = nodeOf(source, elementId)?.name ?? null
      const problem = { reason, elementId, elementName, targetElementId, elementInstanceKey }
      problems.set([reason, elementId, elementInstanceKey].join(' '), problem)
    },
  }
}

/** The node of an id, which may be any text. */
export function nodeOf({ nodes }: ProcessDefinition, id: string): FlowNode | null {
  return (Object.hasOwn(nodes, id) && nodes[id]) || null
}

/** The sequence flow of an id, which may be any text. */
export function flowOf({ flows }: ProcessDefinition, id: string): SequenceFlow | null {
  return (Object.hasOwn(flows, id) && flows[id]) || null
}

/** Element instances that belong to the case's own definition: not what stands in called processes. */
export function ownElements({ elements }: State): readonly ElementInstance[] {
  return [...elements.values()].filter(({ definitionKey }) => definitionKey === null)
}

/** What an element instance is an instance of in the target; undefined when nothing says so. */
export function targetOf({ mapped, target }: Moving, element: ElementInstance): string | undefined {
  return element.scopeKey === null ? target.id : mapped.get(element.elementId)
}

/** What the scope in which an element is drawn is in the target; undefined when it is not mapped. */
export function scopeIdAfter({ source, target, mapped }: Moving, { scopeId }: FlowNode): string | undefined {
  return scopeId === source.id ? target.id : mapped.get(scopeId)
}

/** Reads the mappings: what does not hold whatever is active is refused. */
export function readMappings(
  source: ProcessDefinition,
  target: ProcessDefinition,
  mappings: readonly MappingInstruction[],
  refuse: Moving['refuse'],
): Pick<Moving, 'mapped' | 'origins'> {
  const mapped = new Map<string, string>()
  const origins = new Map<string, string>()
  for (const { sourceElementId, targetElementId } of mappings) {
    const about = { targetElementId }
    const [from, to] = [kindOf(source, sourceElementId), kindOf(target, targetElementId)]
    if (from === null) refuse('sourceUnknown', sourceElementId, about)
    else if (to === null) refuse('targetUnknown', sourceElementId, about)
    else if (mapped.has(sourceElementId)) refuse('sourceTwice', sourceElementId, about)
    else if ((from === 'flow') !== (to === 'flow') || (from === 'process') !== (to === 'process'))
      refuse('type', sourceElementId, about)
    else {
      if (to !== 'element' && to !== 'process') {
        if (origins.has(targetElementId)) refuse('targetTwice', sourceElementId, about)
        origins.set(targetElementId, sourceElementId)
      }
      mapped.set(sourceElementId, targetElementId)
    }
  }
  return { mapped, origins }
}

function kindOf(process: ProcessDefinition, id: string): 'process' | 'event' | 'element' | 'flow' | null {
  if (id === process.id) return 'process'
  if (flowOf(process, id)) return 'flow'
  const node = nodeOf(process, id)
  if (!node) return null
  return node.type !== 'bpmn:ReceiveTask' && 'trigger' in node.own ? 'event' : 'element'
}
