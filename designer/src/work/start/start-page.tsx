import { useNavigate } from '@solidjs/router'
import Search from 'lucide-solid/icons/search'
import SearchX from 'lucide-solid/icons/search-x'
import { createMemo, createSignal, For, Match, Show, Suspense, Switch } from 'solid-js'
import type { Startable } from '../../api/shapes.ts'
import { useStartable } from '../../api/start.ts'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { latePart } from '../../ui/late.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { emptyRing } from '../../ui/ring-view.ts'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import '../../ui/list.css'
import { byDepartment, matches } from './startables.ts'
import './start.css'

const StartSheet = latePart(() => import('./start-sheet.tsx'))

/** What one may start: a ring shows how many steps each matter has. */
export default function StartPage() {
  const query = useStartable()
  const navigate = useNavigate()
  const [words, setWords] = createSignal('')
  const [chosen, setChosen] = createSignal<Startable | null>(null)
  const groups = createMemo(() => byDepartment((query.data ?? []).filter((item) => matches(item, words().trim()))))

  return (
    <Page class="start">
      <TopBar title={t('start.title')} back="/" />
      <div class="start-search">
        <Search class="icon" aria-hidden="true" />
        <input
          type="search"
          value={words()}
          placeholder={t('start.search')}
          aria-label={t('start.search')}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      <Switch>
        <Match when={query.isError && !query.data}>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Match>
        <Match when={query.isPending}>
          <Loading rows={4} />
        </Match>
        <Match when={groups().length === 0}>
          <EmptyState
            sign={<SearchX class="icon" />}
            title={t(words().trim() ? 'start.notFound' : 'start.none')}
            text={t(words().trim() ? 'start.notFoundText' : 'start.noneText')}
          />
        </Match>
        <Match when={groups().length > 0}>
          <For each={groups()}>
            {(group, index) => (
              <section>
                <h2 class="group-title">
                  {group.department ?? t('start.other')}
                  <Show when={index() === 0}>
                    <small>{t('start.ringHint')}</small>
                  </Show>
                </h2>
                <ul class="rows">
                  <For each={group.items}>
                    {(item) => (
                      <li>
                        <button type="button" class="matter" onClick={() => setChosen(item)}>
                          <Ring view={emptyRing(item.stages.length)} size="row" label="" />
                          <span class="matter-main">
                            <span class="matter-title">{item.name}</span>
                            <Show when={item.description}>
                              <span class="matter-do">{item.description}</span>
                            </Show>
                            <span class="matter-meta">
                              {item.units.map((unit) => unit.name).join(t('app.separator'))}
                            </span>
                            <Show when={item.draftSavedAt}>
                              {(at) => <span class="start-draft">{t('start.draft', { when: momentText(at()) })}</span>}
                            </Show>
                          </span>
                        </button>
                      </li>
                    )}
                  </For>
                </ul>
              </section>
            )}
          </For>
        </Match>
      </Switch>
      <Show when={chosen()}>
        {(item) => (
          <Suspense>
            <StartSheet
              process={item()}
              onClose={() => setChosen(null)}
              onBegin={(unitId) =>
                navigate(`/start/${encodeURIComponent(item().processId)}?unit=${encodeURIComponent(unitId)}`)
              }
            />
          </Suspense>
        )}
      </Show>
    </Page>
  )
}
