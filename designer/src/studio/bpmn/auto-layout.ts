import type { Connection, Element, Moddle, ModdleElement, Shape } from 'bpmn-js/lib/model/Types'
import type { DiagramModule } from './module.ts'
import type { Modeling, Point, Rectangle, StudioModeler } from './services.ts'

/** Where elements stand: element id → box of a shape, or way of an arrow. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Rectangle>
  readonly ways: ReadonlyMap<string, readonly Point[]>
}

/** Why a drawing cannot be arranged by itself: lanes and pools say who does what, which no rule can place. */
export type LayoutRefusal = 'lanes'

const COMMAND = 'studio.arrange'
const GAP = 6

/**
 * Arranges a BPMN text from left to right.
 * @param moddle reads BPMN
 * @returns places of its elements; the text itself is not changed
 */
export async function layoutOf(xml: string, moddle: Moddle): Promise<Layout> {
  const { layoutProcess } = await import('bpmn-auto-layout')
  const { rootElement } = await moddle.fromXML(await layoutProcess(xml))
  const boxes = new Map<string, Rectangle>()
  const ways = new Map<string, readonly Point[]>()
  for (const diagram of rootElement.get('diagrams') as ModdleElement[]) {
    for (const drawn of diagram.plane.planeElement as ModdleElement[]) {
      const id: string | undefined = drawn.bpmnElement?.id
      if (!id) continue
      if (drawn.bounds) {
        const { x, y, width, height } = drawn.bounds
        boxes.set(id, { x, y, width, height })
      } else if (drawn.waypoint) {
        ways.set(
          id,
          drawn.waypoint.map(({ x, y }: Point) => ({ x, y })),
        )
      }
    }
  }
  return { boxes, ways }
}

/**
 * Arranges what is open in the modeller, as one step that can be undone.
 * @returns why it cannot be arranged, or undefined when it was
 */
export async function arrange(modeler: StudioModeler): Promise<LayoutRefusal | undefined> {
  const registry = modeler.get('elementRegistry')
  if (registry.getAll().some(({ type }) => type === 'bpmn:Participant' || type === 'bpmn:Lane')) return 'lanes'
  const { xml } = await modeler.saveXML()
  const layout = await layoutOf(xml ?? '', modeler.get('moddle'))
  modeler.get('commandStack').execute(COMMAND, { layout })
  return undefined
}

interface Context {
  readonly layout: Layout
  /** What stood elsewhere before. */
  before?: Layout
}

interface Updater {
  updateBounds(shape: Shape): void
  updateConnectionWaypoints(connection: Connection): void
}
interface Registry {
  get(id: string): Element | undefined
  getAll(): Element[]
}

/** Command that moves every element to its place, names and notes with it. */
class ArrangeHandler {
  static $inject = ['elementRegistry', 'bpmnUpdater', 'modeling']
  readonly #registry: Registry
  readonly #updater: Updater
  readonly #modeling: Modeling

  constructor(registry: Registry, updater: Updater, modeling: Modeling) {
    this.#registry = registry
    this.#updater = updater
    this.#modeling = modeling
  }

  execute(context: Context): Element[] {
    const elements = this.#registry.getAll()
    const { boxes, ways } = withCompanions(elements, context.layout)
    context.before = placesOf(elements.filter(({ id }) => boxes.has(id) || ways.has(id)))
    return this.#place({ boxes, ways })
  }

  revert(context: Context): Element[] {
    return context.before ? this.#place(context.before) : []
  }

  /** Dotted lines of notes are drawn anew between their ends. */
  postExecute(): void {
    for (const element of this.#registry.getAll()) {
      if (element.type === 'bpmn:Association') this.#modeling.layoutConnection(element as Connection)
    }
  }

  #place({ boxes, ways }: Layout): Element[] {
    const changed: Element[] = []
    for (const [id, box] of boxes) {
      const shape = this.#registry.get(id) as Shape | undefined
      if (!shape || isConnection(shape)) continue
      Object.assign(shape, box)
      this.#updater.updateBounds(shape)
      changed.push(shape)
    }
    for (const [id, way] of ways) {
      const connection = this.#registry.get(id)
      if (!connection || !isConnection(connection)) continue
      connection.waypoints = way.map((point) => ({ ...point }))
      this.#updater.updateConnectionWaypoints(connection)
      changed.push(connection)
    }
    return changed
  }
}

const isConnection = (element: Element): element is Connection => 'waypoints' in element

function placesOf(elements: readonly Element[]): Layout {
  const boxes = new Map<string, Rectangle>()
  const ways = new Map<string, readonly Point[]>()
  for (const element of elements) {
    if (isConnection(element)) ways.set(element.id, element.waypoints)
    else boxes.set(element.id, boxOf(element as Shape))
  }
  return { boxes, ways }
}

const boxOf = ({ x, y, width, height }: Rectangle): Rectangle => ({ x, y, width, height })

/** Adds what the arrangement does not know: names beside elements, and notes that belong to one. */
function withCompanions(elements: readonly Element[], { boxes, ways }: Layout): Layout {
  const all = new Map(boxes)
  for (const element of elements) {
    if (element.type === 'bpmn:TextAnnotation' && !boxes.has(element.id)) {
      const host = [...element.incoming, ...element.outgoing]
        .flatMap(({ source, target }) => [source, target])
        .find((end) => end && boxes.has(end.id)) as Shape | undefined
      const place = host && boxes.get(host.id)
      const box = boxOf(element as Shape)
      if (place) all.set(element.id, { ...box, x: box.x + place.x - host.x, y: box.y + place.y - host.y })
    }
    const target = 'labelTarget' in element ? (element.labelTarget as Element | undefined) : undefined
    if (!target) continue
    const size = boxOf(element as Shape)
    const box = boxes.get(target.id)
    const way = ways.get(target.id)
    if (box) all.set(element.id, { ...size, ...besideShape(target.type, box, size) })
    else if (way) all.set(element.id, { ...size, ...besideWay(way, size) })
  }
  return { boxes: all, ways }
}

/** Above a gateway, whose arrows leave to the right and downwards; below an event. */
function besideShape(type: string, box: Rectangle, size: Rectangle): Point {
  const x = box.x + (box.width - size.width) / 2
  return type.endsWith('Gateway') ? { x, y: box.y - size.height - GAP } : { x, y: box.y + box.height + GAP }
}

/** Along the first part of an arrow, where it leaves the choice. */
function besideWay(way: readonly Point[], size: Rectangle): Point {
  const [from, to] = way as readonly [Point, Point]
  if (Math.abs(to.y - from.y) > Math.abs(to.x - from.x)) {
    return { x: from.x + GAP, y: to.y > from.y ? from.y + GAP : from.y - GAP - size.height }
  }
  return { x: to.x > from.x ? from.x + GAP : from.x - GAP - size.width, y: from.y - size.height - 2 }
}

/** The module that knows the command. */
export const layoutModule = {
  __init__: [
    [
      'commandStack',
      (stack: { registerHandler(command: string, handler: typeof ArrangeHandler): void }) =>
        stack.registerHandler(COMMAND, ArrangeHandler),
    ],
  ],
} as unknown as DiagramModule
