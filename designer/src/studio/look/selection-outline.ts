import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import type { DiagramModule } from '../bpmn/module.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Room between a shape and the dashed line around it. */
const GAP = 6
const HANDLE = 3.5
/** Before the stock outline. */
const PRIORITY = 2000

/** What is selected stands in a dashed frame with a round handle at each corner. */
class SelectionOutline {
  static $inject = ['outline', 'styles']
  readonly #class: object

  constructor(
    outline: { registerProvider(priority: number, provider: object): void },
    styles: { cls(name: string, traits: readonly string[]): object },
  ) {
    this.#class = styles.cls('djs-outline', ['no-fill'])
    outline.registerProvider(PRIORITY, this)
  }

  getOutline(element: Element): SVGElement | undefined {
    if ('waypoints' in element || element.type === 'label') return undefined
    // An SVG of its own: it has a box, as the library expects of an outline, and its corners follow that box.
    const frame = create('svg', { ...this.#class, ...boxOf(element as Shape), rx: '4', overflow: 'visible' })
    frame.append(create('rect', { width: '100%', height: '100%', rx: '4' }))
    for (const [cx, cy] of CORNERS) frame.append(create('circle', { cx, cy, r: String(HANDLE) }))
    return frame
  }

  updateOutline(element: Element, outline: SVGElement): boolean {
    if (outline.localName !== 'svg') return false
    set(outline, boxOf(element as Shape))
    return true
  }
}

const CORNERS = [
  ['0', '0'],
  ['100%', '0'],
  ['0', '100%'],
  ['100%', '100%'],
] as const

const boxOf = ({ width, height }: Shape): object => ({
  x: -GAP,
  y: -GAP,
  width: width + 2 * GAP,
  height: height + 2 * GAP,
})

function create(name: string, attributes: object): SVGElement {
  const made = document.createElementNS(SVG, name)
  set(made, attributes)
  return made
}

function set(element: SVGElement, attributes: object): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

/** The module that draws it. */
export const selectionModule = {
  __init__: ['selectionOutline'],
  selectionOutline: ['type', SelectionOutline],
} as unknown as DiagramModule
