import type { Shape } from 'bpmn-js/lib/model/Types'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { isFlow, objectOf } from '../pieces/extension.ts'
import { useSentences } from './sentence-context.tsx'

interface RemoveDialogProps {
  element: Shape
  open: boolean
  onClose: () => void
}

/** Takes an element out: first what goes with it, then the choice. Fields stay unless they are asked to go. */
export function RemoveDialog(props: RemoveDialogProps) {
  const { pieces, modeler, fields, stepName } = useSentences()
  const leaving = createMemo(() =>
    props.open && !isFlow(props.element) ? pieces.leaving(props.element) : { elements: [], fieldKeys: [] },
  )
  const fieldNames = () =>
    fields()
      .filter((field) => leaving().fieldKeys.includes(field.key))
      .map((field) => field.name)
  const names = () =>
    leaving()
      .elements.map((one) => objectOf(one).name)
      .filter(Boolean) as string[]
  const hasMore = () => leaving().elements.length + leaving().fieldKeys.length > 0
  const alone = () => {
    props.onClose()
    if (isFlow(props.element)) modeler.get('modeling').removeElements([props.element])
    else pieces.remove(props.element, { elements: [], fieldKeys: [] })
  }
  const together = () => {
    const all = leaving()
    props.onClose()
    pieces.remove(props.element, all)
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={st('pieces.remove.title', { name: stepName(props.element) })}
      foot={
        <div class="remove-acts">
          <Button kind="secondary" size="small" onClick={alone}>
            {st(hasMore() ? 'pieces.remove.alone' : 'pieces.head.remove')}
          </Button>
          <Show when={hasMore()}>
            <Button kind="secondary" size="small" onClick={together}>
              {st('pieces.remove.together')}
            </Button>
          </Show>
        </div>
      }
    >
      <div class="remove-body">
        <Show when={hasMore()} fallback={<p>{st('pieces.remove.simple')}</p>}>
          <p>{st('pieces.remove.text')}</p>
          <ul class="remove-list">
            <Show when={names().length > 0}>
              <li>{st('pieces.remove.elements', { names: names().join(st('pieces.comma')) })}</li>
            </Show>
            <For each={fieldNames()}>{(name) => <li>{st('pieces.remove.field', { name })}</li>}</For>
          </ul>
        </Show>
        <p class="sentence-note">{st('pieces.remove.undo')}</p>
      </div>
    </Sheet>
  )
}
