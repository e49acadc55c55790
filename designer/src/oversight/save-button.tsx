import Download from 'lucide-solid/icons/download'
import { createEffect, createSignal, on } from 'solid-js'
import { Button } from '../ui/button.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { saveFile } from '../ui/save-file.ts'
import './save-button.css'

/** Fetches a file and hands it to the person; what keeps him from it is said below the button. */
export function SaveButton(props: {
  label: string
  name: string
  /** @throws ApiProblem when the server refuses */
  read: () => Promise<Blob>
}) {
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>()
  // What was said of one file is not said of another.
  createEffect(
    on(
      () => props.name,
      () => setFailure(undefined),
    ),
  )
  async function save(): Promise<void> {
    const { name } = props
    setBusy(true)
    setFailure(undefined)
    try {
      saveFile(name, await props.read())
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="save">
      <Button size="small" busy={busy()} onClick={() => void save()}>
        <Download class="icon s" aria-hidden="true" />
        {props.label}
      </Button>
      <Refusal error={failure()} />
    </div>
  )
}
