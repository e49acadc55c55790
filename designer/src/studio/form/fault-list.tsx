import { type Problem, sayProblem } from '@bihuan/engine'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createSignal, For, Show } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'

const FIRST = 3

/** What the server says of a file as it stands: each finding with what to do; a press goes to what it is about. */
export function FaultList(props: { problems: readonly Problem[]; onGo?: (problem: Problem) => void }) {
  const [all, setAll] = createSignal(false)
  const shown = () => (all() ? props.problems : props.problems.slice(0, FIRST))
  return (
    <Show when={props.problems.length > 0}>
      <section class="fault-list" aria-label={st('forms.faults')} aria-live="polite">
        <ul>
          <For each={shown()}>
            {(problem) => {
              const words = () => sayProblem(problem, language())
              const said = () => (
                <>
                  <b>{words().text}</b>
                  <small>{words().todo}</small>
                </>
              )
              return (
                <li class={problem.severity}>
                  <CircleAlert class="icon s" aria-hidden="true" />
                  <Show when={props.onGo && problem.elementId} fallback={<p>{said()}</p>}>
                    <button type="button" onClick={() => props.onGo?.(problem)}>
                      {said()}
                    </button>
                  </Show>
                </li>
              )
            }}
          </For>
        </ul>
        <Show when={props.problems.length > FIRST}>
          <button type="button" class="link" onClick={() => setAll(!all())}>
            {all() ? st('forms.fewer') : st('forms.allFaults', { count: props.problems.length })}
          </button>
        </Show>
      </section>
    </Show>
  )
}
