import { createResource, type JSX, Show } from 'solid-js'
import { type KeptText, keptText } from '../../api/kept-text.ts'
import { useSession } from '../../api/session.ts'
import { Loading } from '../../ui/state.tsx'
import type { Answers } from './viewer.ts'

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
  const [found] = createResource(() => kept.read(props.name))
  return (
    <Show when={found.state === 'ready'} fallback={<Loading />}>
      {props.children({ kept, name: props.name, found: found() ?? null })}
    </Show>
  )
}
