import type { Me } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import Bell from 'lucide-solid/icons/bell'
import { For, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../i18n/i18n.ts'
import { latePart } from './late.tsx'
import { Mark } from './mark.tsx'
import { placesOf } from './places.ts'
import { UnreadMark } from './unread-mark.tsx'
import './rail.css'

const PersonMenu = latePart(() => import('./person-menu.tsx'))

/** The places of the app on a desk; only those that exist for this person. */
export function Rail(props: { me: Me }) {
  return (
    <nav class="rail" aria-label={t('app.places')}>
      <A href="/" class="rail-mark" aria-label={t('app.name')}>
        <Mark />
      </A>
      <For each={placesOf(props.me)}>
        {(place) => (
          <A class="rail-place" href={place.href} end={place.href === '/'}>
            <Dynamic component={place.icon} class="icon" aria-hidden="true" />
            {t(place.name)}
          </A>
        )}
      </For>
      <div class="rail-foot">
        <A class="rail-place" href="/notifications">
          <span class="unread-sign">
            <Bell class="icon" aria-hidden="true" />
            <UnreadMark />
          </span>
          {t('notification.title')}
        </A>
        <Suspense fallback={<span class="avatar">{props.me.name.slice(0, 1)}</span>}>
          <PersonMenu me={props.me} />
        </Suspense>
      </div>
    </nav>
  )
}
