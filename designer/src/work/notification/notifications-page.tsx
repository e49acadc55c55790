import Bell from 'lucide-solid/icons/bell'
import CheckCheck from 'lucide-solid/icons/check-check'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { useMarkRead, useNotifications } from '../../api/notifications.ts'
import { t } from '../../i18n/i18n.ts'
import { More } from '../../ui/more.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, errorWords, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import { wide } from '../../ui/wide.ts'
import { NotificationLine } from './notification-line.tsx'
import './notifications-page.css'

/** What this person was told of cases, newest first. */
export default function NotificationsPage() {
  const list = useNotifications()
  const note = useMarkRead()
  const pages = () => (list.isSuccess ? list.data.pages : [])
  // By key: a line stays where it is, with the keyboard on it, when it is read again.
  const items = createMemo(() => new Map(pages().flatMap((page) => page.items.map((item) => [item.key, item]))))
  const unread = () => pages().at(-1)?.unread ?? 0
  const now = () => pages().at(-1)?.now ?? new Date().toISOString()
  const mark = (key: string): Promise<void> =>
    note(key).catch((error: unknown) => showToast(errorWords(error).title, 'problem'))

  return (
    <Page class="notifications">
      <Head unread={unread()} onReadAll={() => void mark('all')} />
      <Switch>
        <Match when={list.isError && items().size === 0}>
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        </Match>
        <Match when={list.isPending}>
          <Loading rows={4} />
        </Match>
        <Match when={items().size === 0}>
          <EmptyState sign={<Bell class="icon" />} title={t('notification.none')} text={t('notification.noneText')} />
        </Match>
        <Match when={true}>
          <ul class="notification-list">
            <For each={[...items().keys()]}>
              {(key) => (
                <Show when={items().get(key)}>
                  {(item) => <NotificationLine item={item()} now={now()} onRead={() => mark(key)} />}
                </Show>
              )}
            </For>
          </ul>
          <More of={list} class="notifications-more" wide={!wide()} />
        </Match>
      </Switch>
    </Page>
  )
}

/** What page this is, how much of it is unread, and the way to have read it all. */
function Head(props: { unread: number; onReadAll: () => void }) {
  const count = () => (props.unread > 0 ? t('notification.unread', { count: props.unread }) : '')
  const readAll = () => (
    <Show when={props.unread > 0}>
      <button type="button" class="hit text" onClick={() => props.onReadAll()}>
        <CheckCheck class="icon s" aria-hidden="true" />
        {t('notification.readAll')}
      </button>
    </Show>
  )
  return (
    <Show
      when={wide()}
      fallback={
        <TopBar title={t('notification.title')} small={count()} back="/me">
          {readAll()}
        </TopBar>
      }
    >
      <header class="notifications-head">
        <h1>{t('notification.title')}</h1>
        <p>{count()}</p>
        {readAll()}
      </header>
    </Show>
  )
}
