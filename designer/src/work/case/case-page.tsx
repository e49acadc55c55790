import type { Case } from '@bihuan/runtime/contract'
import { A, useParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import { createEffect, createMemo, Match, on, Show, Suspense, Switch } from 'solid-js'
import { caseKeys, useCase, useTrail } from '../../api/cases.ts'
import { t } from '../../i18n/i18n.ts'
import { latePart } from '../../ui/late.tsx'
import '../../ui/button.css'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import { wide } from '../../ui/wide.ts'
import './case-page.css'

const CaseDesk = latePart(() => import('./case-desk.tsx'))
const CasePhone = latePart(() => import('./case-phone.tsx'))

/** One case: how it stands, what it waits for, what happened, what can be done. */
export default function CasePage() {
  const params = useParams<{ key: string }>()
  const key = createMemo(() => params.key)
  const item = useCase(key)
  const trail = useTrail(key)
  const queries = useQueryClient()
  createEffect(
    on(
      createMemo(() => footprint(item.data), undefined, { equals: (a, b) => a?.key === b?.key && a?.at === b?.at }),
      (now, before) => {
        if (before === undefined || now === undefined || now.key !== before.key) return
        void queries.invalidateQueries({ queryKey: caseKeys.trail(key()) })
        void queries.invalidateQueries({ queryKey: caseKeys.diagram(key()) })
      },
    ),
  )
  const frame = () => (
    <Page>
      <Show when={!wide()}>
        <TopBar title={t('app.cases')} back="/cases" />
      </Show>
      <Show when={item.isError} fallback={<Loading rows={4} />}>
        <ErrorState error={item.error} onRetry={() => void item.refetch()}>
          <A class="btn secondary small" href="/cases">
            {t('case.back')}
          </A>
        </ErrorState>
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

/** What changes whenever a case moves on; undefined while it is being read. */
function footprint(item: Case | undefined): { key: string; at: string } | undefined {
  if (item === undefined) return undefined
  const { key, ring, tasks, waits, notices, incidents, actions, endedAt } = item
  return { key, at: JSON.stringify([ring.stages, tasks, waits, notices, incidents, actions, endedAt]) }
}
