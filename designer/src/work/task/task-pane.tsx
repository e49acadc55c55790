import { Match, onCleanup, onMount, Switch } from 'solid-js'
import type { TaskCompleted } from '../../api/shapes.ts'
import { useTask } from '../../api/tasks.ts'
import { t } from '../../i18n/i18n.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import './task.css'
import { TaskHead } from './task-head.tsx'
import { TaskWork } from './task-work.tsx'

/** A task in the reading pane of the desk. Ctrl+Enter submits it. */
export default function TaskPane(props: { taskKey: string; onCompleted: (answer: TaskCompleted) => void }) {
  let place!: HTMLDivElement
  const query = useTask(() => props.taskKey)
  const submit = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    place.querySelector<HTMLButtonElement>('[data-act=submit]')?.click()
  }
  onMount(() => addEventListener('keydown', submit))
  onCleanup(() => removeEventListener('keydown', submit))

  function completed(answer: TaskCompleted): void {
    showToast(t(answer.nextTaskKey ? 'task.next' : 'task.completed'))
    props.onCompleted(answer)
  }

  return (
    <div class="task-pane" ref={place}>
      <Switch fallback={<Loading />}>
        <Match when={query.isError && !query.data}>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Match>
        <Match when={query.data}>
          {(task) => (
            <>
              <TaskHead task={task()} />
              <TaskWork task={task()} onCompleted={completed} />
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}
