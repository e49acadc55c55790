import { useNavigate } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import { type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import './top-bar.css'

/** Head of a phone page: the way back, what page this is, at most one act at the right. */
export function TopBar(props: { title: string; small?: string | undefined; back?: string; children?: JSX.Element }) {
  const navigate = useNavigate()
  return (
    <header class="top-bar">
      <Show when={props.back}>
        <button type="button" class="hit" aria-label={t('app.back')} onClick={() => navigate(props.back ?? '/')}>
          <ChevronLeft class="icon" aria-hidden="true" />
        </button>
      </Show>
      <h1>
        {props.title}
        <Show when={props.small}>
          <small>{props.small}</small>
        </Show>
      </h1>
      {props.children}
    </header>
  )
}
