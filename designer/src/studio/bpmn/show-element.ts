import type { Element } from 'bpmn-js/lib/model/Types'
import type { StudioModeler } from './modeler.ts'

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

/** Goes to the plane an element lies on, brings it into the middle and selects it. */
export function reveal(modeler: StudioModeler, element: Element): void {
  const canvas = modeler.get('canvas')
  const root = canvas.findRoot(element)
  if (!root) return
  if (root !== canvas.getRootElement()) canvas.setRootElement(root)
  if (element === root) {
    modeler.get('selection').select(null)
    return
  }
  canvas.scrollToElement(element, { top: 120, bottom: 120, left: 120, right: 120 })
  modeler.get('selection').select(element)
}
