import { useQueryClient } from '@tanstack/solid-query'
import { createEffect, createSignal, For, on, onCleanup } from 'solid-js'
import { operateKey } from '../api/operate.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { errorWords } from '../ui/state.tsx'
import { showToast } from '../ui/toast.tsx'
import { Intents, isAnswer } from './intents.ts'
import '../ui/field.css'
import './repair.css'

/** An act that is about to be done: what it is called, what follows, and what does it. */
export interface Act {
  readonly title: string
  /** What will happen, a line each. */
  readonly effects: readonly string[]
  readonly label: string
  /**
   * Says what came of it.
   * @param intent key of what is wanted: the same when it is sent again because no answer came
   * @throws ApiProblem when the server refuses
   */
  readonly run: (reason: string, intent: string) => Promise<void>
}

/** Says what an act does, asks why, and does it: nothing an operator does is without a reason. */
export function ReasonSheet(props: { act: Act | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = createSignal('')
  const [running, setRunning] = createSignal<Act | null>(null)
  const [failure, setFailure] = createSignal<unknown>()
  const intents = new Intents()
  let isGone = false
  onCleanup(() => {
    isGone = true
  })
  createEffect(
    on(
      () => props.act,
      () => {
        setReason('')
        intents.forget()
        setFailure(undefined)
      },
    ),
  )
  const isRunning = () => props.act !== null && running() === props.act
  const isReady = () => reason().trim() !== ''
  const refetch = () => void queries.invalidateQueries({ queryKey: operateKey })
  async function run(act: Act): Promise<void> {
    if (!isReady()) return
    // Who leaves the sheet meanwhile may have opened it for another act: that one is not touched.
    const isShown = () => !isGone && props.act === act
    setRunning(act)
    setFailure(undefined)
    try {
      const said = reason().trim()
      await act.run(said, intents.of(said))
      if (isShown()) props.onClose()
      refetch()
    } catch (error) {
      // Without an answer what is shown stays, to be sent again.
      if (isAnswer(error)) {
        intents.forget()
        refetch()
      }
      if (isShown()) setFailure(error)
      else showToast(`${act.label} ${errorWords(error).title}`, 'problem')
    } finally {
      setRunning((now) => (now === act ? null : now))
    }
  }
  return (
    <Sheet
      open={props.act !== null}
      onClose={props.onClose}
      title={props.act?.title ?? ''}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {ot(isRunning() ? 'leaveRunning' : 'notNow')}
          </Button>
          <Button
            size="small"
            kind="primary"
            busy={isRunning()}
            disabled={!isReady()}
            onClick={() => props.act && void run(props.act)}
          >
            {props.act?.label}
          </Button>
        </div>
      }
    >
      <div class="sheet-text">
        <ul class="then">
          <For each={[...(props.act?.effects ?? []), ot('recorded')]}>{(line) => <li>{line}</li>}</For>
        </ul>
        <ReasonField value={reason()} onChange={setReason} />
        <Refusal error={failure()} unanswered={ot('unanswered')} />
      </div>
    </Sheet>
  )
}

/** Where the reason is written. */
export function ReasonField(props: { value: string; onChange: (value: string) => void }) {
  return (
    <label class="reason">
      <span class="reason-label">{ot('reason')}</span>
      <textarea
        class="control"
        rows={2}
        maxLength={1000}
        required
        placeholder={ot('reasonHint')}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  )
}
