import { A } from '@solidjs/router'
import ExternalLink from 'lucide-solid/icons/external-link'
import { createMemo, For, Show } from 'solid-js'
import type { Task } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { ClockChip } from '../../ui/clock-text.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing } from '../../ui/ring-view.ts'

/** `第 3 步，共 8 步`; null for a case without stages. */
export function stepWords(task: Task): string | null {
  const view = caseRing(task.case.ring, task.now)
  return view.step === null ? null : t('task.step', { step: view.step, count: view.arcs.length })
}

/** Stages as a line of parts: done in ink, the open one in indigo, the rest in grey. */
export function StageLine(props: { task: Task }) {
  return (
    <div class="stage-line" aria-hidden="true">
      <For each={props.task.case.ring.stages}>{(stage) => <i class={stage.state} />}</For>
    </div>
  )
}

/** Head of the reading pane on the desk: the matter, where it is, how long there is. */
export function TaskHead(props: { task: Task }) {
  const view = createMemo(() => caseRing(props.task.case.ring, props.task.now))
  const about = () =>
    [props.task.case.unit.name, props.task.case.processName, props.task.name, props.task.as, props.task.case.number]
      .filter((text): text is string => Boolean(text))
      .join(t('app.separator'))
  return (
    <header class="task-head">
      <Ring view={view()} size="small" />
      <div class="task-head-main">
        <h2>{props.task.case.title}</h2>
        <p>{about()}</p>
      </div>
      <Show when={props.task.state === 'created' && props.task.dueAt}>
        {(dueAt) => <ClockChip dueAt={dueAt()} now={props.task.now} />}
      </Show>
      <A class="hit" href={`/cases/${props.task.case.key}`} aria-label={t('task.seeCase')} title={t('task.seeCase')}>
        <ExternalLink class="icon" aria-hidden="true" />
      </A>
    </header>
  )
}
