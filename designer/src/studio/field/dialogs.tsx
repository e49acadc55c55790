import type { FieldEntry } from '@bihuan/engine'
import { Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { UseList } from './use-list.tsx'
import type { Written } from './uses.ts'

/** Says where a field is used before it is deleted. */
export function DropDialog(props: {
  field: FieldEntry | undefined
  steps: number
  uses: readonly Written[]
  onDrop: () => void
  onClose: () => void
}) {
  return (
    <Sheet
      open={props.field !== undefined}
      onClose={props.onClose}
      title={st('fields.drop.title', { field: props.field?.name ?? '' })}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('fields.drop.keep')}
          </Button>
          <Button size="small" class="danger" onClick={props.onDrop}>
            {st('fields.drop.act')}
          </Button>
        </div>
      }
    >
      <div class="sheet-text">
        <p>{props.steps > 0 ? st('fields.drop.text', { steps: props.steps }) : st('fields.drop.plain')}</p>
        <Show when={props.uses.length > 0}>
          <p>{st('fields.drop.uses', { count: props.uses.length })}</p>
          <UseList uses={props.uses} />
        </Show>
      </div>
    </Sheet>
  )
}

/** Lists what goes on reading the old key, before a field gets another one. */
export function RenameDialog(props: {
  rename: { from: string; to: string; uses: readonly Written[] } | undefined
  onRename: () => void
  onClose: () => void
}) {
  const from = () => props.rename?.from ?? ''
  const to = () => props.rename?.to ?? ''
  return (
    <Sheet
      open={props.rename !== undefined}
      onClose={props.onClose}
      title={st('fields.renameKey.title')}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('fields.renameKey.keep')}
          </Button>
          <Button size="small" onClick={props.onRename}>
            {st('fields.renameKey.act', { to: to() })}
          </Button>
        </div>
      }
    >
      <div class="sheet-text">
        <p>{st('fields.renameKey.text', { count: props.rename?.uses.length ?? 0, from: from() })}</p>
        <UseList uses={props.rename?.uses ?? []} />
      </div>
    </Sheet>
  )
}
