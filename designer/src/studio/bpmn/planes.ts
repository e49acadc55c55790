import type { Element } from 'bpmn-js/lib/model/Types'
import { beginPaper } from './canvas-acts.ts'
import { isApart } from './pieces/extension.ts'
import type { StudioModeler } from './services.ts'

/** Before the modeller takes away what was pressed. */
const FIRST = 2000
/** After it has put back where each paper was looked at. */
const LAST = 500

/**
 * Looks after the papers of sub-processes that are drawn apart: one that is opened for the first time is shown clear of
 * the toolbars, and whoever came by a press on the canvas goes on by keys there.
 */
export function followPlanes(modeler: StudioModeler): void {
  const canvas = modeler.get('canvas')
  const bus = modeler.get('eventBus')
  let seen = new WeakSet<Element>()
  bus.on('diagram.clear', () => {
    seen = new WeakSet()
  })
  bus.on<{ element: Element }>('root.set', LAST, ({ element }) => {
    if (!isApart(element)) return
    if (!seen.has(element)) beginPaper(modeler)
    seen.add(element)
  })
  bus.on('root.set', FIRST, () => {
    if (canvas.getContainer().contains(document.activeElement)) canvas.focus()
  })
}
