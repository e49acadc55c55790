import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { useCase, useTrail } from '../../api/cases.ts'
import type { Task } from '../../api/shapes.ts'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { AnswerRows } from '../case/trail-line.tsx'
import { isKey, sayEntry } from '../case/trail-sentence.ts'
import '../case/trail-list.css'
import './case-glance.css'

/** How many of the last steps stand there; the rest is on the page of the matter. */
const LAST = 8

/** What somebody who decides wants to see of the matter without leaving the task: what was asked for, the steps before. */
export default function CaseGlance(props: { task: Task }) {
  const item = useCase(() => props.task.case.key)
  const [steps, setSteps] = createSignal(false)
  return (
    <Show when={item.data}>
      {(shown) => (
        <div class="glance">
          <Show when={shown().summary.length > 0}>
            <section>
              <h3>{t('case.summary')}</h3>
              <AnswerRows answers={shown().summary} />
            </section>
          </Show>
          <section>
            <h3>{t('task.lastSteps')}</h3>
            {/* The trail of a long matter is large, and not everybody needs it for every task. */}
            <Show
              when={steps()}
              fallback={
                <Button size="small" onClick={() => setSteps(true)}>
                  {t('task.seeSteps')}
                </Button>
              }
            >
              <LastSteps caseKey={props.task.case.key} now={props.task.now} />
            </Show>
          </section>
        </div>
      )}
    </Show>
  )
}

function LastSteps(props: { caseKey: string; now: string }) {
  const trail = useTrail(() => props.caseKey)
  const steps = createMemo(() =>
    (trail.data?.entries ?? [])
      .filter(isKey)
      .map((entry) => ({ entry, words: sayEntry(entry) }))
      .filter(({ words }) => words.who !== null)
      .slice(-LAST)
      .reverse(),
  )
  return (
    <Switch fallback={<Loading rows={1} />}>
      <Match when={trail.isError}>
        <ErrorState error={trail.error} onRetry={() => void trail.refetch()} />
      </Match>
      <Match when={trail.data}>
        <ol>
          <For each={steps()}>
            {({ entry, words }) => (
              <li>
                <span>
                  {words.head}
                  <small>{words.who}</small>
                </span>
                <time dateTime={entry.at}>{momentText(entry.at, props.now)}</time>
              </li>
            )}
          </For>
        </ol>
      </Match>
    </Switch>
  )
}
