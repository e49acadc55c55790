import { Dialog } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { createEffect, type JSX, on, onCleanup } from 'solid-js'
import { sessionEnded } from '../api/session-ended.ts'
import { t } from '../i18n/i18n.ts'
import './sheet.css'

export interface SheetProps {
  open: boolean
  onClose: () => void
  title: string
  children: JSX.Element
  /** Stands below the scrolled content and stays in view. */
  foot?: JSX.Element
  /** As wide as the desk allows: for things that stand side by side. */
  wide?: boolean
}

/** When to look after the focus: a sheet gives it away when it has gone, sooner or later. */
const SETTLED = [20, 120, 350]

/** A sheet that comes up from below on a phone and stands in the middle on a desk. Focus stays inside while open. */
export function Sheet(props: SheetProps) {
  // Effects may wait for what the sheet loads; by then focus is inside it.
  let opener = props.open ? openerNow() : null
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (open) opener ??= openerNow()
        else goBack()
      },
    ),
  )
  // A sheet may be taken away while it is open.
  onCleanup(() => goBack())
  /** Back to what opened the sheet, when it is gone and focus has not gone elsewhere. */
  function goBack(): void {
    const back = opener
    opener = null
    for (const wait of back ? SETTLED : [])
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (!isLost) return
        if (back?.isConnected) back.focus({ preventScroll: true })
        // What opened it may be gone with what was done in it: the keyboard goes on from the page's content.
        else if (wait === SETTLED.at(-1)) document.getElementById('content')?.focus({ preventScroll: true })
      }, wait)
  }
  return (
    <Dialog
      open={props.open}
      // Signing in again goes before the sheet, which waits with what was typed in it.
      modal={!sessionEnded()}
      onOpenChange={(open) => !open && !sessionEnded() && props.onClose()}
    >
      <Dialog.Portal>
        <Dialog.Overlay class="scrim" classList={{ covered: sessionEnded() }} />
        <div class="sheet-place" classList={{ covered: sessionEnded() }}>
          <Dialog.Content class="sheet" classList={{ wide: props.wide }} onOpenAutoFocus={focusNow}>
            <div class="sheet-grab" aria-hidden="true" />
            <header class="sheet-head">
              <Dialog.Title class="sheet-title">{props.title}</Dialog.Title>
              <Dialog.CloseButton class="hit" aria-label={t('app.close')}>
                <X class="icon" aria-hidden="true" />
              </Dialog.CloseButton>
            </header>
            <div class="sheet-body">{props.children}</div>
            {props.foot ? <footer class="sheet-foot">{props.foot}</footer> : null}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  )
}

/**
 * The sheet itself has the focus from the moment it opens. Left to the library, its first button would get it, which
 * closes it, and a moment later: a key pressed by then would close the sheet.
 */
function focusNow(event: Event): void {
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true })
}

/** What had the focus last outside menus and sheets: they go, it stays. */
let lastOutside: HTMLElement | null = null
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && !target.closest('.menu, .sheet')) lastOutside = target
})
const openerNow = (): HTMLElement | null => lastOutside
