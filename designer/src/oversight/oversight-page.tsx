import { useSearchParams } from '@solidjs/router'
import { createEffect, For, Match, Show, Suspense, Switch } from 'solid-js'
import { language } from '../i18n/i18n.ts'
import { loadOversightEnglish, ot } from '../i18n/oversight.ts'
import { latePart } from '../ui/late.tsx'
import { Page } from '../ui/page.tsx'
import { Loading } from '../ui/state.tsx'
import { noGroup } from './groups.tsx'
import { StuckView } from './stuck-view.tsx'
import '../ui/tabs.css'
import './oversight.css'

const VacantView = latePart(() => import('./vacant-view.tsx'))
const VersionsView = latePart(() => import('./versions-view.tsx'))
const TryingView = latePart(() => import('./trying-view.tsx'))
const HealthView = latePart(() => import('./health-view.tsx'))

const VIEWS = ['stuck', 'vacant', 'versions', 'trying', 'health'] as const
type View = (typeof VIEWS)[number]

/** What those see who repair: what is stuck, what nobody can go on with, a change of version tried first, what is tried again, how the service is. */
export default function OversightPage() {
  const [params, setParams] = useSearchParams<{ view?: string }>()
  createEffect(() => language() === 'en' && void loadOversightEnglish())
  const view = (): View => VIEWS.find((each) => each === params.view) ?? 'stuck'
  return (
    <Page class="oversight">
      <header class="oversight-head">
        <h1>{ot('title')}</h1>
        <nav class="tabs bare" aria-label={ot('tabs.label')}>
          <For each={VIEWS}>
            {(each) => (
              <button
                type="button"
                class="tab"
                aria-current={view() === each ? 'true' : undefined}
                onClick={() => setParams({ view: each === 'stuck' ? undefined : each, search: undefined, ...noGroup })}
              >
                {ot(`tabs.${each}`)}
              </button>
            )}
          </For>
        </nav>
      </header>
      <Show when={view()} keyed>
        {(shown) => (
          <Suspense fallback={<Loading rows={4} />}>
            <Switch>
              <Match when={shown === 'stuck'}>
                <StuckView />
              </Match>
              <Match when={shown === 'vacant'}>
                <VacantView />
              </Match>
              <Match when={shown === 'versions'}>
                <VersionsView />
              </Match>
              <Match when={shown === 'trying'}>
                <TryingView />
              </Match>
              <Match when={shown === 'health'}>
                <HealthView />
              </Match>
            </Switch>
          </Suspense>
        )}
      </Show>
    </Page>
  )
}
