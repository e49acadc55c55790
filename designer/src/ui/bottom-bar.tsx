import { A } from '@solidjs/router'
import FilesIcon from 'lucide-solid/icons/files'
import InboxIcon from 'lucide-solid/icons/inbox'
import Megaphone from 'lucide-solid/icons/megaphone'
import Plus from 'lucide-solid/icons/plus'
import UserRound from 'lucide-solid/icons/user-round'
import { t } from '../i18n/i18n.ts'
import { UnreadMark } from './unread-mark.tsx'
import './bottom-bar.css'

/** The places of the app on a phone, with the one seal button to start a matter. */
export function BottomBar() {
  return (
    <nav class="bottom-bar" aria-label={t('app.places')}>
      <A class="place" href="/" end>
        <InboxIcon class="icon" aria-hidden="true" />
        {t('app.inbox')}
      </A>
      <A class="place" href="/cases">
        <FilesIcon class="icon" aria-hidden="true" />
        {t('app.cases')}
      </A>
      <A class="btn primary bottom-start" href="/start">
        <Plus class="icon" aria-hidden="true" />
        {t('app.start')}
      </A>
      <A class="place" href="/notices">
        <Megaphone class="icon" aria-hidden="true" />
        {t('app.board')}
      </A>
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
