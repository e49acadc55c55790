import { type Problem, sayProblem } from '@bihuan/engine'
import { useNavigate } from '@solidjs/router'
import CircleCheck from 'lucide-solid/icons/circle-check'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, For, on, onMount, Show } from 'solid-js'
import { language, t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { useWorkspace } from '../workspace/workspace.ts'
import { countsOf, inOrder, type ProblemPlace, placeOf } from './problem-place.ts'
import './problem-list.css'

const FIRST = 4

/** What part of the package a finding is about, in words. */
export function placeWords({ part, name }: ProblemPlace): string {
  switch (part) {
    case 'element':
      return name ?? st('problems.process')
    case 'field':
      return name === null ? st('shell.file.fields') : st('problems.field', { name })
    case 'form':
      return st('problems.form', { name: name ?? '' })
    case 'decision':
      return name === null ? st('shell.decisions') : st('problems.decision', { name })
    case 'process':
    case 'parameters':
    case 'package':
      return st(`problems.${part}`)
  }
}

/** Findings as rows: what is wrong, where, what to do; a press goes there. */
export function ProblemRows(props: { problems: readonly Problem[]; onGo?: () => void }) {
  const workspace = useWorkspace()
  const navigate = useNavigate()
  return (
    <ul class="problem-rows">
      <For each={props.problems}>
        {(problem) => {
          const words = () => sayProblem(problem, language())
          const place = () => placeOf(workspace.id, workspace.files, problem)
          return (
            <li>
              <button
                type="button"
                class="problem-row"
                onClick={() => {
                  if (problem.resource.endsWith('.bpmn')) workspace.openProcess(problem.resource)
                  navigate(place().path)
                  props.onGo?.()
                }}
              >
                <span class={`finding-dot ${problem.severity}`} aria-hidden="true" />
                <span class="problem-words">
                  <span class="sr">{st(`problems.${problem.severity}`)}</span>
                  <b>{words().text}</b>
                  <small>
                    {placeWords(place())}
                    <Show when={words().todo}>
                      {t('app.separator')}
                      {words().todo}
                    </Show>
                  </small>
                </span>
                <span class="problem-go">{st('problems.go')}</span>
              </button>
            </li>
          )
        }}
      </For>
    </ul>
  )
}

/** The panel of findings at the lower right: the first few, or all. Escape closes it. */
export function ProblemPanel(props: { onClose: () => void }) {
  const workspace = useWorkspace()
  const [all, setAll] = createSignal(false)
  const problems = createMemo(() => inOrder(workspace.problems() ?? []))
  const shown = () => (all() ? problems() : problems().slice(0, FIRST))
  let panel!: HTMLElement
  onMount(() => panel.focus())
  createEffect(on(problems, (list) => list.length <= FIRST && setAll(false)))
  return (
    <section
      ref={panel}
      id="problems"
      class="problem-panel"
      classList={{ all: all() }}
      tabindex="-1"
      aria-label={st('problems.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      <header>
        <Show
          when={problems().length > 0}
          fallback={
            <>
              <CircleCheck class="icon problem-fine" aria-hidden="true" />
              <p>
                <b>{st('problems.none')}</b> <span>{st('problems.noneText')}</span>
              </p>
            </>
          }
        >
          <TriangleAlert class="icon problem-sign" aria-hidden="true" />
          <p>
            <b>{st('problems.heading', { count: problems().length })}</b>{' '}
            <span>{countsOf(problems()).errors > 0 ? st('problems.blocking') : st('problems.passing')}</span>
          </p>
        </Show>
        <button type="button" class="hit" aria-label={t('app.close')} onClick={() => props.onClose()}>
          <X class="icon" aria-hidden="true" />
        </button>
      </header>
      <ProblemRows problems={shown()} />
      <Show when={problems().length > FIRST}>
        <button type="button" class="problem-more" aria-expanded={all()} onClick={() => setAll(!all())}>
          {all() ? st('problems.fewer') : st('problems.all', { count: problems().length })}
        </button>
      </Show>
    </section>
  )
}
