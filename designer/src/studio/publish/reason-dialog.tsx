import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { errorWords } from '../../ui/state.tsx'
import './publish.css'
import '../../ui/field.css'

/** Says what an act brings about, then asks: with a reason that is recorded, when one is wanted. */
export function ReasonDialog(props: {
  open: boolean
  title: string
  text: JSX.Element
  act: string
  /** Whether a reason is asked for. */
  reason?: boolean
  /** Does it; what it throws is said, and the dialog stays. */
  onAct: (reason: string) => Promise<void>
  onClose: () => void
}) {
  const field = createUniqueId()
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  let reason: HTMLTextAreaElement | undefined

  async function act(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy()) return
    const given = reason?.value.trim() ?? ''
    if (props.reason && given === '') {
      setProblem(st('publish.history.reasonMissing'))
      reason?.focus()
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      await props.onAct(given)
      props.onClose()
    } catch (error) {
      const words = errorWords(error)
      setProblem(`${words.title} ${words.text}`.trim())
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet open={props.open} onClose={props.onClose} title={props.title}>
      <form class="publish-body" onSubmit={(event) => void act(event)}>
        <p>{props.text}</p>
        <Show when={props.reason}>
          <div>
            <label class="label" for={field}>
              {st('publish.history.reason')}
            </label>
            <textarea
              ref={reason}
              class="control note-text"
              id={field}
              rows="2"
              maxlength="2000"
              placeholder={st('publish.history.reasonHint')}
            />
          </div>
        </Show>
        <Show when={problem()}>
          {(text) => (
            <p class="note red" role="alert">
              {text()}
            </p>
          )}
        </Show>
        <div class="publish-foot">
          <Button size="small" onClick={() => props.onClose()}>
            {st('publish.history.cancel')}
          </Button>
          <Button size="small" type="submit" class="ink" busy={busy()}>
            {props.act}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
