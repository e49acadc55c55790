import type { Me } from '@bihuan/runtime/contract'
import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { useNavigate } from '@solidjs/router'
import ALargeSmall from 'lucide-solid/icons/a-large-small'
import Languages from 'lucide-solid/icons/languages'
import LogOut from 'lucide-solid/icons/log-out'
import UserRound from 'lucide-solid/icons/user-round'
import { For } from 'solid-js'
import { language, setLanguage, t } from '../i18n/i18n.ts'
import { useLeave } from './leave.ts'
import { large, setLarge } from './size.ts'
import './menu.css'

/** Who is signed in, with language, size of text and the way out. */
export default function PersonMenu(props: { me: Me }) {
  const leave = useLeave()
  const navigate = useNavigate()
  return (
    <DropdownMenu placement="right-end" gutter={10} modal={false}>
      <DropdownMenu.Trigger class="avatar" aria-label={t('app.person', { name: props.me.name })}>
        {props.me.name.slice(0, 1)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <div class="menu-who">
            <b>{props.me.name}</b>
            <For each={props.me.positions}>
              {(position) => (
                <span>
                  {position.unit.name} {position.roleName}
                </span>
              )}
            </For>
          </div>
          <DropdownMenu.Item class="menu-item" onSelect={() => navigate('/me')}>
            <UserRound class="icon" aria-hidden="true" />
            {t('me.title')}
          </DropdownMenu.Item>
          <DropdownMenu.Item class="menu-item" onSelect={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
            <Languages class="icon" aria-hidden="true" />
            {t('app.language')}
            <small>{language() === 'en' ? t('app.chinese') : t('app.english')}</small>
          </DropdownMenu.Item>
          <DropdownMenu.Item class="menu-item" onSelect={() => setLarge(!large())}>
            <ALargeSmall class="icon" aria-hidden="true" />
            {large() ? t('app.largeOff') : t('app.largeOn')}
          </DropdownMenu.Item>
          <DropdownMenu.Item class="menu-item" onSelect={() => void leave()}>
            <LogOut class="icon" aria-hidden="true" />
            {t('app.signOut')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}
