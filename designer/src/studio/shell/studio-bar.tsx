import type { Me } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import ArrowLeft from 'lucide-solid/icons/arrow-left'
import CircleCheck from 'lucide-solid/icons/circle-check'
import Play from 'lucide-solid/icons/play'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import PersonMenu from '../../ui/person-menu.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { countsOf } from '../problem/problem-place.ts'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { Editors } from './editors.tsx'
import { PackageName } from './package-name.tsx'
import { partAddress, type StudioPart } from './parts.ts'
import { isChanged, SaveLine } from './save-line.tsx'
import '../../ui/tabs.css'
import '../../ui/rail.css'

export interface StudioBarProps {
  workspace: OpenWorkspace
  me: Me
  part: StudioPart
  problemsOpen: boolean
  onProblems: () => void
  problemsRef: (button: HTMLButtonElement) => void
  onPublish: () => void
  onClash: () => void
}

const tabs: readonly StudioPart[] = ['process', 'fields', 'forms', 'decisions', 'parameters', 'trial']

/** The bar of the studio: which package and version this is, its parts, what is to be looked at, and publishing. */
export function StudioBar(props: StudioBarProps) {
  const counts = createMemo((): Partial<Record<StudioPart, number>> => {
    const names = Object.keys(props.workspace.files)
    return {
      fields: props.workspace.dictionary().fields.length,
      forms: names.filter((name) => name.endsWith('.form')).length,
    }
  })
  return (
    <header class="studio-bar">
      <A class="hit" href="/studio" aria-label={st('shell.toList')}>
        <ArrowLeft class="icon" aria-hidden="true" />
      </A>
      <PackageName workspace={props.workspace} />
      <SaveLine workspace={props.workspace} onClash={props.onClash} />
      <nav class="tabs bare" aria-label={st('shell.parts')}>
        <For each={tabs}>
          {(part) => (
            <A
              class={`tab tab-${part}`}
              href={partAddress(props.workspace.id, part)}
              activeClass=""
              aria-current={props.part === part ? 'page' : undefined}
            >
              {st(`shell.${part}`)}
              <Show when={counts()[part]}>{(count) => <span class="count">{count()}</span>}</Show>
            </A>
          )}
        </For>
      </nav>
      <div class="studio-acts">
        <Editors workspace={props.workspace} me={props.me.id} />
        <Tip text={st('shell.history')}>
          <A
            class="hit"
            href={partAddress(props.workspace.id, 'history')}
            activeClass=""
            aria-label={st('shell.history')}
            aria-current={props.part === 'history' ? 'page' : undefined}
          >
            <History class="icon" aria-hidden="true" />
          </A>
        </Tip>
        <ProblemsButton {...props} />
        <A class="btn secondary small" href={partAddress(props.workspace.id, 'trial')} activeClass="">
          <Play class="icon s" aria-hidden="true" />
          {st('shell.tryOut')}
        </A>
        <PublishButton {...props} />
        <PersonMenu me={props.me} />
      </div>
    </header>
  )
}

function ProblemsButton(props: StudioBarProps) {
  const problems = () => props.workspace.problems()
  const tone = () => {
    const found = problems()
    if (!found || found.length === 0) return 'fine'
    return countsOf(found).errors > 0 ? 'error' : 'warning'
  }
  const words = () => {
    if (props.workspace.judgeFailed()) return st('problems.failed')
    const found = problems()
    if (!found) return st('problems.judging')
    return found.length > 0 ? st('problems.count', { count: found.length }) : st('problems.none')
  }
  return (
    <button
      ref={props.problemsRef}
      type="button"
      class={`problems-button ${tone()}`}
      aria-expanded={props.problemsOpen}
      aria-controls="problems"
      disabled={!problems()}
      onClick={() => props.onProblems()}
    >
      {tone() === 'fine' ? (
        <CircleCheck class="icon" aria-hidden="true" />
      ) : (
        <TriangleAlert class="icon" aria-hidden="true" />
      )}
      {words()}
    </button>
  )
}

/** The page's seal. While something hinders it, a press shows what. */
function PublishButton(props: StudioBarProps) {
  const errors = () => countsOf(props.workspace.problems() ?? []).errors
  const missing = (): string | null => {
    // When judging here breaks down, the server still judges what is published.
    if (!props.workspace.problems() && !props.workspace.judgeFailed()) return st('shell.publishJudging')
    if (errors() > 0) return st('shell.publishBlocked', { count: errors() })
    if (!isChanged(props.workspace))
      return st('shell.publishClean', { version: props.workspace.info().published?.version ?? 0 })
    return null
  }
  const press = () => {
    if (!missing()) props.onPublish()
    else if (errors() > 0 && !props.problemsOpen) props.onProblems()
  }
  return (
    <Show
      when={missing()}
      fallback={
        <Button kind="primary" size="small" onClick={press}>
          {st('shell.publish')}
        </Button>
      }
    >
      {(why) => (
        <Tip text={why()}>
          <Button
            kind="primary"
            size="small"
            pending
            // With errors a press shows them; otherwise there is nothing it could do.
            aria-disabled={errors() === 0}
            aria-description={why()}
            onClick={press}
          >
            {st('shell.publish')}
          </Button>
        </Tip>
      )}
    </Show>
  )
}
