import Check from 'lucide-solid/icons/check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import WifiOff from 'lucide-solid/icons/wifi-off'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { momentText, timeText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import type { DraftStatus } from './draft.ts'
import './form-bar.css'
import type { Trouble } from './form-work.ts'

/** The bar below a form: how the draft stands, what is wrong, and the acts. It has its own room and covers nothing. */
export function FormBar(props: { status?: DraftStatus; trouble?: Trouble | null; children: JSX.Element }) {
  return (
    <div class="form-bar">
      <Show
        when={props.trouble}
        fallback={<Show when={props.status}>{(status) => <DraftLine status={status()} />}</Show>}
      >
        {(trouble) => (
          <div class="form-trouble" role="alert">
            <CircleAlert class="icon" aria-hidden="true" />
            <div>
              <p>
                <b>{trouble().title}</b> {trouble().text}
              </p>
              <Show when={trouble().others.length > 0}>
                <ul>
                  <For each={trouble().others}>
                    {(other) => (
                      <li>
                        {other.label ? `${other.label}${t('app.separator')}` : ''}
                        {other.message}
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            </div>
          </div>
        )}
      </Show>
      <div class="form-acts">{props.children}</div>
    </div>
  )
}

function DraftLine(props: { status: DraftStatus }) {
  const at = () => ('at' in props.status ? timeText(props.status.at) : '')
  return (
    <p class="draft-line" role="status">
      <Switch fallback={<span>{t('task.draft.empty')}</span>}>
        <Match when={props.status.state === 'saving'}>
          <span class="spinner" aria-hidden="true" />
          {t('task.draft.saving')}
        </Match>
        <Match when={props.status.state === 'saved'}>
          <Check class="icon s" aria-hidden="true" />
          {t('task.draft.saved', { time: at() })}
        </Match>
        <Match when={props.status.state === 'restored'}>
          <Check class="icon s" aria-hidden="true" />
          {t('task.draft.restored', { time: 'at' in props.status ? momentText(props.status.at) : '' })}
        </Match>
        <Match when={props.status.state === 'local'}>
          <WifiOff class="icon s" aria-hidden="true" />
          {t('task.draft.local')}
        </Match>
        <Match when={props.status.state === 'failed'}>
          <CircleAlert class="icon s" aria-hidden="true" />
          {t('task.draft.failed')}
        </Match>
      </Switch>
    </p>
  )
}
