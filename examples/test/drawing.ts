import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Point {
  readonly x: number
  readonly y: number
}

/**
 * What is wrong with the drawing of a BPMN file, in words: an element without a shape or a flow without an edge, shapes
 * that overlap, a node outside its sub-process, an edge that does not begin and end at its shapes or runs through
 * another node, labels that overlap nodes or each other.
 */
export async function drawingFaults(xml: string): Promise<string[]> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml)
  const faults = warnings.map((warning) => warning.message)
  const shapes = new Map<string, Box>()
  const edges = new Map<string, readonly Point[]>()
  const labels = new Map<string, Box>()
  for (const diagram of list(rootElement.diagrams)) {
    for (const drawn of list(diagram.plane?.planeElement)) {
      const id: string | undefined = drawn.bpmnElement?.id
      if (!id) continue
      if (drawn.$type === 'bpmndi:BPMNShape') shapes.set(id, drawn.bounds)
      else edges.set(id, drawn.waypoint)
      if (drawn.label?.bounds) labels.set(id, drawn.label.bounds)
    }
  }
  const processes = list(rootElement.rootElements).filter((one) => one.$type === 'bpmn:Process')
  const elements = processes.flatMap((process) => below(process))
  const nodes = elements.filter((one) => one.$type !== 'bpmn:SequenceFlow')
  const flows = elements.filter((one) => one.$type === 'bpmn:SequenceFlow')
  for (const node of nodes) if (!shapes.has(node.id)) faults.push(`${node.id} has no shape`)
  for (const flow of flows) if (!edges.has(flow.id)) faults.push(`${flow.id} has no edge`)

  const boxOf = (node: ModdleElement) => shapes.get(node.id)
  const encloses = (outer: ModdleElement, inner: ModdleElement): boolean => {
    for (let parent = inner.$parent; parent; parent = parent.$parent) if (parent === outer) return true
    return false
  }
  for (const [index, one] of nodes.entries()) {
    const box = boxOf(one)
    const scope = one.$parent && boxOf(one.$parent)
    if (box && scope && !inside(box, scope)) faults.push(`${one.id} lies outside ${one.$parent?.id}`)
    for (const other of nodes.slice(index + 1)) {
      const otherBox = boxOf(other)
      const belongs =
        encloses(one, other) || encloses(other, one) || one.attachedToRef === other || other.attachedToRef === one
      if (box && otherBox && !belongs && overlap(box, otherBox)) faults.push(`${one.id} overlaps ${other.id}`)
    }
  }
  for (const flow of flows) {
    const points = edges.get(flow.id) ?? []
    const [first, last] = [points[0], points.at(-1)]
    const [source, target] = [shapes.get(flow.sourceRef.id), shapes.get(flow.targetRef.id)]
    if (first && source && !onBorder(first, source)) faults.push(`${flow.id} does not begin at ${flow.sourceRef.id}`)
    if (last && target && !onBorder(last, target)) faults.push(`${flow.id} does not end at ${flow.targetRef.id}`)
    const free = nodes.filter(
      (node) => !encloses(node, flow) && node !== flow.sourceRef && node !== flow.targetRef && !isAttached(node, flow),
    )
    for (const node of free) {
      const box = boxOf(node)
      if (box && legs(points).some((leg) => overlap(leg, box))) faults.push(`${flow.id} runs through ${node.id}`)
    }
  }
  const named = [...labels]
  for (const [index, [id, label]] of named.entries()) {
    for (const node of nodes) {
      const box = boxOf(node)
      if (box && !list(node.flowElements).length && overlap(label, box))
        faults.push(`label of ${id} overlaps ${node.id}`)
    }
    for (const [otherId, other] of named.slice(index + 1))
      if (overlap(label, other)) faults.push(`label of ${id} overlaps label of ${otherId}`)
    for (const [flowId, points] of edges)
      if (legs(points).some((leg) => overlap(leg, label))) faults.push(`${flowId} runs through label of ${id}`)
  }
  return faults
}

function list(value: unknown): ModdleElement[] {
  return Array.isArray(value) ? (value as ModdleElement[]) : []
}

function below(scope: ModdleElement): ModdleElement[] {
  return list(scope.flowElements).flatMap((element) => [element, ...below(element)])
}

/** A boundary event of the flow's source or target touches that flow's shape by design. */
function isAttached(node: ModdleElement, flow: ModdleElement): boolean {
  return (
    node.attachedToRef !== undefined && (node.attachedToRef === flow.sourceRef || node.attachedToRef === flow.targetRef)
  )
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

function onBorder({ x, y }: Point, box: Box): boolean {
  const within = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
  return within && !(x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height)
}

/** The straight parts of an edge as boxes one unit thick. */
function legs(points: readonly Point[]): Box[] {
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.max(1, Math.abs(to.x - from.x)),
      height: Math.max(1, Math.abs(to.y - from.y)),
    }
  })
}
