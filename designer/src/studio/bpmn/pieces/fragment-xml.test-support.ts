import { modelWriter } from '@bihuan/engine/testing'
import { type Built, buildFlow, buildNode, buildPlain, type Create } from './build-elements.ts'
import type { Fragment, FragmentFlow, FragmentNode } from './fragment.ts'

/** A process of plain nodes and flows that a fragment is put into. */
export interface Around {
  readonly nodes: readonly FragmentNode[]
  readonly flows: readonly FragmentFlow[]
}

/** The XML of one executable process with these nodes and flows, as the canvas would write it, without the drawing. */
export async function processXml(around: Around, fragment: Fragment): Promise<string> {
  const moddle = modelWriter()
  const create: Create = (type, attributes) => moddle.create(type, attributes)
  const roots = new Map(fragment.roots.map((root) => [String(root.id), buildPlain(create, root)]))
  const process = create('bpmn:Process', { id: 'process', name: 'Process', isExecutable: true, flowElements: [] })
  const built = new Map<string, Built>()
  const nodes = [...around.nodes, ...fragment.nodes]
  for (const node of nodes) {
    const element = buildNode(create, node, roots)
    built.set(node.id, element)
    const scope = (node.parent === undefined ? process : built.get(node.parent)) as Built
    scope.flowElements ??= []
    ;(scope.flowElements as Built[]).push(element)
    if (node.host !== undefined) element.attachedToRef = built.get(node.host)
  }
  for (const flow of [...around.flows, ...fragment.flows]) {
    const element = buildFlow(create, flow)
    const source = built.get(flow.source) as Built
    const target = built.get(flow.target) as Built
    Object.assign(element, { sourceRef: source, targetRef: target })
    // The canvas writes both sides of a flow; the engine reads the flow.
    if (flow.isDefault) source.default = element
    const scope = built.get(nodes.find((node) => node.id === flow.source)?.parent ?? '') ?? process
    ;(scope.flowElements as Built[]).push(element)
  }
  const definitions = create('bpmn:Definitions', {
    id: 'definitions',
    targetNamespace: 'http://bihuan.org/test',
    rootElements: [process, ...roots.values()],
  })
  return (await moddle.toXML(definitions)).xml
}
