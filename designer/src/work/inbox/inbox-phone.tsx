import { A, useSearchParams } from '@solidjs/router'
import ALargeSmall from 'lucide-solid/icons/a-large-small'
import WifiOff from 'lucide-solid/icons/wifi-off'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { useInbox } from '../../api/inbox.ts'
import { useSession } from '../../api/session.ts'
import type { InboxItem, InboxView } from '../../api/shapes.ts'
import { dayText, weekdayText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { online } from '../../ui/online.ts'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing } from '../../ui/ring-view.ts'
import { large, setLarge } from '../../ui/size.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'
import '../../ui/field.css'
import '../../ui/list.css'
import { groupByDeadline, groupOf } from './groups.ts'
import { InboxEmpty } from './inbox-empty.tsx'
import './inbox-phone.css'
import { More } from '../../ui/more.tsx'
import { doWords, rowRing, VIEWS, whenWords, whereTo } from './inbox-words.ts'
import { manyWords } from './many-words.ts'

/** The inbox on a phone: what is due today first, each row a ring, a matter, what is wanted. */
export function InboxPhone() {
  const [params, setParams] = useSearchParams<{ view?: string }>()
  const view = (): InboxView => VIEWS.find((name) => name === params.view) ?? 'mine'
  const session = useSession()
  const inbox = useInbox(view, () => '')
  const pages = () => inbox.data?.pages ?? []
  const items = createMemo(() => pages().flatMap((page) => page.items))
  const now = () => pages().at(-1)?.now ?? new Date().toISOString()
  const counts = () => pages().at(-1)?.counts
  const urgent = () => items().filter((item) => groupOf(item.dueAt, now()) === 'today').length
  const place = () => session.data?.positions[0]?.unit.name ?? ''

  return (
    <Page class="inbox-phone">
      <header class="home-head">
        <div>
          <p>{[place(), `${dayText(now())} ${weekdayText(now())}`].filter(Boolean).join(t('app.separator'))}</p>
          <h1>{view() === 'mine' && items().length > 0 ? headline(urgent()) : t('app.inbox')}</h1>
        </div>
        <button type="button" class="hit home-size" aria-pressed={large()} onClick={() => setLarge(!large())}>
          <ALargeSmall class="icon" aria-hidden="true" />
          {large() ? t('app.largeOff') : t('app.largeOn')}
        </button>
      </header>
      <Show when={!online() || (inbox.isError && items().length > 0)}>
        <p class="strip" role="status">
          <WifiOff class="icon" aria-hidden="true" />
          {t(online() ? 'app.unreachable' : 'app.offline')}
        </p>
      </Show>
      <nav class="tab-line" aria-label={t('inbox.viewsLabel')}>
        <For each={VIEWS}>
          {(name) => (
            <button
              type="button"
              class="tab"
              aria-current={view() === name ? 'page' : undefined}
              onClick={() => setParams({ view: name === 'mine' ? undefined : name }, { replace: true })}
            >
              {t(`inbox.views.${name}`)}
              <Show when={counts()?.[name]}>{(count) => <span class="num">{manyWords(count())}</span>}</Show>
            </button>
          )}
        </For>
      </nav>
      <Switch>
        <Match when={inbox.isError && items().length === 0}>
          <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />
        </Match>
        <Match when={inbox.isPending}>
          <Loading rows={4} />
        </Match>
        <Match when={items().length === 0}>
          <InboxEmpty view={view()} claimable={counts()?.claimable ?? 0} onSee={(view) => setParams({ view })} />
        </Match>
        <Match when={view() === 'mine' || view() === 'claimable'}>
          <For each={groupByDeadline(items(), now())}>
            {(group) => (
              <section>
                <h2 class="group-title">{t(`inbox.group.${group.name}`)}</h2>
                <Rows items={group.items} view={view()} now={now()} />
              </section>
            )}
          </For>
        </Match>
        <Match when={items().length > 0}>
          <Rows items={items()} view={view()} now={now()} />
        </Match>
      </Switch>
      <More of={inbox} wide />
    </Page>
  )
}

const headline = (count: number): string => (count > 0 ? t('inbox.today', { count }) : t('inbox.nothingToday'))

function Rows(props: { items: readonly InboxItem[]; view: InboxView; now: string }) {
  return (
    <ul class="rows">
      <For each={props.items}>
        {(item) => {
          const when = () => whenWords(item, props.view, props.now)
          return (
            <li>
              <A class="matter" href={whereTo(item)}>
                <Ring view={caseRing(rowRing(item), props.now)} size="row" label="" />
                <div class="matter-main">
                  <p class="matter-title">{item.title}</p>
                  <p class="matter-do">{doWords(item, props.view)}</p>
                  <p class="matter-meta">
                    <span>{[item.processName, item.caseNumber].filter(Boolean).join(t('app.separator'))}</span>
                    <span class={`when ${when().tone}`}>{when().text}</span>
                  </p>
                </div>
              </A>
            </li>
          )
        }}
      </For>
    </ul>
  )
}
