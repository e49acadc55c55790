import type { Diagram } from '@bihuan/runtime/contract'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is read of an element of the drawing. */
export interface DrawnElement extends Box {
  readonly id: string
  readonly type: string
  /** Connections have waypoints. */
  readonly waypoints?: readonly unknown[]
  /** A label stands for the element it names. */
  readonly labelTarget?: DrawnElement
  readonly businessObject: { readonly id: string; readonly name?: string }
  readonly di: Painted & { readonly label?: Painted }
}

/** The drawing's own attributes of an element, colours among them. */
interface Painted {
  set(name: string, value: string): void
}

export type Mark = 'past' | 'now' | 'todo' | 'bad'

/** Colours of the drawing, as tokens: the same in every theme and in print. */
export const PAINT: Record<Mark | 'rest', { stroke: string; fill: string; text: string }> = {
  rest: { stroke: 'var(--ink-700)', fill: 'var(--paper-0)', text: 'var(--ink-900)' },
  past: { stroke: 'var(--indigo-600)', fill: 'var(--indigo-50)', text: 'var(--ink-900)' },
  now: { stroke: 'var(--clock-amber)', fill: 'var(--clock-amber-bg)', text: 'var(--ink-900)' },
  todo: { stroke: 'var(--ink-300)', fill: 'var(--paper-0)', text: 'var(--ink-500)' },
  bad: { stroke: 'var(--clock-red)', fill: 'var(--clock-red-bg)', text: 'var(--ink-900)' },
}

/** Frames and notes of the drawing: nothing is ever "at" them. */
const UNMARKED =
  /^bpmn:(Process|Collaboration|Participant|Lane|TextAnnotation|Association|Group|DataObjectReference|DataStoreReference)$/

/** How far an element of the drawing is, or null for frames and notes. */
export function markOf(diagram: Diagram, element: DrawnElement): Mark | null {
  if (UNMARKED.test(element.type) || element.businessObject === undefined) return null
  const { id } = element.businessObject
  if (element.type === 'bpmn:SequenceFlow' || element.labelTarget?.type === 'bpmn:SequenceFlow') {
    return diagram.taken.includes(id) ? 'past' : 'todo'
  }
  const state = diagram.elements[id]
  if (state === 'active') return 'now'
  if (state === 'incident') return 'bad'
  return state === 'done' ? 'past' : 'todo'
}

/** Below this scale the names of steps can no longer be read. */
const READABLE = 0.78
const LARGEST = 1.1
/** Room around the drawing, and more at the foot, so that the mark of its maker stands clear. */
const MARGIN = 24
const FOOT = 28

/**
 * Which part of a drawing to show.
 * @param inner box of the whole drawing
 * @param outer size of the window it is shown in, in pixels
 * @param focus box to show when the whole cannot be read; null shows the whole at any scale
 * @returns the part of the drawing that fills the window
 */
export function viewOf(inner: Box, outer: { width: number; height: number }, focus: Box | null): Box {
  const fit = Math.min(
    LARGEST,
    (outer.width - 2 * MARGIN) / inner.width,
    (outer.height - 2 * MARGIN - FOOT) / inner.height,
  )
  const scale = focus === null ? fit : Math.max(fit, READABLE)
  const width = outer.width / scale
  const height = outer.height / scale
  const foot = FOOT / scale
  const middle = focus ?? inner
  return {
    x: along(inner.x, inner.width, middle.x + middle.width / 2, width, MARGIN / scale),
    y: along(inner.y, inner.height + foot, middle.y + middle.height / 2, height, MARGIN / scale),
    width,
    height,
  }
}

/** Start of a window of `size` around `middle`, kept to the drawing; a drawing that is smaller stands in the middle. */
function along(start: number, length: number, middle: number, size: number, margin: number): number {
  const room = length + 2 * margin
  if (room <= size) return start - margin - (size - room) / 2
  return Math.min(Math.max(middle - size / 2, start - margin), start + length + margin - size)
}
