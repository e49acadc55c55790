import { Toast, toaster } from '@kobalte/core/toast'
import Check from 'lucide-solid/icons/check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createEffect, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { t } from '../i18n/i18n.ts'
import './toast.css'

export type ToastTone = 'done' | 'plain' | 'problem'
export interface ToastWords {
  text: string
  tone: ToastTone
}

/** The list of toasts; `wanted` grows, and each new entry is shown once. */
export default function ToastRegion(props: { wanted: readonly ToastWords[] }) {
  let shown = 0
  createEffect(() => {
    for (const words of props.wanted.slice(shown)) {
      toaster.show((toast) => (
        <Toast
          as="div"
          toastId={toast.toastId}
          class={`toast ${words.tone}`}
          duration={words.tone === 'problem' ? 8000 : 3000}
        >
          <Show when={words.tone !== 'plain'}>
            {words.tone === 'problem' ? (
              <CircleAlert class="icon" aria-hidden="true" />
            ) : (
              <Check class="icon" aria-hidden="true" />
            )}
          </Show>
          <Toast.Description class="toast-text">{words.text}</Toast.Description>
        </Toast>
      ))
    }
    shown = props.wanted.length
  })
  return (
    <Portal>
      <Toast.Region limit={3} aria-label={t('app.name')}>
        <Toast.List as="div" class="toast-list" />
      </Toast.Region>
    </Portal>
  )
}
