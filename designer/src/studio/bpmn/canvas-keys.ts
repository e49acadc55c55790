import type { Element } from 'bpmn-js/lib/model/Types'
import { isCommand } from './keys.ts'
import type { StudioModeler } from './services.ts'
import { reveal } from './show-element.ts'

const FIRST = 3000
/** Where these keys have a meaning of their own. */
const OWN_UNDO = 'input, textarea, [contenteditable], .djs-container, .expert-panel'

/** What the keys of the canvas ask of the page. */
export interface KeyActs {
  find(): void
  keys(): void
}

/** Adds the studio's own keys to those of the modeller. They count while the canvas has the focus. */
export function addCanvasKeys(modeler: StudioModeler, acts: KeyActs): void {
  modeler.get('keyboard').addListener(FIRST, ({ keyEvent }) => {
    if (isCommand(keyEvent) && keyEvent.key.toLowerCase() === 'f') {
      acts.find()
      return true
    }
    if (isCommand(keyEvent) || keyEvent.altKey) return undefined
    if (keyEvent.key === '?') {
      acts.keys()
      return true
    }
    const step = keyEvent.key === ']' ? 1 : keyEvent.key === '[' ? -1 : 0
    if (step === 0) return undefined
    const next = neighbour(modeler, step)
    if (next) reveal(modeler, next)
    return true
  })
}

/**
 * Undo and redo from the rail, the toolbars and the sentences too: the last thing pressed there changed the drawing.
 * Boxes that are typed in keep their own. Gives what ends it.
 */
export function addUndoKeys(page: HTMLElement, modeler: StudioModeler): () => void {
  const listener = (event: KeyboardEvent): void => {
    const at = event.target
    if (!(at instanceof Element) || !isCommand(event) || event.altKey || at.closest(OWN_UNDO)) return
    const key = event.key.toLowerCase()
    const action = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : undefined
    if (!action) return
    event.preventDefault()
    modeler.get('editorActions').trigger(action)
  }
  page.addEventListener('keydown', listener)
  return () => page.removeEventListener('keydown', listener)
}

/** The step after or before the selected one, from left to right; the first or last when none is selected. */
function neighbour(modeler: StudioModeler, step: 1 | -1): Element | undefined {
  const root = modeler.get('canvas').getRootElement()
  const steps = modeler
    .get('elementRegistry')
    .filter((element) => isShape(element) && modeler.get('canvas').findRoot(element) === root)
    .filter(({ type }) => type !== 'label' && type !== 'bpmn:Lane')
    .filter((element) => element !== root)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
  const [selected] = modeler.get('selection').get()
  const at = selected ? steps.indexOf(selected) : -1
  if (at < 0) return step > 0 ? steps[0] : steps.at(-1)
  return steps[at + step] ?? selected
}

const isShape = (element: Element): boolean => !('waypoints' in element)

/** Left to right, then from above. */
function placeOf(element: Element): number {
  const { x, y } = element as Element & { x: number; y: number }
  return Math.round(x / 10) * 100_000 + y
}
