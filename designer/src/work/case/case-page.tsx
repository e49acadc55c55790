import { useParams } from '@solidjs/router'
import { createMemo, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { useCase, useTrail } from '../../api/cases.ts'
import { t } from '../../i18n/i18n.ts'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import { wide } from '../../ui/wide.ts'
import './case-page.css'

const CaseDesk = lazy(() => import('./case-desk.tsx'))
const CasePhone = lazy(() => import('./case-phone.tsx'))

/** One case: how it stands, what it waits for, what happened, what can be done. */
export default function CasePage() {
  const params = useParams<{ key: string }>()
  const key = createMemo(() => params.key)
  const item = useCase(key)
  const trail = useTrail(key)
  const frame = () => (
    <Page>
      <Show when={!wide()}>
        <TopBar title="" back="/cases" />
      </Show>
      <Show when={item.isError} fallback={<Loading rows={4} />}>
        <ErrorState error={item.error} onRetry={() => void item.refetch()} />
      </Show>
    </Page>
  )
  return (
    <Switch fallback={frame()}>
      <Match when={item.data}>
        {(shown) => (
          <Suspense fallback={<Loading rows={4} />}>
            <Show when={wide()} fallback={<CasePhone item={shown()} trail={trail} />}>
              <CaseDesk item={shown()} trail={trail} />
            </Show>
          </Suspense>
        )}
      </Match>
    </Switch>
  )
}

/** Where the trail of a case is read from: the query as it stands. */
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
