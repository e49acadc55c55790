import { Show } from 'solid-js'
import { latePart } from '../../ui/late.tsx'
import { wide } from '../../ui/wide.ts'
import { InboxPhone } from './inbox-phone.tsx'

const InboxDesk = latePart(() => import('./inbox-desk.tsx'))

/** What there is to do: a list on a phone, list and work side by side on a desk. */
export function InboxPage() {
  return (
    <Show when={wide()} fallback={<InboxPhone />}>
      <InboxDesk />
    </Show>
  )
}
