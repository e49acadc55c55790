import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js'
import { ApiProblem, newKey, Unreachable } from '../../api/http.ts'
import type { KeptText } from '../../api/kept-text.ts'
import { sessionEnded } from '../../api/session-ended.ts'
import type { DraftSaved } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { errorWords } from '../../ui/state.tsx'
import { createDraft, type DraftStatus } from './draft.ts'
import type { FormHandle } from './form-view.tsx'
import { type FieldMessage, fieldMessages } from './server-errors.ts'
import type { Answers } from './viewer.ts'

/** What stands above the button when sending did not succeed. */
export interface Trouble {
  readonly title: string
  readonly text: string
  /** Findings without a field on this form. */
  readonly others: readonly FieldMessage[]
}

export type Send<T> = (answers: Answers, idempotencyKey: string) => Promise<T>

/** A form being filled in and sent: the draft, the check, the one attempt at a time, and what came of it. */
export interface FormWork {
  readonly setHandle: (handle: FormHandle) => void
  readonly changed: (answers: Answers) => void
  readonly status: () => DraftStatus
  readonly saveNow: () => Promise<void>
  readonly busy: () => boolean
  readonly trouble: () => Trouble | null
  /** Somebody else was faster: the answers stay in the page and are no longer sent. */
  readonly conflict: () => boolean
  readonly answers: () => Answers
  /** Checks and sends. Resolves with the server's answer, or null when it was not sent or not taken. */
  readonly submit: <T>(send: Send<T>) => Promise<T | null>
}

export interface FormWorkOptions {
  /** Keeps the draft on the server. */
  readonly save: (answers: Answers) => Promise<DraftSaved>
  /** When the draft that the form opens with was saved; null for a form without one. */
  readonly restoredAt: string | null
  /** Keeps in this browser, under that name, what the server does not have yet. */
  readonly kept: KeptText
  readonly name: string
  /** What was kept there and the form opens with: it goes to the server first of all. */
  readonly found: Answers | null
}

export function createFormWork(options: FormWorkOptions): FormWork {
  const { restoredAt, kept, name, found } = options
  const [status, setStatus] = createSignal<DraftStatus>(
    restoredAt ? { state: 'restored', at: restoredAt } : { state: 'empty' },
  )
  const [busy, setBusy] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [conflict, setConflict] = createSignal(false)
  let handle: FormHandle | undefined
  let attempt = { sent: '', key: '' }

  const draft = createDraft({
    save: options.save,
    keep: (answers) => kept.keep(name, answers),
    forget: () => kept.drop(name),
    onStatus: setStatus,
    isLost: (error) => error instanceof Unreachable,
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
    flush()
  })

  function refused(error: unknown): void {
    // The page asks to sign in again; everything stays as it is until then.
    if (error instanceof ApiProblem && error.status === 401) return
    if (error instanceof Unreachable) {
      setTrouble({ title: t('task.lost'), text: '', others: [] })
      return
    }
    const words = errorWords(error)
    if (error instanceof ApiProblem && error.status === 409) {
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
    // The same answers again are the same intent: an answer that was lost must not make a second case.
    const sent = JSON.stringify(verdict.answers)
    if (sent !== attempt.sent) attempt = { sent, key: newKey() }
    try {
      await draft.pause()
      const answer = await send(verdict.answers, attempt.key)
      draft.stop()
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
    busy,
    trouble,
    conflict,
    answers: () => handle?.answers() ?? {},
    submit,
  }
}
