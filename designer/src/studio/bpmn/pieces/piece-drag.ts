import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import type { Canvas, EventBus, Point } from '../services.ts'
import { isFlow, isType } from './extension.ts'
import { isAttached, type PieceKind } from './piece.ts'

interface Dragging {
  init(event: Event, prefix: string, options: object): void
}

interface DragEvent {
  readonly x: number
  readonly y: number
  readonly hover?: Element
  readonly context: { readonly kind: PieceKind; over?: Element | undefined; shadow?: SVGElement }
}

/** What is told when a piece is let go over the drawing. */
export type Dropped = (kind: PieceKind, point: Point, over: Element | null) => void

const OVER = 'piece-over'

/** Dragging a piece from the rail onto the drawing: over a flow, a step, or free paper. */
export class PieceDrag {
  static readonly $inject = ['eventBus', 'dragging', 'canvas'] as const
  private readonly dragging: Dragging
  private dropped: Dropped = () => {}

  constructor(eventBus: EventBus, dragging: Dragging, canvas: Canvas & { getActiveLayer(): SVGElement }) {
    this.dragging = dragging
    const leave = ({ context }: DragEvent) => {
      if (context.over) canvas.removeMarker(context.over, OVER)
      context.over = undefined
    }
    eventBus.on<DragEvent>('piece.hover', (event) => {
      leave(event)
      const target = event.hover ? placeFor(event.context.kind, event.hover) : null
      if (!target) return
      event.context.over = target
      canvas.addMarker(target, OVER)
    })
    eventBus.on<DragEvent>('piece.out', leave)
    eventBus.on<DragEvent>('piece.start', ({ context }) => {
      context.shadow = shadowIn(canvas.getActiveLayer())
    })
    eventBus.on<DragEvent>('piece.move', ({ context, x, y }) => {
      context.shadow?.setAttribute('transform', `translate(${x - 50} ${y - 40})`)
    })
    eventBus.on<DragEvent>('piece.end', ({ context, x, y }) => {
      this.dropped(context.kind, { x, y }, context.over ?? null)
    })
    eventBus.on<DragEvent>('piece.cleanup', (event) => {
      leave(event)
      event.context.shadow?.remove()
    })
  }

  start(event: Event, kind: PieceKind, dropped: Dropped): void {
    this.dropped = dropped
    this.dragging.init(event, 'piece', { cursor: 'grabbing', autoActivate: true, data: { context: { kind } } })
  }
}

/** What a piece is put on: a step for what hangs on steps, else a flow or any element of the way. */
function placeFor(kind: PieceKind, hover: Element): Element | null {
  const element = ((hover as Shape & { labelTarget?: Element }).labelTarget ?? hover) as Element
  if (isAttached(kind)) return isType(element, 'bpmn:Activity') ? element : null
  if (isType(element, 'bpmn:SubProcess')) return null
  return isFlow(element) || isType(element, 'bpmn:FlowNode') ? element : null
}

function shadowIn(layer: SVGElement): SVGElement {
  const rectangle = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ width: 100, height: 80, rx: 9 }))
    rectangle.setAttribute(name, String(value))
  rectangle.setAttribute('class', 'piece-shadow')
  layer.append(rectangle)
  return rectangle
}
