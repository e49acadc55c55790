import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import LogOut from 'lucide-solid/icons/log-out'
import { For, Show } from 'solid-js'
import { useSession } from '../../api/session.ts'
import { useUnread } from '../../api/unread.ts'
import { language, setLanguage, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useLeave } from '../../ui/leave.ts'
import { Page } from '../../ui/page.tsx'
import { large, setLarge } from '../../ui/size.ts'
import { TopBar } from '../../ui/top-bar.tsx'
import './me.css'

/** Who one is here, the size of text, the language, and the way out. */
export default function MePage() {
  const session = useSession()
  const leave = useLeave()
  const unread = useUnread()
  const count = () => (unread.isSuccess ? unread.data.unread : 0)
  return (
    <Page class="me">
      <TopBar title={t('me.title')} />
      <Show when={session.data}>
        {(me) => (
          <div class="me-body">
            <section class="me-who">
              <span class="me-face" aria-hidden="true">
                {me().name.slice(0, 1)}
              </span>
              <div>
                <h2>{me().name}</h2>
                <p>{me().username}</p>
              </div>
            </section>
            <div class="me-block">
              <A class="me-line" href="/notifications">
                <b>{t('notification.title')}</b>
                <span class="me-more">
                  <Show when={count() > 0}>{t('notification.unread', { count: count() })}</Show>
                  <ChevronRight class="icon s" aria-hidden="true" />
                </span>
              </A>
            </div>
            <h3>{t('me.positions')}</h3>
            <ul class="me-block">
              <For each={me().positions} fallback={<li class="quiet">{t('me.none')}</li>}>
                {(position) => (
                  <li>
                    <b>{position.roleName}</b>
                    <span>{position.unit.name}</span>
                  </li>
                )}
              </For>
            </ul>
            <h3>{t('me.display')}</h3>
            <div class="me-block">
              <label class="me-line">
                <span>
                  <b>{t('me.largeText')}</b>
                  <small>{t('me.largeHint')}</small>
                </span>
                <input
                  class="switch"
                  type="checkbox"
                  role="switch"
                  aria-checked={large()}
                  checked={large()}
                  onChange={(event) => setLarge(event.currentTarget.checked)}
                />
              </label>
              <fieldset class="me-line" aria-label={t('app.language')}>
                <b>{t('app.language')}</b>
                <span class="segments">
                  <button type="button" aria-pressed={language() === 'zh-CN'} onClick={() => void setLanguage('zh-CN')}>
                    {t('app.chinese')}
                  </button>
                  <button type="button" aria-pressed={language() === 'en'} onClick={() => void setLanguage('en')}>
                    {t('app.english')}
                  </button>
                </span>
              </fieldset>
            </div>
            <Button wide onClick={() => void leave()}>
              <LogOut class="icon" aria-hidden="true" />
              {t('app.signOut')}
            </Button>
          </div>
        )}
      </Show>
    </Page>
  )
}
