import { A } from '@solidjs/router'
import UserRound from 'lucide-solid/icons/user-round'
import { For } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useSession } from '../api/session.ts'
import { t } from '../i18n/i18n.ts'
import { barPlacesOf, start } from './places.ts'
import { UnreadMark } from './unread-mark.tsx'
import './bottom-bar.css'

/** The places of the app on a phone; for who takes part in cases with the one seal button to start a matter. */
export function BottomBar() {
  const session = useSession()
  return (
    <nav class="bottom-bar" aria-label={t('app.places')}>
      <For each={session.data ? barPlacesOf(session.data) : []}>
        {(place) => (
          <A class={place === start ? 'btn primary bottom-start' : 'place'} href={place.href} end={place.href === '/'}>
            <Dynamic component={place.icon} class="icon" aria-hidden="true" />
            {t(place.name)}
          </A>
        )}
      </For>
      <A class="place" href="/me">
        <span class="unread-sign">
          <UserRound class="icon" aria-hidden="true" />
          <UnreadMark />
        </span>
        {t('app.me')}
      </A>
    </nav>
  )
}
