import BpmnRenderer from 'bpmn-js/lib/draw/BpmnRenderer'
import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import { ShortTextRenderer } from './short-text.ts'
import { taskIcons } from './task-icons.ts'

/** Colours of one element that is shown otherwise than drawn, as tokens; what is absent stays. */
export interface Paint {
  readonly stroke?: string
  readonly fill?: string
  /** Width of the outline or line, in pixels. */
  readonly width?: number
  readonly dashed?: boolean
}

/** Says how to paint an element; undefined leaves it as drawn. */
export type Painter = (element: Element) => Paint | undefined

type Attributes = NonNullable<Parameters<BpmnRenderer['drawShape']>[2]>
type Arguments = ConstructorParameters<typeof BpmnRenderer>

const LINE = 'var(--ink-500)'
const LABEL = 'var(--ink-500)'
const FRAME = 'var(--ink-200)'
const HEADER = 'var(--paper-100)'
/** Width of the head of pools and lanes, as bpmn-js draws it. */
const HEADER_SIZE = 30
const RADIUS = '9'
const FRAMES = new Set(['bpmn:Participant', 'bpmn:Lane'])
const WIDTHS: Readonly<Record<string, number>> = {
  'bpmn:EndEvent': 3.4,
  'bpmn:CallActivity': 3.2,
  'bpmn:Participant': 1,
  'bpmn:Lane': 1,
}
/** What `defaultFillColor` and its like are for bpmn-js: ink on paper. */
export const inkOnPaper = {
  defaultFillColor: 'var(--paper-0)',
  defaultStrokeColor: 'var(--ink-700)',
  defaultLabelColor: 'var(--ink-900)',
}

/** BPMN as ink on paper: fine lines, quiet lanes, names of arrows and events in grey. Own colours of a model stay. */
export class PaperRenderer extends BpmnRenderer {
  static override $inject = [...BpmnRenderer.$inject, 'config.painter']
  readonly #painter: Painter | undefined

  constructor(
    config: Arguments[0],
    eventBus: Arguments[1],
    styles: Arguments[2],
    pathMap: Arguments[3],
    canvas: Arguments[4],
    textRenderer: Arguments[5],
    painter: Painter | undefined,
  ) {
    super(config, eventBus, styles, pathMap, canvas, textRenderer)
    this.#painter = painter
  }

  override drawShape(parent: SVGElement, shape: Shape, attrs: Attributes = {}): SVGElement {
    const paint = this.#painter?.(shape)
    const drawn = super.drawShape(parent, shape, { ...this.#quiet(shape), ...coloursOf(paint), ...attrs })
    if (shape.type === 'label') return drawn
    finish(drawn, paint?.width ?? WIDTHS[shape.type] ?? 1.4, paint)
    if (paint) keepNameReadable(parent)
    const icon = taskIcons[shape.type]
    if (icon) drawIcon(parent, icon, drawn.style.stroke)
    if (drawn.getAttribute('rx') === '10') setRadius(drawn)
    if (FRAMES.has(shape.type) && !isVertical(shape)) drawn.after(headerOf(shape))
    return drawn
  }

  override drawConnection(parent: SVGElement, connection: Connection, attrs: Attributes = {}): SVGElement {
    const paint = this.#painter?.(connection)
    const own = isColoured(connection) ? {} : { stroke: LINE }
    const drawn = super.drawConnection(parent, connection, { ...own, ...coloursOf(paint), ...attrs })
    finish(drawn, paint?.width ?? 1.6, paint)
    return drawn
  }

  #quiet(shape: Shape): Attributes {
    if (shape.type === 'label') return shape.di?.label?.get('color:color') ? {} : { stroke: LABEL }
    return FRAMES.has(shape.type) && !isColoured(shape) ? { stroke: FRAME } : {}
  }
}

/** The module that makes bpmn-js draw so. */
export const paperModule = {
  bpmnRenderer: ['type', PaperRenderer] as const,
  textRenderer: ['type', ShortTextRenderer] as const,
}

const isColoured = (element: Element): boolean =>
  Boolean(element.di?.get?.('color:border-color') || element.di?.get?.('bioc:stroke'))

function coloursOf(paint: Paint | undefined): Attributes {
  return { ...(paint?.stroke && { stroke: paint.stroke }), ...(paint?.fill && { fill: paint.fill }) }
}

function finish(drawn: SVGElement, width: number, paint: Paint | undefined): void {
  drawn.style.strokeWidth = `${width}px`
  if (paint?.dashed) drawn.style.strokeDasharray = '5 4'
}

/** Our sign of a task's type in place of the stock one. */
function drawIcon(parent: SVGElement, path: string, stroke: string): void {
  for (const stock of parent.querySelectorAll(':scope > path:not([data-marker])')) stock.remove()
  const sign = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  sign.setAttribute('d', path)
  sign.setAttribute('transform', 'translate(7 7) scale(0.95)')
  Object.assign(sign.style, {
    fill: 'none',
    stroke,
    strokeWidth: '1.3px',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  })
  parent.append(sign)
}

/** A name stays ink whatever colour its shape has. */
function keepNameReadable(parent: SVGElement): void {
  for (const name of parent.querySelectorAll<SVGElement>('.djs-label')) name.style.fill = inkOnPaper.defaultLabelColor
}

function setRadius(drawn: SVGElement): void {
  drawn.setAttribute('rx', RADIUS)
  drawn.setAttribute('ry', RADIUS)
}

const isVertical = (shape: Shape): boolean => shape.di?.isHorizontal === false

/** The head of a pool or lane, under its name. */
function headerOf(shape: Shape): SVGElement {
  const header = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  const box = { x: 0.5, y: 0.5, width: HEADER_SIZE, height: Math.max(0, shape.height - 1) }
  for (const [name, value] of Object.entries(box)) header.setAttribute(name, String(value))
  header.style.fill = HEADER
  return header
}
