import { Show } from 'solid-js'
import type { useTrail } from '../../api/cases.ts'
import { t } from '../../i18n/i18n.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'

/** The trail as it is being read. */
export type TrailQuery = ReturnType<typeof useTrail>

/** The state of the trail in place of its entries: being fetched, or why it did not come. */
export function TrailPending(props: { trail: TrailQuery }) {
  return (
    <Show when={props.trail.isError} fallback={<Loading rows={3} />}>
      <ErrorState error={props.trail.error} onRetry={() => void props.trail.refetch()}>
        <span class="sr">{t('case.trail')}</span>
      </ErrorState>
    </Show>
  )
}
