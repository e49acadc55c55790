import type { Element } from 'bpmn-js/lib/model/Types'
import { createEffect, createSignal, type JSX, Match, on, onCleanup, onMount, Show, Switch, untrack } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Segments } from '../../ui/segments.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { useWorkspace } from '../workspace/workspace.ts'
import { beginPaper, canvasActs } from './canvas-acts.ts'
import { addCanvasKeys, addUndoKeys } from './canvas-keys.ts'
import { canvasState } from './canvas-state.ts'
import { CanvasTools } from './canvas-tools.tsx'
import { contextPadModule } from './context-pad.ts'
import { FindStep } from './find-step.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { LostNotice } from './lost-notice.tsx'
import { mode, setMode } from './mode.ts'
import { syncModel } from './model-sync.ts'
import { createModeler } from './modeler.ts'
import { openPieceMenu, piecesModule } from './pieces/index.ts'
import { PieceRail } from './pieces/piece-rail.tsx'
import { followPlanes } from './planes.ts'
import { byElement, type ElementProblems, markProblems, subProcessesAround } from './problem-marks.ts'
import { ProblemNote } from './problem-note.tsx'
import type { StudioModeler } from './services.ts'
import { setOpenModeler, showElement } from './show-element.ts'
import { SidePanel } from './side-panel.tsx'
import { TidySheet } from './tidy-sheet.tsx'
import { type KnownVariable, variablesModule } from './variables.ts'
import { ZoomTools } from './zoom-tools.tsx'

interface DrawingProps {
  file: string
  variables: () => readonly KnownVariable[]
  /** Element to go to, by id. */
  element: string | undefined
  onShown: () => void
  /** Stands beside the toolbar: which file is drawn. */
  chooser: JSX.Element
}

type Phase = 'reading' | 'drawn' | 'failed'

/** The modeller with its rail, toolbars and panel. */
export function Drawing(props: DrawingProps) {
  let page!: HTMLDivElement
  let paper!: HTMLDivElement
  const [modeler, setModeler] = createSignal<StudioModeler>()
  const [phase, setPhase] = createSignal<Phase>('reading')
  /** The modeller while a drawing stands in it: panels ask for its elements. */
  const drawn = () => (phase() === 'drawn' ? modeler() : undefined)

  onMount(() => {
    const made = createModeler(paper, {
      modules: [
        piecesModule,
        contextPadModule({ openPieces: (element) => openPieces(made, element) }),
        variablesModule(() => props.variables()),
      ],
    })
    const sheet = paper.querySelector('svg')
    sheet?.setAttribute('role', 'application')
    sheet?.setAttribute('aria-label', st('bpmn.canvas'))
    sheet?.setAttribute('aria-description', st('bpmn.canvasAbout'))
    setOpenModeler(made)
    setModeler(() => made)
    const endKeys = addUndoKeys(page, made)
    onCleanup(() => {
      endKeys()
      setOpenModeler(undefined)
      made.destroy()
    })
  })

  return (
    <div class="process-page" ref={page}>
      <div class="process-rail">
        <Show when={modeler()}>{(ready) => <PieceRail modeler={ready()} onMore={() => openAll(ready())} />}</Show>
      </div>
      <section class="process-canvas" aria-label={st('bpmn.canvas')}>
        <div class="paper" ref={paper} />
        <Show when={modeler()}>
          {(ready) => <Around {...props} modeler={ready()} phase={phase()} onPhase={setPhase} />}
        </Show>
      </section>
      <SidePanel modeler={drawn()} />
    </div>
  )
}

interface AroundProps extends DrawingProps {
  modeler: StudioModeler
  phase: Phase
  onPhase: (phase: Phase) => void
}

interface OpenNote {
  readonly found: ElementProblems
  readonly at: { x: number; y: number }
  /** What opened it: the focus goes back there. */
  readonly dot: HTMLElement
}

/** Everything that stands over the canvas. */
function Around(props: AroundProps) {
  const workspace = useWorkspace()
  const { modeler } = props
  const phase = () => props.phase
  const [lost, setLost] = createSignal<readonly string[]>([])
  const [finding, setFinding] = createSignal(false)
  const [tidying, setTidying] = createSignal(false)
  const [keys, setKeys] = createSignal(false)
  const [note, setNote] = createSignal<OpenNote>()
  const state = canvasState(modeler)
  const acts = canvasActs(modeler, () => workspace.info().name)
  let fitted: string | undefined

  syncModel(modeler, workspace, () => props.file, {
    reading() {
      setNote(undefined)
      props.onPhase('reading')
    },
    read(unknown) {
      props.onPhase('drawn')
      setLost(unknown)
      if (fitted !== props.file) beginPaper(modeler)
      fitted = props.file
    },
    failed: () => props.onPhase('failed'),
  })
  followPlanes(modeler)
  addCanvasKeys(modeler, { find: () => setFinding(true), keys: () => setKeys(true) })
  modeler.get('editorActions').unregister('find')
  modeler.get('eventBus').on('canvas.viewbox.changing', () => {
    if (note()) setNote(undefined)
  })

  createEffect(() => {
    if (phase() !== 'drawn') return
    const found = byElement(workspace.problems() ?? [], props.file, (id) => subProcessesAround(modeler, id))
    markProblems(modeler, found, (pressed, dot) => {
      showElement(pressed.elementId)
      setNote({ found: pressed, at: besides(dot, modeler), dot })
    })
    // Only findings change a note that is open; following itself it would never end.
    const open = untrack(note)?.found.elementId
    const still = found.find(({ elementId }) => elementId === open)
    if (open) setNote((before) => (still && before ? { ...before, found: still } : undefined))
  })
  createEffect(
    on([() => props.element, phase], ([element, now]) => {
      if (!element || now !== 'drawn') return
      showElement(element)
      props.onShown()
    }),
  )

  return (
    <>
      <div class="over-canvas top">
        <CanvasTools
          state={state}
          acts={acts}
          onFind={() => setFinding(true)}
          onTidy={() => setTidying(true)}
          onKeys={() => setKeys(true)}
        />
        {props.chooser}
        <span class="over-canvas-gap" />
        <Segments
          label={st('bpmn.modeLabel')}
          value={mode()}
          options={[
            { value: 'work', label: st('bpmn.work') },
            { value: 'expert', label: st('bpmn.expert') },
          ]}
          onChange={(next) => {
            setMode(next)
            reopenPad(modeler)
          }}
        />
      </div>
      <div class="over-canvas bottom">
        <ZoomTools state={state} acts={acts} />
        <p class="canvas-hints" aria-hidden="true">
          <span>
            <b>{st('bpmn.keyNames.space')}</b> {st('bpmn.hintMove')}
          </span>
          <span>
            <b>A</b> {st('bpmn.hintAppend')}
          </span>
          <span>
            <b>{st('bpmn.keyNames.doubleClick')}</b> {st('bpmn.hintRename')}
          </span>
        </p>
      </div>
      <Switch>
        <Match when={phase() === 'reading'}>
          <p class="canvas-waits" role="status">
            {st('bpmn.loading')}
          </p>
        </Match>
        <Match when={phase() === 'failed'}>
          <div class="canvas-waits" role="alert">
            <EmptyState sign="" title={st('bpmn.unreadable')} text={st('bpmn.unreadableText')} />
          </div>
        </Match>
      </Switch>
      <Show when={lost().length > 0}>
        <LostNotice
          count={lost().length}
          name={props.file}
          text={workspace.files[props.file] ?? ''}
          onClose={() => setLost([])}
        />
      </Show>
      <Show when={finding()}>
        <FindStep modeler={modeler} onClose={() => setFinding(false)} />
      </Show>
      <Show when={note()}>
        {(open) => (
          <ProblemNote
            found={open().found}
            at={open().at}
            onClose={() => {
              const { dot } = open()
              setNote(undefined)
              dot.focus()
            }}
          />
        )}
      </Show>
      <TidySheet modeler={modeler} open={tidying()} onClose={() => setTidying(false)} />
      <KeysSheet open={keys()} onClose={() => setKeys(false)} />
    </>
  )
}

/** The menu of pieces under the pad of a step. */
function openPieces(modeler: StudioModeler, element: Element): void {
  const canvas = modeler.get('canvas')
  const pad = canvas.getContainer().querySelector('.djs-context-pad')
  const { left, bottom } = (pad ?? canvas.getGraphics(element)).getBoundingClientRect()
  openPieceMenu(modeler, element, { x: left, y: bottom + 6 })
}

/** The menu of all BPMN elements, beside the rail. */
function openAll(modeler: StudioModeler): void {
  const canvas = modeler.get('canvas')
  const { left, top } = canvas.getContainer().getBoundingClientRect()
  modeler
    .get('popupMenu')
    .open(
      canvas.getRootElement(),
      'bpmn-create',
      { x: left + 8, y: top + 60 },
      { title: st('bpmn.allElements'), search: true, width: 320 },
    )
}

/** What the pad offers depends on the mode. */
function reopenPad(modeler: StudioModeler): void {
  const selected = modeler.get('selection').get()
  const [first] = selected
  if (first) modeler.get('contextPad').open(selected.length > 1 ? selected : first, true)
}

function besides(dot: HTMLElement, modeler: StudioModeler): { x: number; y: number } {
  const place = dot.getBoundingClientRect()
  const canvas = modeler.get('canvas').getContainer().getBoundingClientRect()
  return {
    x: Math.min(place.right - canvas.left + 6, canvas.width - 340),
    y: Math.min(place.top - canvas.top, canvas.height - 180),
  }
}
