import type { Connection, Element, ModdleElement, Shape } from 'bpmn-js/lib/model/Types'
import type { Canvas, CommandStack, ModelerServices, Modeling, Point } from '../services.ts'
import { type Built, buildFlow, buildNode, buildPlain, type Create } from './build-elements.ts'
import { isEmptyPatch } from './dictionary-patch.ts'
import { isType } from './extension.ts'
import { type Exit, type Fragment, type FragmentFlow, type FragmentNode, sizeOf } from './fragment.ts'
import { looseEnd, type Spot } from './model-walk.ts'
import { type Box, dropBelow, type Placement, placeAfter, placeBelow } from './place.ts'
import { boxesIn, isBackward, linesIn, wayBack, wayUp } from './way-back.ts'

export interface InsertContext {
  readonly fragment: Fragment
  readonly spot: Spot
  /** Middle of the entry when the spot is free. */
  readonly point: Point
  /** Scope the piece is put into when the spot is free. */
  readonly scope: Element
  /** Step a piece hangs on. */
  readonly host: Shape | null
  /** The element that stands for the piece, once it is put. */
  main?: Shape
}

interface SpaceTool {
  calculateAdjustments(
    elements: readonly Element[],
    axis: 'x' | 'y',
    delta: number,
    start: number,
  ): { movingShapes: Shape[]; resizingShapes: Shape[] }
  makeSpace(moving: Shape[], resizing: Shape[], delta: Point, direction: 'e' | 's', start: number): void
}

interface PieceModeling extends Modeling {
  claimId(id: string, bo: ModdleElement): void
}

/**
 * Command `pieces.insert`: puts a fragment into the drawing. All that it does are commands of bpmn-js within one, so
 * that one undo takes the whole piece back.
 */
export class InsertPieceHandler {
  static readonly $inject = [
    'modeling',
    'bpmnFactory',
    'elementFactory',
    'canvas',
    'spaceTool',
    'commandStack',
  ] as const
  private readonly modeling: PieceModeling
  private readonly create: Create
  private readonly elementFactory: ModelerServices['elementFactory']
  private readonly canvas: Canvas
  private readonly spaceTool: SpaceTool
  private readonly commandStack: CommandStack

  constructor(
    modeling: PieceModeling,
    bpmnFactory: ModelerServices['bpmnFactory'],
    elementFactory: ModelerServices['elementFactory'],
    canvas: Canvas,
    spaceTool: SpaceTool,
    commandStack: CommandStack,
  ) {
    this.modeling = modeling
    this.create = (type, attributes) => bpmnFactory.create(type, attributes) as Built
    this.elementFactory = elementFactory
    this.canvas = canvas
    this.spaceTool = spaceTool
    this.commandStack = commandStack
  }

  preExecute(context: InsertContext): void {
    const { fragment, spot, host } = context
    const shapes = new Map<string, Shape>()
    const roots = this.putRoots(fragment)
    const scope = scopeOf(context)
    const next = spot.kind === 'flow' ? (spot.flow.target as Shape) : this.nextOf(context, scope)
    const hangs = host !== null && fragment.entry === null
    const origin = hangs ? middleOf(host) : this.placeIn(context, next)
    const below = fragment.nodes.filter((node) => isBelow(node, hangs))
    const area = areaOf(below, origin)
    const down = area ? dropBelow(area, [...boxesIn(scope as Shape), ...linesIn(scope as Shape)]) : 0
    for (const node of fragment.nodes) {
      const at = below.includes(node) ? { x: origin.x, y: origin.y + down } : origin
      shapes.set(node.id, this.putNode(node, at, shapes, scope, host, roots))
    }
    const entry = fragment.entry === null ? undefined : shapes.get(fragment.entry)
    if (entry) this.leadIn(spot, entry)
    for (const flow of fragment.flows) {
      const source = shapes.get(flow.source)
      const target = shapes.get(flow.target)
      if (source && target && !isBackward(source, target))
        this.connect(flow, source, target, wayUp(source, target) ?? undefined)
    }
    if (fragment.exit) this.leadOut(fragment.exit, shapes, next)
    for (const flow of fragment.flows) {
      const source = shapes.get(flow.source)
      const target = shapes.get(flow.target)
      if (!target || isBackward(source, target))
        this.leadBack(flow, source, target ?? this.existing(scope, flow.target))
    }
    const patch = { add: fragment.fields, cells: fragment.access }
    if (!isEmptyPatch(patch)) this.commandStack.execute('pieces.dictionary', { patch })
    const main = shapes.get(fragment.main)
    if (main) context.main = main
  }

  private existing(scope: Element, id: string): Shape | undefined {
    return ((scope as Shape).children as Shape[]).find((one) => one.id === id)
  }

  /** Messages that events of the fragment refer to become roots of the model. */
  private putRoots(fragment: Fragment): Map<string, Built> {
    const roots = new Map(fragment.roots.map((root) => [String(root.id), buildPlain(this.create, root)]))
    if (roots.size === 0) return roots
    const root = this.canvas.getRootElement()
    const definitions = definitionsOf(root)
    for (const one of roots.values()) one.$parent = definitions
    this.modeling.updateModdleProperties(root, definitions, {
      rootElements: [...definitions.rootElements, ...roots.values()],
    })
    return roots
  }

  private nextOf({ spot }: InsertContext, scope: Element): Shape | null {
    return spot.kind === 'after' && !spot.asBranch && !isType(spot.source, 'bpmn:BoundaryEvent')
      ? looseEnd(scope)
      : null
  }

  /** Where the entry comes to stand; room is made first. */
  private placeIn(context: InsertContext, next: Shape | null): Point {
    const { fragment, spot, point } = context
    if (spot.kind === 'free') return point
    const source = (spot.kind === 'flow' ? spot.flow.source : spot.source) as Shape
    const others = boxesIn(source.parent as Shape)
    const isBranch = spot.kind === 'after' && (spot.asBranch || isType(source, 'bpmn:BoundaryEvent'))
    const place: Placement = isBranch
      ? placeBelow(fragment, source, others)
      : placeAfter(fragment, source, next, others)
    if (place.push) this.push(place.push)
    return place
  }

  private push({ start, by }: NonNullable<Placement['push']>): void {
    const root = this.canvas.getRootElement()
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(allIn(root as Shape), 'x', by, start)
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: by, y: 0 }, 'e', start)
  }

  private putNode(
    node: FragmentNode,
    origin: Point,
    shapes: ReadonlyMap<string, Shape>,
    scope: Element,
    host: Shape | null,
    roots: ReadonlyMap<string, Built>,
  ): Shape {
    const businessObject = buildNode(this.create, node, roots)
    this.modeling.claimId(node.id, businessObject)
    const { width, height } = sizeOf(node)
    const shape = this.elementFactory.createShape({
      type: node.type,
      businessObject,
      ...(node.type === 'bpmn:SubProcess' ? { isExpanded: true, width, height } : {}),
    })
    if (node.host !== undefined && host) {
      const spot = edgeOf(host, node.x)
      return this.modeling.createShape(shape, spot, host, { attach: true })
    }
    const parent = node.parent === undefined ? scope : (shapes.get(node.parent) ?? scope)
    return this.modeling.createShape(shape, { x: origin.x + node.x, y: origin.y + node.y }, parent)
  }

  private leadIn(spot: Spot, entry: Shape): void {
    if (spot.kind === 'after') this.modeling.connect(spot.source, entry, { type: 'bpmn:SequenceFlow' })
    if (spot.kind !== 'flow') return
    const { flow } = spot
    const source = flow.source as Shape
    const middle = entry.y + entry.height / 2
    this.modeling.reconnectEnd(flow, entry, { x: entry.x, y: middle })
    if (Math.abs(source.y + source.height / 2 - middle) < 1)
      this.modeling.updateWaypoints(flow, [
        { x: source.x + source.width, y: middle },
        { x: entry.x, y: middle },
      ])
    else this.modeling.layoutConnection(flow)
  }

  /** On to what follows; a gateway that nothing follows is given an end. */
  private leadOut(exit: Exit, shapes: ReadonlyMap<string, Shape>, next: Shape | null): void {
    const source = shapes.get(exit.source)
    if (!source) return
    const target = next ?? (isType(source, 'bpmn:Gateway') ? this.putEnd(source) : null)
    if (target) this.connect({ id: freeFlow(source, shapes), target: target.id, ...exit }, source, target)
  }

  private putEnd(source: Shape): Shape {
    const shape = this.elementFactory.createShape({ type: 'bpmn:EndEvent' })
    const middle = { x: source.x + source.width + 90, y: source.y + source.height / 2 }
    return this.modeling.createShape(shape, middle, source.parent as Element)
  }

  private connect(flow: FragmentFlow, source?: Shape, target?: Shape, waypoints?: Point[]): Connection | null {
    if (!source || !target) return null
    const businessObject = buildFlow(this.create, flow)
    this.modeling.claimId(flow.id, businessObject)
    const connection = this.modeling.connect(source, target, {
      type: 'bpmn:SequenceFlow',
      businessObject,
      ...(waypoints ? { waypoints } : {}),
    })
    if (flow.isDefault) this.modeling.updateProperties(source, { default: businessObject })
    return connection
  }

  private leadBack(flow: FragmentFlow, source?: Shape, target?: Shape): void {
    if (source && target) this.connect(flow, source, target, wayBack(source, target) ?? undefined)
  }
}

const middleOf = (shape: Shape): Point => ({ x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 })

/** Nodes that stand below the row of a fragment, or hang on a step by their timer: they may go further down. */
const isBelow = (node: FragmentNode, hangs: boolean): boolean =>
  node.parent === undefined && node.host === undefined && (hangs || node.y > 0)

function scopeOf({ spot, scope, host }: InsertContext): Element {
  if (host) return host.parent as Element
  if (spot.kind === 'flow') return (spot.flow.source as Shape).parent as Element
  return spot.kind === 'after' ? (spot.source.parent as Element) : scope
}

const allIn = (root: Shape): Element[] => [
  root,
  ...(root.children as Shape[]).flatMap((one) => (one.children ? allIn(one) : [one as Element])),
]

function areaOf(nodes: readonly FragmentNode[], origin: Point): Box | null {
  if (nodes.length === 0) return null
  const boxes = nodes.map((node) => ({ node, ...sizeOf(node) }))
  const left = Math.min(...boxes.map(({ node, width }) => node.x - width / 2)) - 20
  const top = Math.min(...boxes.map(({ node, height }) => node.y - height / 2)) - 15
  const right = Math.max(...boxes.map(({ node, width }) => node.x + width / 2)) + 20
  const bottom = Math.max(...boxes.map(({ node, height }) => node.y + height / 2)) + 15
  return { x: origin.x + left, y: origin.y + top, width: right - left, height: bottom - top }
}

/** A place on the lower edge of a host that no other event holds. */
function edgeOf(host: Shape, from: number): Point {
  const y = host.y + host.height
  const held = ((host.attachers ?? []) as Shape[]).map((one) => one.x + one.width / 2)
  const middle = host.x + host.width / 2
  const x = [from, from - 42, from + 42, from - 84]
    .map((offset) => middle + offset)
    .find((one) => one < host.x + host.width && one > host.x && held.every((other) => Math.abs(other - one) > 36))
  return { x: x ?? middle + from, y }
}

/** `review_1_agreed` for the way out of `review_1_result`; ids are made unique by the exit's source. */
const freeFlow = (source: Shape, shapes: ReadonlyMap<string, Shape>): string =>
  shapes.has(`${source.id}_on`) ? `${source.id}_on_2` : `${source.id}_on`

export function definitionsOf(root: Element): ModdleElement {
  let bo = root.businessObject
  while (bo.$parent) bo = bo.$parent
  return bo
}
