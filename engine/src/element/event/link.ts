import type { ModdleElement } from 'bpmn-moddle'
import type { FlowNode } from '../../model/definition.ts'
import { type CheckContext, complete, type Reader } from '../element.ts'
import { eventDefinition } from './event-definition.ts'

/**
 * Link event (BPMN 2.0 §10.5.1, Zeebe: "Link events"): a sequence flow that is not drawn. Any number of throw events
 * lead to the one catch event of that name in the same scope; leaving a throw event goes on there.
 */
export const linkEvent = eventDefinition<'link', 'link'>({
  type: 'bpmn:LinkEventDefinition',
  catching: {
    positions: ['catch'],
    read({ definition }, reader) {
      const name = readName(definition, reader)
      return name === null ? null : { kind: 'link', name }
    },
    arm: null,
  },
  throwing: {
    positions: ['throw'],
    read({ definition }, reader) {
      const name = readName(definition, reader)
      return name === null ? null : { kind: 'link', name }
    },
    perform: () => complete(),
  },
})

function readName(definition: ModdleElement, reader: Reader): string | null {
  return reader.literal(definition.name, 'bpmn:linkEventDefinition name')?.source ?? null
}

/** The name of the link a node throws; null when it throws none. */
function thrownLink(node: FlowNode): string | null {
  return node.type === 'bpmn:IntermediateThrowEvent' && node.own.throws.kind === 'link' ? node.own.throws.name : null
}

/** The name of the link a node catches; null when it catches none. */
function caughtLink(node: FlowNode): string | null {
  return node.type === 'bpmn:IntermediateCatchEvent' && node.own.trigger.kind === 'link' ? node.own.trigger.name : null
}

/** Where a link throw event leads: the catch event of its name in its scope; null for every other node. */
export function linkTarget(node: FlowNode, nodes: CheckContext['nodes']): FlowNode | null {
  const link = thrownLink(node)
  if (link === null) return null
  return Object.values(nodes).find((one) => one.scopeId === node.scopeId && caughtLink(one) === link) ?? null
}

/** The links of a process by scope and name: those that are thrown, and the first that catches each. */
interface Links {
  readonly thrown: Set<string>
  readonly caught: Map<string, FlowNode>
}

const known = new WeakMap<CheckContext['nodes'], Links>()
const keyOf = ({ scopeId }: FlowNode, name: string): string => JSON.stringify([scopeId, name])

/** Worked out once for a process. */
function linksOf(nodes: CheckContext['nodes']): Links {
  const done = known.get(nodes)
  if (done) return done
  const links: Links = { thrown: new Set(), caught: new Map() }
  for (const node of Object.values(nodes)) {
    const [thrown, caught] = [thrownLink(node), caughtLink(node)]
    if (thrown !== null) links.thrown.add(keyOf(node, thrown))
    if (caught !== null && !links.caught.has(keyOf(node, caught))) links.caught.set(keyOf(node, caught), node)
  }
  known.set(nodes, links)
  return links
}

/** A link has one catch event in its scope and at least one throw event, and no sequence flow on the side of the jump. */
export function checkLink(node: FlowNode, { nodes, problem }: CheckContext): void {
  const [thrown, caught] = [thrownLink(node), caughtLink(node)]
  if (thrown !== null) {
    if (!linksOf(nodes).caught.has(keyOf(node, thrown))) problem('LINK_WITHOUT_PARTNER', { link: thrown })
    if (node.outgoing.length > 0) problem('EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow from a link throw event' })
  }
  if (caught !== null) {
    const { caught: first, thrown: all } = linksOf(nodes)
    if (first.get(keyOf(node, caught)) !== node) problem('LINK_WITHOUT_PARTNER', { link: caught })
    if (!all.has(keyOf(node, caught))) problem('LINK_WITHOUT_PARTNER', { link: caught })
    if (node.incoming.length > 0) problem('EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow to a link catch event' })
  }
}
