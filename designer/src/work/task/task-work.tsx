import { A } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import Copy from 'lucide-solid/icons/copy'
import Info from 'lucide-solid/icons/info'
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Suspense, Switch } from 'solid-js'
import type { Task, TaskCompleted } from '../../api/shapes.ts'
import { claimTask, completeTask, releaseTask, saveTaskDraft, taskKey } from '../../api/tasks.ts'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { latePart } from '../../ui/late.tsx'
import { errorWords } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { wide } from '../../ui/wide.ts'
import { answersText } from '../form/answers-text.ts'
import { FormBar } from '../form/form-bar.tsx'
import { FormView } from '../form/form-view.tsx'
import { createFormWork, isOutOfHand } from '../form/form-work.ts'
import { formFootnote } from '../form/schema.ts'
import { type KeptForm, WithKeptText } from '../form/with-kept-text.tsx'
import '../../ui/field.css'

const CaseGlance = latePart(() => import('./case-glance.tsx'))

export interface TaskWorkProps {
  task: Task
  onCompleted: (answer: TaskCompleted) => void
}

/** A task as it is worked on: its form, the draft, and the acts that are this person's now. */
export function TaskWork(props: TaskWorkProps) {
  return (
    <WithKeptText
      name={`task ${props.task.key}`}
      draft={props.task.can.complete ? props.task.draft : null}
      schema={props.task.form?.schema ?? {}}
    >
      {(form) => <Work {...props} keptForm={form} />}
    </WithKeptText>
  )
}

function Work(props: TaskWorkProps & { keptForm: KeptForm }) {
  const queries = useQueryClient()
  const task = () => props.task
  const [acting, setActing] = createSignal(false)
  const typed = { ...task().draft?.answers, ...props.keptForm.found }
  const isLeft =
    !task().can.complete && task().completedBy?.id !== props.keptForm.person && Object.keys(typed).length > 0
  const work = createFormWork({
    ...props.keptForm,
    found: task().can.complete ? props.keptForm.found : null,
    save: (answers) => saveTaskDraft(task().key, answers),
    restoredAt: task().draft?.savedAt ?? null,
    isLeft,
  })
  const open = () => task().state === 'created'
  const editable = () => open() && task().can.complete && !work.conflict()
  // The draft on top of the stored values, once: what is typed later lives in the form.
  const initial = { ...task().form?.data, ...(task().can.complete || isLeft ? typed : undefined) }
  // What was typed stands in the form that was shown, whatever is shown to him of the task now.
  const schema = createMemo<Record<string, unknown> | undefined>(
    (shown) => (work.conflict() && shown) || task().form?.schema,
  )
  /** Once it is not his to do: who has it or has done it, and that what he typed can be copied. */
  const trouble = () => {
    const note = work.conflict() && noteOf(task())
    return note ? { title: note, text: t('task.conflict'), others: [] } : work.trouble()
  }
  const reload = () => {
    void queries.invalidateQueries({ queryKey: ['inbox'] })
    void queries.invalidateQueries({ queryKey: taskKey(task().key) })
  }
  createEffect(on(work.conflict, (isOver) => isOver && reload(), { defer: true }))
  const footnote = () => {
    const form = task().form
    return form ? formFootnote(form) : ''
  }

  async function act(request: (key: string) => Promise<Task>, said: string): Promise<void> {
    if (acting()) return
    setActing(true)
    try {
      // What was typed is with the server before it may be another's to do.
      await work.flush()
      if (work.conflict()) return
      queries.setQueryData(taskKey(task().key), await request(task().key))
      void queries.invalidateQueries({ queryKey: ['inbox'] })
      showToast(said)
    } catch (error) {
      // With a form in hand he keeps what he has typed.
      if (editable() && isOutOfHand(error)) return work.refused(error)
      const words = errorWords(error)
      showToast(`${words.title} ${words.text}`, 'problem')
      reload()
    } finally {
      setActing(false)
    }
  }

  async function complete(): Promise<void> {
    const answer = await work.submit((answers, key) =>
      completeTask(task().key, task().form?.formKey ?? null, answers, key),
    )
    if (answer) props.onCompleted(answer)
  }

  async function copy(): Promise<void> {
    const text = answersText(schema() ?? {}, work.answers())
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // Browsers keep the clipboard from pages that came without TLS: the older way still works there.
      const area = document.body.appendChild(document.createElement('textarea'))
      area.value = text
      area.select()
      const isCopied = document.execCommand('copy')
      area.remove()
      if (!isCopied) return
    }
    showToast(t('task.copied'))
  }

  return (
    <div class="task-work">
      <Show when={!work.conflict() && noteOf(task())}>{(text) => <TaskNote text={text()} />}</Show>
      <Show when={schema()} fallback={<Show when={editable()}>{<p class="task-plain">{t('task.noForm')}</p>}</Show>}>
        {(given) => (
          <FormView
            schema={given()}
            data={initial}
            readOnly={!editable()}
            footnote={footnote()}
            now={task().now}
            onChange={work.changed}
            onSubmit={() => void complete()}
            handle={work.setHandle}
          />
        )}
      </Show>
      <Show when={wide()}>
        <Suspense>
          <CaseGlance task={task()} />
        </Suspense>
      </Show>
      <Switch>
        <Match when={work.conflict()}>
          <FormBar trouble={trouble()}>
            <Button onClick={() => void copy()}>
              <Copy class="icon s" aria-hidden="true" />
              {t('task.copy')}
            </Button>
            <CaseLink task={task()} />
          </FormBar>
        </Match>
        <Match when={editable()}>
          <FormBar {...(schema() ? { status: work.status() } : {})} trouble={work.trouble()}>
            <Acts task={task()} acting={acting()} act={act}>
              <Show when={schema()}>
                <Button onClick={() => void work.saveNow()}>{t('task.save')}</Button>
              </Show>
              <Button kind="primary" busy={work.busy()} keys="Ctrl ↵" onClick={() => void complete()} data-act="submit">
                {work.busy() ? t('task.submitting') : t(schema() ? 'task.submit' : 'task.finish')}
              </Button>
            </Acts>
          </FormBar>
        </Match>
        <Match when={open() && task().can.claim}>
          <FormBar>
            <Button kind="primary" busy={acting()} onClick={() => void act(claimTask, t('task.claimed'))}>
              {t('task.claim')}
            </Button>
            <CaseLink task={task()} />
          </FormBar>
        </Match>
      </Switch>
    </div>
  )
}

/** Claim or put back beside the act that ends the task. */
function Acts(props: {
  task: Task
  acting: boolean
  act: (request: (key: string) => Promise<Task>, said: string) => Promise<void>
  children: JSX.Element
}) {
  return (
    <>
      {props.children}
      <Show when={props.task.can.claim}>
        <Button kind="plain" busy={props.acting} onClick={() => void props.act(claimTask, t('task.claimed'))}>
          {t('task.claim')}
        </Button>
      </Show>
      <Show when={props.task.can.release}>
        <Button kind="plain" busy={props.acting} onClick={() => void props.act(releaseTask, t('task.released'))}>
          {t('task.release')}
        </Button>
      </Show>
    </>
  )
}

/** Why the task stands as it does, when that needs a word. */
function noteOf(task: Task): string | null {
  if (task.state === 'canceled') return t('task.canceled')
  if (task.state === 'completed') {
    return t('task.completedBy', {
      name: task.completedBy?.name ?? '',
      when: task.completedAt ? momentText(task.completedAt, task.now) : '',
    })
  }
  if (task.can.claim && !task.can.complete) return t('task.claimFirst')
  if (task.can.complete || task.can.claim) return null
  return task.assignee ? t('task.assignedTo', { name: task.assignee.name }) : t('task.notYours')
}

function TaskNote(props: { text: string }) {
  return (
    <p class="note info task-note">
      <Info class="icon" aria-hidden="true" />
      <span>{props.text}</span>
    </p>
  )
}

/** The way to the whole matter. */
export function CaseLink(props: { task: Task }) {
  return (
    <A class="btn plain" href={`/cases/${props.task.case.key}`}>
      {t('task.seeCase')}
    </A>
  )
}
