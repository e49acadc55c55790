import { createSignal, lazy, Show, Suspense } from 'solid-js'

export type ToastTone = 'done' | 'plain' | 'problem'
export interface ToastWords {
  text: string
  tone: ToastTone
}

const [wanted, setWanted] = createSignal<ToastWords[]>([])
const ToastRegion = lazy(() => import('./toast-region.tsx'))

/** Says something in passing at the edge of the window; it goes away by itself. */
export function showToast(text: string, tone: ToastTone = 'done'): void {
  setWanted((list) => [...list, { text, tone }])
}

/** Where toasts appear. Its code is fetched with the first toast. */
export function Toasts() {
  return (
    <Show when={wanted().length > 0}>
      <Suspense>
        <ToastRegion wanted={wanted()} />
      </Suspense>
    </Show>
  )
}
