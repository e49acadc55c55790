import type { Diagram } from '@bihuan/runtime/contract'
import Maximize from 'lucide-solid/icons/maximize'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { createEffect, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import './diagram-view.css'
import { type DrawnElement, markOf, PAINT } from './diagram-marks.ts'

interface Registry {
  forEach(visit: (element: DrawnElement, gfx: SVGElement) => void): void
  getGraphics(element: DrawnElement): SVGElement
}
interface Canvas {
  zoom(level: 'fit-viewport', center?: 'auto'): number
  viewbox(box?: { x: number; y: number; width: number; height: number }): { inner: Box; outer: Box }
  addMarker(element: DrawnElement, marker: string): void
  removeMarker(element: DrawnElement, marker: string): void
  resized(): void
}
interface Box {
  x: number
  y: number
  width: number
  height: number
}
interface Events {
  on(names: string, listener: (event: { element: DrawnElement }) => void): void
  fire(name: string, event: object): void
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
  let place!: HTMLDivElement
  const [failed, setFailed] = createSignal(false)
  const [note, setNote] = createSignal<{ x: number; y: number; below: boolean; title: string; state: string; lines: readonly string[] }>()
  let viewer: NavigatedViewer | undefined
  let marked: DrawnElement | undefined

  onMount(() => {
    const drawing = new NavigatedViewer({
      container: place,
      bpmnRenderer: { defaultFillColor: PAINT.rest.fill, defaultStrokeColor: PAINT.rest.stroke, defaultLabelColor: PAINT.rest.text },
      textRenderer: { defaultStyle: { fontFamily: getComputedStyle(place).fontFamily, fontSize: 13 }, externalStyle: { fontSize: 12, lineHeight: 1.3 } },
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
    const observer = new ResizeObserver(() => fit())
    observer.observe(place)
    onCleanup(() => {
      observer.disconnect()
      drawing.destroy()
    })
    createEffect(on(() => props.diagram, (diagram) => void draw(drawing, diagram)))
    createEffect(on(() => props.selected, (selected) => mark(drawing, selected), { defer: true }))
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
    fit()
  }

  function fit(): void {
    if (!viewer || place.clientWidth === 0) return
    const canvas = viewer.get<Canvas>('canvas')
    canvas.resized()
    const { inner, outer } = canvas.viewbox()
    if (inner.width === 0) return
    // Room at the foot keeps the drawing clear of the mark of its maker.
    const scale = Math.min(1.1, (outer.width - 48) / inner.width, (outer.height - 76) / inner.height)
    const width = outer.width / scale
    const height = outer.height / scale
    const foot = 28 / scale
    canvas.viewbox({
      x: inner.x - (width - inner.width) / 2,
      y: inner.y - (height - foot - inner.height) / 2,
      width,
      height,
    })
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
    const state = kind === 'now' ? t('case.active') : kind === 'past' ? t('case.done') : kind === 'bad' ? t('case.stuck') : t('case.diagramUntouched')
    const x = Math.min(own.width - 130, Math.max(130, gfx.left - own.left + gfx.width / 2))
    const y = below ? gfx.bottom - own.top + 8 : gfx.top - own.top - 8
    setNote({ x, y, below, title: nameOf(element), state, lines: props.happened(idOf(element)) })
  }

  return (
    <div class="diagram" ref={frame}>
      <div class="diagram-place" ref={place} role="img" aria-label={t('case.diagramLabel')} />
      <button type="button" class="diagram-fit hit" aria-label={t('case.diagramFit')} title={t('case.diagramFit')} onClick={fit}>
        <Maximize class="icon" aria-hidden="true" />
      </button>
      <Show when={failed()}>
        <p class="diagram-failed">{t('case.diagramFailed')}</p>
      </Show>
      <Show when={note()}>
        {(shown) => (
          <div class="diagram-note" classList={{ below: shown().below }} style={{ left: `${shown().x}px`, top: `${shown().y}px` }}>
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
  const events = drawing.get<Events>('eventBus')
  const canvas = drawing.get<Canvas>('canvas')
  const found: { element: DrawnElement; gfx: SVGElement }[] = []
  drawing.get<Registry>('elementRegistry').forEach((element, gfx) => found.push({ element, gfx }))
  for (const { element, gfx } of found) {
    const kind = markOf(diagram, element)
    if (kind === null) continue
    const colours = PAINT[kind]
    Object.assign(element.di.$attrs, { 'bioc:stroke': colours.stroke, 'bioc:fill': colours.fill, 'color:border-color': colours.stroke, 'color:background-color': colours.fill })
    if (element.di.label) Object.assign(element.di.label.$attrs, { 'color:color': colours.text })
    canvas.addMarker(element, kind)
    events.fire('element.changed', { element, gfx })
  }
}

const idOf = (element: DrawnElement): string => element.businessObject.id
const nameOf = (element: DrawnElement): string => element.businessObject.name ?? ''
