import type { Me } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import Bell from 'lucide-solid/icons/bell'
import FilesIcon from 'lucide-solid/icons/files'
import InboxIcon from 'lucide-solid/icons/inbox'
import Megaphone from 'lucide-solid/icons/megaphone'
import Plus from 'lucide-solid/icons/plus'
import Workflow from 'lucide-solid/icons/workflow'
import Wrench from 'lucide-solid/icons/wrench'
import { lazy, Show, Suspense } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Mark } from './mark.tsx'
import { UnreadMark } from './unread-mark.tsx'
import './rail.css'

const PersonMenu = lazy(() => import('./person-menu.tsx'))

/** The places of the app on a desk; only those that exist for this person. */
export function Rail(props: { me: Me }) {
  return (
    <nav class="rail" aria-label={t('app.places')}>
      <A href="/" class="rail-mark" aria-label={t('app.name')}>
        <Mark />
      </A>
      <Show when={props.me.can.work}>
        <A class="rail-place" href="/" end>
          <InboxIcon class="icon" aria-hidden="true" />
          {t('app.inbox')}
        </A>
        <A class="rail-place" href="/start">
          <Plus class="icon" aria-hidden="true" />
          {t('app.start')}
        </A>
      </Show>
      <Show when={props.me.can.work || props.me.can.audit}>
        <A class="rail-place" href="/cases">
          <FilesIcon class="icon" aria-hidden="true" />
          {t('app.cases')}
        </A>
      </Show>
      <Show when={props.me.can.design}>
        <A class="rail-place" href="/studio">
          <Workflow class="icon" aria-hidden="true" />
          {t('app.studio')}
        </A>
      </Show>
      <Show when={props.me.can.operate}>
        <A class="rail-place" href="/operate">
          <Wrench class="icon" aria-hidden="true" />
          {t('app.operate')}
        </A>
      </Show>
      <A class="rail-place" href="/notices">
        <Megaphone class="icon" aria-hidden="true" />
        {t('app.board')}
      </A>
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
