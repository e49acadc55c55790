import type { Element } from 'bpmn-js/lib/model/Types'
import PanelRight from 'lucide-solid/icons/panel-right'
import { createSignal, Show, Suspense } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { canvasState } from './canvas-state.ts'
import { ExpertPanel } from './expert-panel.tsx'
import { mode } from './mode.ts'
import { SentencePanel } from './sentence/sentence-panel.tsx'
import type { StudioModeler } from './services.ts'

/** The panel of what is selected: sentences in 业务, everything in 专业. Narrow windows open it over the canvas. */
export function SidePanel(props: { modeler: StudioModeler | undefined }) {
  const [open, setOpen] = createSignal(false)
  return (
    <>
      <button
        type="button"
        class="side-toggle hit"
        aria-expanded={open()}
        aria-label={st(open() ? 'bpmn.panelClose' : 'bpmn.panelOpen')}
        onClick={() => setOpen(!open())}
      >
        <PanelRight class="icon" aria-hidden="true" />
      </button>
      <div class="process-side" classList={{ open: open() }}>
        <Show when={props.modeler}>
          {(ready) => (
            <Show when={mode() === 'work'} fallback={<ExpertPanel modeler={ready()} />}>
              {/* What a sentence waits for must not take the drawing away with it. */}
              <Suspense>
                <Sentences modeler={ready()} />
              </Suspense>
            </Show>
          )}
        </Show>
      </div>
    </>
  )
}

/** The sentences about the one element that is selected. */
function Sentences(props: { modeler: StudioModeler }) {
  const { selected } = canvasState(props.modeler)
  const one = (): Element | undefined => (selected().length === 1 ? selected()[0] : undefined)
  return <SentencePanel modeler={props.modeler} selected={one()} />
}
