import { lazy, Show } from 'solid-js'
import { wide } from '../../ui/wide.ts'
import { InboxPhone } from './inbox-phone.tsx'

const InboxDesk = lazy(() => import('./inbox-desk.tsx'))

/** What there is to do: a list on a phone, list and work side by side on a desk. */
export default function InboxPage() {
  return (
    <Show when={wide()} fallback={<InboxPhone />}>
      <InboxDesk />
    </Show>
  )
}
