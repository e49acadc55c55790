import { A, Navigate, useNavigate, useParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import { Match, Show, Switch } from 'solid-js'
import type { TaskCompleted } from '../../api/shapes.ts'
import { useTask } from '../../api/tasks.ts'
import { t } from '../../i18n/i18n.ts'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import { wide } from '../../ui/wide.ts'
import './task.css'
import { StageLine, stepWords } from './task-head.tsx'
import { TaskWork } from './task-work.tsx'

/** A task on a phone: one column, its bar at the foot. On a desk tasks are worked on beside the list. */
export default function TaskPage() {
  const params = useParams<{ key: string }>()
  return (
    <Show when={!wide()} fallback={<Navigate href={`/?task=${params.key}`} />}>
      <Show when={params.key} keyed>
        {(key) => <PhoneTask taskKey={key} />}
      </Show>
    </Show>
  )
}

function PhoneTask(props: { taskKey: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const query = useTask(() => props.taskKey)

  function completed(answer: TaskCompleted): void {
    void queries.invalidateQueries({ queryKey: ['inbox'] })
    if (answer.nextTaskKey) {
      showToast(t('task.next'))
      navigate(`/tasks/${answer.nextTaskKey}`, { replace: true })
    } else {
      showToast(t('task.completed'))
      navigate('/', { replace: true })
    }
  }

  return (
    <Page noBar class="task-page">
      <Switch fallback={<Loading rows={4} />}>
        <Match when={query.isError && !query.data}>
          <TopBar title={t('app.inbox')} back="/" />
          <ErrorState error={query.error} onRetry={() => void query.refetch()}>
            <A class="btn secondary small" href="/">
              {t('app.toInbox')}
            </A>
          </ErrorState>
        </Match>
        <Match when={query.data}>
          {(task) => (
            <>
              <div class="task-top">
                <TopBar
                  title={task().name}
                  small={[stepWords(task()), task().as, task().case.processName]
                    .filter(Boolean)
                    .join(t('app.separator'))}
                  back="/"
                >
                  <A class="hit text" href={`/cases/${task().case.key}`}>
                    {t('task.seeCase')}
                  </A>
                </TopBar>
                <StageLine task={task()} />
              </div>
              <p class="task-title">{task().case.title}</p>
              <TaskWork task={task()} onCompleted={completed} />
            </>
          )}
        </Match>
      </Switch>
    </Page>
  )
}
