import type { FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { MappingInstruction } from '../record/record.ts'
import { unlike } from './unlike.ts'

/**
 * The mappings that go without saying: what has the same id in both, may take each other's place and lies in a scope of
 * which that holds, too; and the flows of the same id that lead to such an element.
 */
export function suggestMappings(source: ProcessDefinition, target: ProcessDefinition): readonly MappingInstruction[] {
  const known = new Map<string, boolean>()
  const fits = (id: string): boolean => {
    const found = known.get(id)
    if (found !== undefined) return found
    const [one, other] = [nodeOf(source, id), nodeOf(target, id)]
    const result = one !== null && other !== null && unlike(one, other) === null && inSameScope(one, other)
    known.set(id, result)
    return result
  }
  const inSameScope = (one: FlowNode, other: FlowNode): boolean => {
    if (attachedTo(one) !== attachedTo(other)) return false
    if (one.scopeId === source.id || other.scopeId === target.id)
      return one.scopeId === source.id && other.scopeId === target.id
    return one.scopeId === other.scopeId && fits(one.scopeId)
  }
  const flows = Object.values(source.flows).filter(
    ({ id, targetId }) => flowOf(target, id)?.targetId === targetId && fits(targetId),
  )
  return [...Object.keys(source.nodes).filter(fits), ...flows.map(({ id }) => id)].map((id) => ({
    sourceElementId: id,
    targetElementId: id,
  }))
}

function nodeOf({ nodes }: ProcessDefinition, id: string): FlowNode | null {
  return (Object.hasOwn(nodes, id) && nodes[id]) || null
}

function flowOf({ flows }: ProcessDefinition, id: string) {
  return Object.hasOwn(flows, id) ? flows[id] : undefined
}

/** The activity of a boundary event; null for every other element. */
function attachedTo({ own }: FlowNode): string | null {
  return 'attachedTo' in own ? own.attachedTo : null
}
