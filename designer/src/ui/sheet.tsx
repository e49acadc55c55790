import { Dialog } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import type { JSX } from 'solid-js'
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

/** A sheet that comes up from below on a phone and stands in the middle on a desk. Focus stays inside while open. */
export function Sheet(props: SheetProps) {
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
          <Dialog.Content class="sheet" classList={{ wide: props.wide }}>
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
