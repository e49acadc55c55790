import { useNavigate, useSearchParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import CheckCheck from 'lucide-solid/icons/check-check'
import Hand from 'lucide-solid/icons/hand'
import Hourglass from 'lucide-solid/icons/hourglass'
import InboxIcon from 'lucide-solid/icons/inbox'
import MousePointerClick from 'lucide-solid/icons/mouse-pointer-click'
import SearchIcon from 'lucide-solid/icons/search'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, For, Match, onCleanup, Show, Suspense, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useInbox } from '../../api/inbox.ts'
import type { InboxItem, InboxView } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { ClockText } from '../../ui/clock-text.tsx'
import { latePart } from '../../ui/late.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing } from '../../ui/ring-view.ts'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import './inbox-desk.css'
import { More } from '../../ui/more.tsx'
import { InboxEmpty } from './inbox-empty.tsx'
import { rowRing, VIEWS, whenWords } from './inbox-words.ts'
import { KeysSheet } from './keys-sheet.tsx'
import { manyWords } from './many-words.ts'
import { useKeys } from './use-keys.ts'

const TaskPane = latePart(() => import('../task/task-pane.tsx'))
const ICONS = { mine: InboxIcon, claimable: Hand, waiting: Hourglass, done: CheckCheck }

/** The inbox on a desk: views, the list, and the chosen task worked on in place. */
export default function InboxDesk() {
  const [params, setParams] = useSearchParams<{ view?: string; task?: string }>()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [typed, setTyped] = createSignal('')
  const [search, setSearch] = createSignal('')
  const [help, setHelp] = createSignal(false)
  let searchBox!: HTMLInputElement
  let list!: HTMLUListElement
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const view = (): InboxView => VIEWS.find((name) => name === params.view) ?? 'mine'
  const inbox = useInbox(view, search)
  const pages = () => inbox.data?.pages ?? []
  const items = createMemo(() => pages().flatMap((page) => page.items))
  const now = () => pages().at(-1)?.now ?? new Date().toISOString()
  const counts = () => pages().at(-1)?.counts
  const chosen = () => params.task

  function type(text: string): void {
    setTyped(text)
    clearTimeout(timer)
    timer = setTimeout(() => setSearch(text.trim()), 250)
  }
  function open(item: InboxItem): void {
    if (item.taskKey) setParams({ task: item.taskKey }, { replace: Boolean(chosen()) || !greeted })
    else navigate(`/cases/${item.caseKey}`)
  }
  function step(by: number): void {
    const withTask = items().filter((item) => item.taskKey)
    const at = withTask.findIndex((item) => item.taskKey === chosen())
    const next = withTask[at < 0 ? 0 : at + by]
    if (!next) return
    open(next)
    requestAnimationFrame(() => list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }))
  }
  /** After a task: the next one of the same case, else the one below it in the list. */
  function completed(taskKey: string, nextTaskKey: string | null): void {
    const rows = items()
    const at = rows.findIndex((item) => item.taskKey === taskKey)
    const below = view() === 'mine' ? (rows[at + 1] ?? rows[at - 1]) : undefined
    setParams({ task: nextTaskKey ?? below?.taskKey ?? undefined }, { replace: true })
    void queries.invalidateQueries({ queryKey: ['inbox'] })
  }

  // Coming to a full desk, the first task lies open; once one was chosen or finished, people choose themselves.
  let greeted = Boolean(chosen()) || view() !== 'mine'
  createEffect(() => {
    const first = items()[0]
    if (greeted || !first) return
    open(first)
    greeted = true
  })

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    '/': () => searchBox.focus(),
    '?': () => setHelp(true),
    Enter: () => {
      const first = chosen() ? undefined : items()[0]
      if (first) open(first)
    },
    v: () => {
      const next = VIEWS[(VIEWS.indexOf(view()) + 1) % VIEWS.length]
      setParams({ view: next === 'mine' ? undefined : next, task: undefined })
    },
  })

  return (
    <Page class="inbox-desk">
      <aside class="views">
        <h1>
          {t('inbox.title')}
          <Many of={counts()?.mine} />
        </h1>
        <nav aria-label={t('inbox.viewsLabel')}>
          <For each={VIEWS}>
            {(name) => (
              <button
                type="button"
                class="view"
                aria-current={view() === name ? 'page' : undefined}
                onClick={() => setParams({ view: name === 'mine' ? undefined : name, task: undefined })}
              >
                <Dynamic component={ICONS[name]} class="icon" aria-hidden="true" />
                {t(`inbox.views.${name}`)}
                <Many of={counts()?.[name]} />
              </button>
            )}
          </For>
        </nav>
        <div class="view-keys" aria-hidden="true">
          <span>
            <kbd class="kbd">J</kbd>
            <kbd class="kbd">K</kbd>
            {t('inbox.keys.move')}
          </span>
          <span>
            <kbd class="kbd">/</kbd>
            {t('inbox.keys.search')}
          </span>
          <span>
            <kbd class="kbd">?</kbd>
            {t('inbox.keys.help')}
          </span>
        </div>
      </aside>
      <section class="list" aria-label={t(`inbox.views.${view()}`)}>
        <div class="list-search">
          <SearchIcon class="icon" aria-hidden="true" />
          <input
            ref={searchBox}
            type="search"
            value={typed()}
            placeholder={t('inbox.search')}
            aria-label={t('inbox.search')}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              type('')
              event.currentTarget.blur()
            }}
          />
          <Show
            when={typed() !== ''}
            fallback={
              <span class="kbd" aria-hidden="true">
                /
              </span>
            }
          >
            <button type="button" class="list-clear" aria-label={t('inbox.clear')} onClick={() => type('')}>
              <X class="icon s" aria-hidden="true" />
            </button>
          </Show>
        </div>
        <div class="list-scroll">
          <Switch>
            <Match when={inbox.isError && items().length === 0}>
              <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />
            </Match>
            <Match when={inbox.isPending}>
              <Loading rows={6} />
            </Match>
            <Match when={items().length === 0}>
              <InboxEmpty
                view={view()}
                searching={search() !== ''}
                claimable={counts()?.claimable ?? 0}
                onSee={(view) => setParams({ view, task: undefined })}
              />
            </Match>
            <Match when={items().length > 0}>
              <ul ref={list}>
                <For each={items()}>
                  {(item) => (
                    <li>
                      <button
                        type="button"
                        class="line"
                        aria-current={item.taskKey && item.taskKey === chosen() ? 'true' : undefined}
                        onClick={() => open(item)}
                      >
                        <Ring view={caseRing(rowRing(item), now())} size="mini" label="" />
                        <span class="line-main">
                          <b>{item.title}</b>
                          <small>{[item.unit.name, item.name].join(t('app.separator'))}</small>
                        </span>
                        <Show
                          when={view() !== 'done'}
                          fallback={<span class="line-done">{whenWords(item, 'done', now()).text}</span>}
                        >
                          <ClockText dueAt={item.dueAt} now={now()} />
                        </Show>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
              <More of={inbox} small wide />
            </Match>
          </Switch>
        </div>
      </section>
      <section class="reading">
        <Show
          when={chosen()}
          keyed
          fallback={
            <Show when={items().length > 0}>
              <EmptyState
                sign={<MousePointerClick class="icon" />}
                title={t('inbox.choose')}
                text={t('inbox.chooseText')}
              />
            </Show>
          }
        >
          {(key) => (
            <Suspense fallback={<Loading />}>
              <TaskPane taskKey={key} onCompleted={(answer) => completed(key, answer.nextTaskKey)} />
            </Suspense>
          )}
        </Show>
      </section>
      <KeysSheet open={help()} onClose={() => setHelp(false)} />
    </Page>
  )
}

/** How many a view holds; nothing while that is not known. */
const Many = (props: { of: number | undefined }) => (
  <span class="num">{props.of === undefined ? '' : manyWords(props.of)}</span>
)
