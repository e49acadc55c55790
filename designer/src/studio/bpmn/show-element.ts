import type { Element } from 'bpmn-js/lib/model/Types'
import type { StudioModeler } from './services.ts'

/** Below this scale nobody can read what is gone to. */
const READABLE = 0.6
const NEAR = 0.8

let open: StudioModeler | undefined

/** Tells which modeller stands on the page; undefined when it goes. */
export function setOpenModeler(modeler: StudioModeler | undefined): void {
  open = modeler
}

/**
 * Brings an element of the open drawing into view and selects it.
 * @returns whether there is such an element
 */
export function showElement(id: string): boolean {
  const element = open?.get('elementRegistry').get(id)
  if (!open || !element) return false
  reveal(open, element)
  return true
}

/** Goes to the plane an element lies on, brings it into view large enough to read, and selects it. */
export function reveal(modeler: StudioModeler, element: Element): void {
  const canvas = modeler.get('canvas')
  const root = canvas.findRoot(element)
  if (!root) return
  if (root !== canvas.getRootElement()) canvas.setRootElement(root)
  if (element === root) {
    modeler.get('selection').select(null)
    return
  }
  if (canvas.zoom() < READABLE) comeNear(modeler, element)
  else canvas.scrollToElement(element, { top: 120, bottom: 120, left: 120, right: 120 })
  modeler.get('selection').select(element)
}

/** Puts an element into the middle of the paper, as large as its name can be read. */
function comeNear(modeler: StudioModeler, element: Element): void {
  const canvas = modeler.get('canvas')
  const { x, y, outer, scale } = canvas.viewbox()
  const paper = canvas.getContainer().getBoundingClientRect()
  const box = canvas.getGraphics(element).getBoundingClientRect()
  const [width, height] = [outer.width / NEAR, outer.height / NEAR]
  canvas.viewbox({
    x: x + (box.left + box.width / 2 - paper.left) / scale - width / 2,
    y: y + (box.top + box.height / 2 - paper.top) / scale - height / 2,
    width,
    height,
  })
}
