import { sayProblem } from '@bihuan/engine'
import X from 'lucide-solid/icons/x'
import { For, onMount } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import type { ElementProblems } from './problem-marks.ts'

interface ProblemNoteProps {
  found: ElementProblems
  /** Where it stands, in pixels of the canvas. */
  at: { x: number; y: number }
  onClose: () => void
}

/** What is wrong at one element and what to do, beside its dot. */
export function ProblemNote(props: ProblemNoteProps) {
  let note!: HTMLDivElement
  onMount(() => note.focus())
  return (
    <div
      class="problem-note"
      role="dialog"
      aria-label={st('problems.title')}
      tabIndex={-1}
      ref={note}
      style={{ left: `${props.at.x}px`, top: `${props.at.y}px` }}
      onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
    >
      <button type="button" class="tool" aria-label={st('bpmn.problemClose')} onClick={() => props.onClose()}>
        <X class="icon s" aria-hidden="true" />
      </button>
      <ul>
        <For each={props.found.problems}>
          {(problem) => {
            const words = () => sayProblem(problem, language())
            return (
              <li class={problem.severity}>
                <p>{words().text}</p>
                <p class="quiet">{words().todo}</p>
              </li>
            )
          }}
        </For>
      </ul>
    </div>
  )
}
