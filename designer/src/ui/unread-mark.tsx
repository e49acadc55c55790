import { Show } from 'solid-js'
import { useUnread } from '../api/unread.ts'
import { t } from '../i18n/i18n.ts'
import './unread-mark.css'

/** A point at the corner of a sign while something is unread. How much it is, is said inside. */
export function UnreadMark() {
  const unread = useUnread()
  return (
    <Show when={unread.isSuccess && unread.data.unread > 0}>
      <span class="unread-mark">
        <span class="sr">{t('notification.someUnread')}</span>
      </span>
    </Show>
  )
}
