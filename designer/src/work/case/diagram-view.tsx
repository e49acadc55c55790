import type { Diagram } from '@bihuan/runtime/contract'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import Maximize from 'lucide-solid/icons/maximize'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { createEffect, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import './diagram-view.css'
import { type Box, type DrawnElement, markOf, PAINT, viewOf } from './diagram-marks.ts'

interface Registry {
  forEach(visit: (element: DrawnElement, gfx: SVGElement) => void): void
  getGraphics(element: DrawnElement): SVGElement
}
interface Canvas {
  viewbox(box?: { x: number; y: number; width: number; height: number }): { inner: Box; outer: Box }
  addMarker(element: DrawnElement, marker: string): void
  removeMarker(element: DrawnElement, marker: string): void
  resized(): void
}
interface Events {
  on(names: string, listener: (event: { element: DrawnElement }) => void): void
}

interface Graphics {
  update(kind: 'shape' | 'connection', element: DrawnElement, gfx: SVGElement): void
}

export interface DiagramViewProps {
  diagram: Diagram
  /** Lines of what happened at an element, for the note beside it. */
  happened: (elementId: string) => readonly string[]
  selected: string | null
  onSelect: (element: { elementId: string; name: string } | null) => void
}

/** The drawing of the process with the way the case took: walked indigo, open in the clock's colour, ahead grey. */
export default function DiagramView(props: DiagramViewProps) {
  let frame!: HTMLDivElement
  let place!: HTMLElement
  const [failed, setFailed] = createSignal(false)
  const [note, setNote] = createSignal<{
    x: number
    y: number
    below: boolean
    title: string
    state: string
    lines: readonly string[]
  }>()
  let viewer: NavigatedViewer | undefined
  let marked: DrawnElement | undefined

  onMount(() => {
    const drawing = new NavigatedViewer({
      container: place,
      bpmnRenderer: {
        defaultFillColor: PAINT.rest.fill,
        defaultStrokeColor: PAINT.rest.stroke,
        defaultLabelColor: PAINT.rest.text,
      },
      textRenderer: {
        defaultStyle: { fontFamily: getComputedStyle(place).fontFamily, fontSize: 13 },
        externalStyle: { fontSize: 12, lineHeight: 1.3 },
      },
    })
    viewer = drawing
    const events = drawing.get<Events>('eventBus')
    events.on('element.hover', ({ element }) => showNote(element))
    events.on('element.out', () => setNote(undefined))
    events.on('canvas.viewbox.changing', () => setNote(undefined))
    events.on('element.click', ({ element }) => {
      const kind = markOf(props.diagram, element)
      props.onSelect(kind === null || element.waypoints ? null : { elementId: idOf(element), name: nameOf(element) })
    })
    const observer = new ResizeObserver(() => show(false))
    observer.observe(place)
    onCleanup(() => {
      observer.disconnect()
      drawing.destroy()
    })
    createEffect(
      on(
        () => props.diagram,
        (diagram) => void draw(drawing, diagram),
      ),
    )
    createEffect(
      on(
        () => props.selected,
        (selected) => mark(drawing, selected),
        { defer: true },
      ),
    )
  })

  async function draw(drawing: NavigatedViewer, diagram: Diagram): Promise<void> {
    try {
      await drawing.importXML(diagram.xml)
    } catch {
      setFailed(true)
      return
    }
    setFailed(false)
    paint(drawing, diagram)
    mark(drawing, props.selected)
    show(false)
  }

  /** Shows the whole drawing, or as much of it as can be read around what is open. */
  function show(whole: boolean): void {
    if (!viewer || place.clientWidth === 0) return
    const canvas = viewer.get<Canvas>('canvas')
    canvas.resized()
    const { inner, outer } = canvas.viewbox()
    if (inner.width === 0) return
    canvas.viewbox(viewOf(inner, outer, whole ? null : openBox(viewer, props.diagram)))
  }

  function mark(drawing: NavigatedViewer, selected: string | null): void {
    const canvas = drawing.get<Canvas>('canvas')
    if (marked) canvas.removeMarker(marked, 'chosen')
    marked = undefined
    drawing.get<Registry>('elementRegistry').forEach((element) => {
      if (!element.labelTarget && element.id === selected) marked = element
    })
    if (marked) canvas.addMarker(marked, 'chosen')
  }

  function showNote(element: DrawnElement): void {
    const kind = markOf(props.diagram, element)
    if (viewer === undefined || kind === null || element.waypoints) {
      setNote(undefined)
      return
    }
    const gfx = viewer.get<Registry>('elementRegistry').getGraphics(element).getBoundingClientRect()
    const own = frame.getBoundingClientRect()
    const below = gfx.top - own.top < 130
    const state =
      kind === 'now'
        ? t('case.active')
        : kind === 'past'
          ? t('case.done')
          : kind === 'bad'
            ? t('case.stuck')
            : t('case.diagramUntouched')
    const x = Math.min(own.width - 130, Math.max(130, gfx.left - own.left + gfx.width / 2))
    const y = below ? gfx.bottom - own.top + 8 : gfx.top - own.top - 8
    setNote({ x, y, below, title: nameOf(element), state, lines: props.happened(idOf(element)) })
  }

  return (
    <div class="diagram" ref={frame}>
      <figure class="diagram-place" ref={place} aria-label={t('case.diagramLabel')} />
      <button
        type="button"
        class="diagram-fit hit"
        aria-label={t('case.diagramFit')}
        title={t('case.diagramFit')}
        onClick={() => show(true)}
      >
        <Maximize class="icon" aria-hidden="true" />
      </button>
      <Show when={failed()}>
        <p class="diagram-failed">{t('case.diagramFailed')}</p>
      </Show>
      <Show when={note()}>
        {(shown) => (
          <div
            class="diagram-note"
            classList={{ below: shown().below }}
            style={{ left: `${shown().x}px`, top: `${shown().y}px` }}
          >
            <Show when={shown().title}>
              <b>{shown().title}</b>
            </Show>
            <small>{shown().state}</small>
            <For each={shown().lines.slice(-3)}>{(line) => <p>{line}</p>}</For>
          </div>
        )}
      </Show>
    </div>
  )
}

/** Gives each element the colours of how far it is, through the drawing's own colour attributes, so arrows follow. */
function paint(drawing: NavigatedViewer, diagram: Diagram): void {
  const graphics = drawing.get<Graphics>('graphicsFactory')
  const canvas = drawing.get<Canvas>('canvas')
  const found: { element: DrawnElement; gfx: SVGElement }[] = []
  drawing.get<Registry>('elementRegistry').forEach((element, gfx) => {
    found.push({ element, gfx })
  })
  for (const { element, gfx } of found) {
    const kind = markOf(diagram, element)
    if (kind === null) continue
    const colours = PAINT[kind]
    element.di.set('bioc:stroke', colours.stroke)
    // A frame around other steps stays paper: colour would drown what is inside.
    element.di.set('bioc:fill', element.type === 'bpmn:SubProcess' ? PAINT.rest.fill : colours.fill)
    element.di.label?.set('color:color', colours.text)
    canvas.addMarker(element, kind)
    graphics.update(element.waypoints ? 'connection' : 'shape', element, gfx)
  }
}

/** The box around what is open now, or around what came last when nothing is; null when nothing has begun. */
function openBox(drawing: NavigatedViewer, diagram: Diagram): Box | null {
  const open: Box[] = []
  const walked: Box[] = []
  drawing.get<Registry>('elementRegistry').forEach((element) => {
    if (element.waypoints || element.labelTarget) return
    const kind = markOf(diagram, element)
    if (kind === 'now' || kind === 'bad') open.push(boxOf(element))
    if (kind === 'past') walked.push(boxOf(element))
  })
  // The smallest is the step itself, not the sub-process around it.
  const first = [...open].sort((a, b) => a.width * a.height - b.width * b.height)[0]
  return first ?? walked.at(-1) ?? null
}

const boxOf = (element: DrawnElement): Box => ({
  x: element.x,
  y: element.y,
  width: element.width,
  height: element.height,
})
const idOf = (element: DrawnElement): string => element.businessObject.id
const nameOf = (element: DrawnElement): string => element.businessObject.name ?? ''
