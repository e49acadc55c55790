import { createSignal } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { showToast } from '../../ui/toast.tsx'
import { arrange } from './auto-layout.ts'
import { beginPaper } from './canvas-acts.ts'
import type { StudioModeler } from './services.ts'

/** Says what arranging everything does before it does it. */
export function TidySheet(props: { modeler: StudioModeler; open: boolean; onClose: () => void }) {
  const [busy, setBusy] = createSignal(false)
  const tidy = async () => {
    setBusy(true)
    try {
      const refusal = await arrange(props.modeler)
      showToast(st(refusal ? 'bpmn.tidyLanes' : 'bpmn.tidyDone'), refusal ? 'plain' : 'done')
      if (!refusal) beginPaper(props.modeler)
    } catch {
      showToast(st('bpmn.tidyFailed'), 'problem')
    } finally {
      setBusy(false)
      props.onClose()
    }
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={st('bpmn.tidyTitle')}
      foot={
        <>
          <Button onClick={() => props.onClose()}>{st('bpmn.tidyCancel')}</Button>
          <Button busy={busy()} onClick={() => void tidy()}>
            {st('bpmn.tidyDo')}
          </Button>
        </>
      }
    >
      <p class="tidy-text">{st('bpmn.tidyText')}</p>
    </Sheet>
  )
}
