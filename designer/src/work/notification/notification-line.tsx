import type { Notifications } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import Check from 'lucide-solid/icons/check'
import { Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'

export type Notification = Notifications['items'][number]

/**
 * One notification. The whole line leads to its case, and whoever goes there has read it; an unread one can be marked
 * without going.
 */
export function NotificationLine(props: { item: Notification; now: string; onRead: () => Promise<void> }) {
  let link!: HTMLAnchorElement
  const unread = () => props.item.readAt === null
  async function read(): Promise<void> {
    // The button goes away: who came to it by keyboard stays in this line, also when reading the list again has taken
    // it out of the page for a moment.
    link.focus()
    await props.onRead()
    if (document.activeElement === document.body) link.focus()
  }
  return (
    <li class="notification" classList={{ unread: unread() }}>
      <div class="notification-body">
        <h2>
          <Show when={unread()}>
            <span class="sr">{t('notification.isUnread')}</span>
          </Show>
          <A
            ref={link}
            class="notification-link"
            href={`/cases/${props.item.caseKey}`}
            onClick={() => unread() && void props.onRead()}
          >
            {props.item.title}
          </A>
        </h2>
        <Show when={props.item.text}>
          <p class="notification-text">{props.item.text}</p>
        </Show>
        <time dateTime={props.item.at}>{momentText(props.item.at, props.now)}</time>
      </div>
      <Show when={unread()}>
        <button
          type="button"
          class="hit notification-read"
          aria-label={t('notification.readOne')}
          title={t('notification.readOne')}
          onClick={() => void read()}
        >
          <Check class="icon" aria-hidden="true" />
        </button>
      </Show>
    </li>
  )
}
