import type { Case } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { dayText, deadlineText } from '../../i18n/dates.ts'
import { inLanguage, t } from '../../i18n/i18n.ts'
import { kindWords } from '../../notice/notice-words.ts'
import { ClockText } from '../../ui/clock-text.tsx'
import { Ring } from '../../ui/ring.tsx'
import { periodRing } from '../../ui/ring-view.ts'
import { sayWho } from './case-sentence.ts'
import { AnswerRows } from './trail-line.tsx'
import './case-cards.css'

/** Whether there is something to tell of what is under way; who may only act on a case is not told who has what. */
export const hasOpenTasks = ({ endedAt, tasks, waits, actions }: Case): boolean =>
  endedAt === null && (tasks.length + waits.length > 0 || actions.length === 0)

/** What is under way: who has what, and what goes on by itself in time. */
export function OpenTasks(props: { item: Case }) {
  return (
    <section class="case-card" tabindex="0">
      <h2>{t('case.tasks')}</h2>
      <Show
        when={props.item.tasks.length + props.item.waits.length > 0}
        fallback={<p class="case-none">{t('case.tasksNone')}</p>}
      >
        <ul class="case-lines">
          <For each={props.item.tasks}>
            {(task) => (
              <li>
                <div>
                  <Show when={task.mine} fallback={<b>{task.name}</b>}>
                    <A href={`/tasks/${task.key}`}>{task.name}</A>
                  </Show>
                  <small>
                    {[sayWho(task, props.item.unit) || t('case.nobody'), task.vacant && t('case.vacantTodo')]
                      .filter(Boolean)
                      .join(t('trail.separator'))}
                  </small>
                </div>
                <ClockText dueAt={task.dueAt} now={props.item.now} />
              </li>
            )}
          </For>
          <Show when={props.item.more > 0}>
            <li>{t('case.alsoWaits', { count: props.item.more })}</li>
          </Show>
          <For each={props.item.waits}>
            {(wait) => (
              <li>
                <div>
                  <b>{wait.name}</b>
                  <small>{t('case.waits')}</small>
                </div>
                <ClockText dueAt={wait.dueAt} now={props.item.now} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

/** The notices this case has put on the public board; absent when there are none. */
export function CaseNotices(props: { item: Case }) {
  return (
    <Show when={props.item.notices.length > 0}>
      <section class="case-card" tabindex="0">
        <h2>{t('case.notices')}</h2>
        <ul class="case-lines">
          <For each={props.item.notices}>
            {(notice) => (
              <li>
                <Ring view={periodRing(notice.publishedAt, notice.until, props.item.now)} size="mini" label="" />
                <div>
                  <A href={`/notices/${notice.key}`}>{notice.title}</A>
                  <small>{[kindWords(notice), noticeTime(notice, props.item.now)].join(t('app.separator'))}</small>
                </div>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

/** What was filled in when the case was started. */
export function CaseSummary(props: { item: Case }) {
  return (
    <section class="case-card" tabindex="0">
      <h2>{t('case.summary')}</h2>
      <Show when={props.item.summary.length > 0} fallback={<p class="case-none">{t('case.summaryNone')}</p>}>
        <AnswerRows answers={props.item.summary} />
      </Show>
    </section>
  )
}

/** Where a case is stuck, and what to do. */
export function CaseIncidents(props: { item: Case }) {
  return (
    <For each={props.item.incidents}>
      {(incident) => (
        <div class="case-incident" role="alert">
          <b>{t('case.stuckAt', { name: incident.name ?? incident.elementId })}</b>
          <p>{inLanguage(incident.messages)?.text ?? incident.text}</p>
          <p>{inLanguage(incident.messages)?.todo ?? incident.todo}</p>
        </div>
      )}
    </For>
  )
}

function noticeTime(notice: Case['notices'][number], now: string): string {
  const on = dayText(notice.publishedAt)
  if (notice.until === null) return t('case.noticeOn', { day: on })
  if (Date.parse(notice.until) <= Date.parse(now)) return t('case.noticePast', { day: on })
  return t('case.noticeUntil', { day: deadlineText(notice.until) })
}
