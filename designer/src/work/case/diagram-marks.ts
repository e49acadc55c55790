import type { Diagram } from '@bihuan/runtime/contract'

/** What is read of an element of the drawing. */
export interface DrawnElement {
  readonly id: string
  readonly type: string
  /** Connections have waypoints. */
  readonly waypoints?: readonly unknown[]
  /** A label stands for the element it names. */
  readonly labelTarget?: DrawnElement
  readonly businessObject: { readonly id: string; readonly name?: string }
  readonly di: { readonly $attrs: Record<string, string>; readonly label?: { readonly $attrs: Record<string, string> } }
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
const UNMARKED = /^bpmn:(Process|Collaboration|Participant|Lane|TextAnnotation|Association|Group|DataObjectReference|DataStoreReference)$/

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
