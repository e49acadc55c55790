import { useQueryClient } from '@tanstack/solid-query'
import { createEffect, createSignal, For, on } from 'solid-js'
import { operateKey } from '../api/operate.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { Sheet } from '../ui/sheet.tsx'
import '../ui/field.css'
import './repair.css'

/** An act that is about to be done: what it is called, what follows, and what does it. */
export interface Act {
  readonly title: string
  /** What will happen, a line each. */
  readonly effects: readonly string[]
  readonly label: string
  /** Says what came of it. @throws ApiProblem when the server refuses */
  readonly run: (reason: string) => Promise<void>
}

/** Says what an act does, asks why, and does it: nothing an operator does is without a reason. */
export function ReasonSheet(props: { act: Act | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>()
  createEffect(
    on(
      () => props.act,
      () => {
        setReason('')
        setFailure(undefined)
      },
    ),
  )
  const isReady = () => reason().trim() !== ''
  async function run(act: Act): Promise<void> {
    if (!isReady()) return
    setBusy(true)
    setFailure(undefined)
    try {
      await act.run(reason().trim())
      props.onClose()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: operateKey })
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
            {ot('notNow')}
          </Button>
          <Button
            size="small"
            kind="primary"
            busy={busy()}
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
        <Refusal error={failure()} />
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
