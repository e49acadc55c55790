import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import type { Element } from 'bpmn-js/lib/model/Types'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import Maximize from 'lucide-solid/icons/maximize'
import { createEffect, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import { diagramWord } from '../../i18n/bpmn-io/diagram-words.ts'
import { st } from '../../i18n/studio.ts'
import { viewOf } from '../../work/case/diagram-marks.ts'
import { inkOnPaper, type Paint, paperModule } from '../look/paper-renderer.ts'
import { textStyle } from '../look/text-style.ts'
import '../look/diagram.css'
import './diagram-canvas.css'
import { isApart } from './pieces/extension.ts'
import type { DiagramServices } from './services.ts'
import { withDrawing } from './with-drawing.ts'

/** How an element is marked in a drawing that is only read. */
export type DiagramMark = 'done' | 'active' | 'todo' | 'warn' | 'bad' | 'added' | 'changed' | 'removed'
export type DiagramMarks = Readonly<Record<string, DiagramMark>>

const PAINTS: Readonly<Record<DiagramMark, Paint>> = {
  done: { stroke: 'var(--indigo-600)', fill: 'var(--indigo-50)', width: 2 },
  active: { stroke: 'var(--clock-amber)', fill: 'var(--clock-amber-bg)', width: 2.4 },
  todo: { stroke: 'var(--ink-300)' },
  warn: { stroke: 'var(--clock-amber)', width: 2 },
  bad: { stroke: 'var(--clock-red)', fill: 'var(--clock-red-bg)', width: 2.4 },
  added: { stroke: 'var(--clock-green)', fill: 'var(--clock-green-bg)', width: 2.4 },
  changed: { stroke: 'var(--clock-amber)', fill: 'var(--clock-amber-bg)', width: 2.4 },
  removed: { stroke: 'var(--clock-red)', fill: 'var(--clock-red-bg)', width: 2, dashed: true },
}

const FRAMES = new Set(['bpmn:SubProcess', 'bpmn:Transaction', 'bpmn:AdHocSubProcess', 'bpmn:Participant', 'bpmn:Lane'])

/** What another part may ask of the drawing once it stands. */
export interface DiagramHandle {
  /** Shows the whole drawing. */
  fit(): void
  /** Brings an element into view; `near` also makes it large enough to read. */
  show(elementId: string, near?: boolean): void
}

export interface DiagramCanvasProps {
  /** BPMN to draw; drawn anew when it changes. */
  xml: string
  /** Element id → mark. Elements that are not named stay as drawn. */
  marks?: DiagramMarks
  selected?: string | null
  /** Id and name of what was pressed; null for the paper itself. Frames and arrows count. */
  onSelect?: (element: { elementId: string; name: string } | null) => void
  /** What the drawing is, for a screen reader. */
  label: string
  /** Called once with what the drawing can do. */
  handle?: (handle: DiagramHandle) => void
}

type Viewer = NavigatedViewer<DiagramServices>

/** Zoom at which names can be read. */
const READABLE = 0.75

/** A drawing that is only read: for compare and trial. Moves with the pointer, zooms with Ctrl and the wheel. */
export function DiagramCanvas(props: DiagramCanvasProps) {
  let place!: HTMLElement
  let viewer: Viewer | undefined
  const [failed, setFailed] = createSignal(false)

  const fit = () => {
    if (viewer && place.clientWidth > 0) fitWithin(viewer)
  }

  onMount(() => {
    const drawing: Viewer = new NavigatedViewer<DiagramServices>({
      container: place,
      bpmnRenderer: inkOnPaper,
      textRenderer: textStyle(place),
      painter: (element: Element) => paintOf(props.marks, element),
      additionalModules: [paperModule, { translate: ['value', diagramWord] }],
    })
    viewer = drawing
    place.querySelector('svg')?.setAttribute('aria-label', props.label)
    drawing.get('eventBus').on<{ element: Element }>('element.click', ({ element }) => {
      const { id, name } = element.businessObject
      props.onSelect?.(element.parent ? { elementId: id, name: name ?? '' } : null)
    })
    // A sub-process that is drawn apart is seen whole, after the viewer has put its paper where it likes.
    drawing.get('eventBus').on<{ element: Element }>('root.set', 500, ({ element }) => {
      if (isApart(element)) fit()
    })
    const observer = new ResizeObserver(fit)
    observer.observe(place)
    onCleanup(() => {
      observer.disconnect()
      drawing.destroy()
      viewer = undefined
    })
    props.handle?.({
      fit,
      show(elementId, near = false) {
        const element = drawing.get('elementRegistry').get(elementId)
        if (!element) return
        if (!element.parent) {
          fit()
          return
        }
        const canvas = drawing.get('canvas')
        if (near && canvas.zoom() < READABLE) canvas.zoom(READABLE)
        canvas.scrollToElement(element, 80)
      },
    })
    createEffect(
      on(
        () => props.xml,
        (xml) => void draw(drawing, xml),
      ),
    )
    createEffect(
      on(
        () => props.marks ?? {},
        (marks, before) => repaint(drawing, marks, before ?? {}),
        { defer: true },
      ),
    )
    createEffect(
      on(
        () => props.selected ?? null,
        (selected, before) => choose(drawing, selected, before ?? null),
        { defer: true },
      ),
    )
  })

  async function draw(drawing: Viewer, xml: string): Promise<void> {
    try {
      await drawing.importXML((await withDrawing(xml)) ?? xml)
    } catch {
      setFailed(true)
      return
    }
    // Another drawing, or none, may stand here by now.
    if (viewer !== drawing || xml !== props.xml) return
    setFailed(false)
    fit()
    choose(drawing, props.selected ?? null, null)
  }

  return (
    <div class="diagram-canvas">
      <figure class="diagram-canvas-place" ref={place} aria-label={props.label} />
      <button
        type="button"
        class="diagram-canvas-fit hit"
        aria-label={st('bpmn.fit')}
        title={st('bpmn.fit')}
        onClick={fit}
      >
        <Maximize class="icon" aria-hidden="true" />
      </button>
      <Show when={failed()}>
        <p class="diagram-canvas-failed" role="alert">
          {st('bpmn.unreadable')}
        </p>
      </Show>
    </div>
  )
}

/** Colours of an element by its mark; a name beside it keeps its grey. */
function paintOf(marks: DiagramMarks | undefined, element: Element): Paint | undefined {
  const mark = marks?.[element.businessObject?.id]
  if (!mark || element.type === 'label') return undefined
  const paint = PAINTS[mark]
  // A frame around other steps keeps its paper: colour would drown what is inside.
  const isFrame = FRAMES.has(element.type) && !('collapsed' in element && element.collapsed)
  if (!isFrame && !('waypoints' in element)) return paint
  const { fill: _, ...rest } = paint
  return rest
}

/** Draws again what is marked otherwise than before. */
function repaint(drawing: Viewer, marks: DiagramMarks, before: DiagramMarks): void {
  const graphics = drawing.get('graphicsFactory')
  const registry = drawing.get('elementRegistry')
  for (const id of new Set([...Object.keys(marks), ...Object.keys(before)])) {
    const element = registry.get(id)
    if (!element || marks[id] === before[id]) continue
    graphics.update('waypoints' in element ? 'connection' : 'shape', element, registry.getGraphics(element))
  }
}

function choose(drawing: Viewer, selected: string | null, before: string | null): void {
  const canvas = drawing.get('canvas')
  const registry = drawing.get('elementRegistry')
  if (before && registry.get(before)) canvas.removeMarker(before, 'chosen')
  if (selected && registry.get(selected)) canvas.addMarker(selected, 'chosen')
}

function fitWithin(drawing: Viewer): void {
  const canvas = drawing.get('canvas')
  canvas.resized()
  const { inner, outer } = canvas.viewbox()
  if (inner.width > 0) canvas.viewbox(viewOf(inner, outer, null))
}
