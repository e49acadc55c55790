import { createSignal, type JSX, onMount, Show } from 'solid-js'
import { type KeptText, keptText } from '../../api/kept-text.ts'
import { useSession } from '../../api/session.ts'
import { Loading } from '../../ui/state.tsx'
import type { Answers } from './viewer.ts'

/** A browser whose storage does not answer must not keep a form from opening. */
const PATIENCE_MS = 1500

/** Where a form keeps what the server does not have yet, and what was found there when it opened. */
export interface KeptForm {
  readonly kept: KeptText
  readonly name: string
  readonly found: Answers | null
}

/** Looks up what this browser kept of a form before the form opens. */
export function WithKeptText(props: { name: string; children: (form: KeptForm) => JSX.Element }) {
  const session = useSession()
  const kept = keptText(session.data?.id ?? '')
  const [form, setForm] = createSignal<KeptForm>()
  onMount(async () => {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
    const found = await Promise.race([kept.read(props.name), late])
    setForm({ kept, name: props.name, found })
  })
  return (
    <Show when={form()} fallback={<Loading />}>
      {(given) => props.children(given())}
    </Show>
  )
}
