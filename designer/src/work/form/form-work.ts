import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js'
import { ApiProblem, mayPass, newKey, Unreachable } from '../../api/http.ts'
import { attemptName } from '../../api/kept-text.ts'
import { sessionEnded } from '../../api/session-ended.ts'
import type { DraftSaved } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { errorWords } from '../../ui/state.tsx'
import { createDraft, type DraftStatus } from './draft.ts'
import type { FormHandle } from './form-view.tsx'
import { inOrder } from './in-order.ts'
import { isStill, leaveDraft } from './left-drafts.ts'
import { type FieldMessage, fieldMessages } from './server-errors.ts'
import type { Answers } from './viewer.ts'
import type { KeptAnswers, KeptForm } from './with-kept-text.tsx'

/** What stands above the button when sending did not succeed. */
export interface Trouble {
  readonly title: string
  readonly text: string
  /** Findings without a field on this form. */
  readonly others: readonly FieldMessage[]
}

/** Refusals after which nothing can be sent any more; any other may be gone at the next press. */
const outOfHand: readonly string[] = [
  'USER_TASK_COMPLETED',
  'USER_TASK_ASSIGNED',
  'USER_TASK_NOT_ASSIGNED',
  'PROCESS_INSTANCE_ENDED',
]
/** Whether a refusal says that the form can no longer be sent. */
export const isOutOfHand = (error: unknown): boolean => error instanceof ApiProblem && outOfHand.includes(error.code)

export type Send<T> = (answers: Answers, idempotencyKey: string) => Promise<T>

/** A form being filled in and sent: the draft, the check, the one attempt at a time, and what came of it. */
export interface FormWork {
  readonly setHandle: (handle: FormHandle) => void
  readonly changed: (answers: Answers) => void
  readonly status: () => DraftStatus
  readonly saveNow: () => Promise<void>
  /** Saves what is not saved yet. */
  readonly flush: () => Promise<void>
  readonly busy: () => boolean
  readonly trouble: () => Trouble | null
  /** The task is no longer this person's to do: the answers stay in the page and are no longer sent. */
  readonly conflict: () => boolean
  readonly answers: () => Answers
  /** Says that an act was refused; where nothing can be sent any more, the answers stay in the page. */
  readonly refused: (error: unknown) => void
  /** Checks and sends. Resolves with the server's answer, or null when it was not sent or not taken. */
  readonly submit: <T>(send: Send<T>) => Promise<T | null>
}

export interface FormWorkOptions extends KeptForm {
  /** Keeps the draft on the server. */
  readonly save: (answers: Answers) => Promise<DraftSaved>
  /** When the draft that the form opens with was saved; null for a form without one. */
  readonly restoredAt: string | null
  /** Whether it opens with answers that can no longer be sent. */
  readonly isLeft?: boolean
}

export function createFormWork(options: FormWorkOptions): FormWork {
  const { restoredAt, kept, person, name, found } = options
  const [status, setStatus] = createSignal<DraftStatus>(
    restoredAt ? { state: 'restored', at: restoredAt } : { state: 'empty' },
  )
  const [busy, setBusy] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [conflict, setConflict] = createSignal(options.isLeft ?? false)
  let handle: FormHandle | undefined
  let attempt = options.attempt ?? { sent: '', key: '' }
  let savedAt = restoredAt

  const draft = createDraft({
    async save(answers) {
      if (!isStill(person)) throw new Unreachable('another person')
      const saved = await options.save(answers).catch((error: unknown) => {
        // Nobody should go on filling in what can no longer be sent.
        if (isOutOfHand(error)) refused(error)
        throw error
      })
      savedAt = saved.savedAt
      return saved
    },
    keep: (answers) => kept.keep(name, { answers, onto: savedAt } satisfies KeptAnswers),
    forget: () => kept.drop(name),
    onStatus: setStatus,
    isLost: (error) => error instanceof Unreachable,
    mayPass: (error) => isStill(person) && mayPass(error),
  })

  const flush = () => void draft.flush()
  if (found) {
    setStatus({ state: 'local' })
    draft.changed(found)
  }
  // Signed in again: what could not be saved meanwhile is saved now.
  createEffect(on(sessionEnded, (ended) => !ended && draft.unsaved && flush(), { defer: true }))
  const hidden = () => document.hidden && flush()
  const leaving = (event: BeforeUnloadEvent) => {
    if (draft.unsaved) event.preventDefault()
  }
  onMount(() => {
    addEventListener('online', flush)
    addEventListener('beforeunload', leaving)
    document.addEventListener('visibilitychange', hidden)
  })
  onCleanup(() => {
    removeEventListener('online', flush)
    removeEventListener('beforeunload', leaving)
    document.removeEventListener('visibilitychange', hidden)
    leaveDraft(person, name, draft)
  })

  function refused(error: unknown): void {
    // The page asks to sign in again; everything stays as it is until then.
    if (error instanceof ApiProblem && error.status === 401) return
    if (error instanceof Unreachable) {
      setTrouble({ title: t('task.lost'), text: '', others: [] })
      return
    }
    const words = errorWords(error)
    if (isOutOfHand(error)) {
      draft.stop()
      setConflict(true)
      setTrouble({ title: words.title, text: t('task.conflict'), others: [] })
      return
    }
    const messages = error instanceof ApiProblem ? fieldMessages(error.problem) : []
    const others = messages.length > 0 && handle ? handle.show(messages) : messages
    setTrouble({ title: words.title, text: words.text, others })
  }

  async function submit<T>(send: Send<T>): Promise<T | null> {
    if (busy() || conflict()) return null
    setBusy(true)
    setTrouble(null)
    await handle?.settled()
    const verdict = handle ? handle.check() : { ok: true as const, answers: {} }
    if (!verdict.ok) {
      const reasons = {
        fields: t('task.faults', { count: verdict.faults }),
        notUploaded: t('form.notUploaded'),
      }
      setTrouble({ title: reasons[verdict.reason], text: '', others: [] })
      setBusy(false)
      return null
    }
    // The same answers again are the same intent: an answer that was lost must not make a second case, not even when the
    // page was loaded anew meanwhile.
    const answers = inOrder(verdict.answers)
    const sent = JSON.stringify(answers)
    if (sent !== attempt.sent) attempt = { sent, key: newKey() }
    try {
      await Promise.all([draft.pause(), kept.keep(attemptName(name), { ...attempt }).catch(() => undefined)])
      const answer = await send(answers, attempt.key)
      draft.stop()
      void kept.drop(attemptName(name)).catch(() => undefined)
      return answer
    } catch (error) {
      draft.resume()
      refused(error)
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    setHandle: (next) => {
      handle = next
    },
    changed(answers) {
      setTrouble(null)
      draft.changed(answers)
    },
    status,
    async saveNow() {
      if (handle && status().state !== 'saved') draft.changed(handle.answers())
      await draft.flush()
    },
    flush: draft.flush,
    busy,
    trouble,
    conflict,
    answers: () => handle?.answers() ?? {},
    refused,
    submit,
  }
}
