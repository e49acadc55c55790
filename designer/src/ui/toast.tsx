import { createSignal, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import type { ToastTone, ToastWords } from './toast-region.tsx'

const [wanted, setWanted] = createSignal<ToastWords[]>([])
const load = () => import('./toast-region.tsx')
const ToastRegion = lazy(() => load().catch(() => ({ default: () => null })))

/** Says something in passing at the edge of the window; it goes away by itself. */
export function showToast(text: string, tone: ToastTone = 'done'): void {
  setWanted((list) => [...list, { text, tone }])
}

/** How long the pages come first on the line. */
const AFTER_MS = 2000

/**
 * Where toasts appear. Their code comes after the pages, and before the first toast: what is said when the network is gone
 * could not be fetched then.
 */
export function Toasts() {
  onMount(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), AFTER_MS)
    onCleanup(() => clearTimeout(timer))
  })
  return (
    <Show when={wanted().length > 0}>
      <Suspense>
        <ToastRegion wanted={wanted()} />
      </Suspense>
    </Show>
  )
}
