import type { PackageFiles } from '@bihuan/engine'
import { Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type DecisionEntry, usesOf } from './decisions.ts'

/** Says where a decision is used before its file goes. */
export function DeleteSheet(props: {
  open: boolean
  entry: DecisionEntry | null
  files: PackageFiles
  /** Further decisions in the same file, which go with it. */
  others: number
  onClose: () => void
  onDelete: () => void
}) {
  const used = () => (props.entry ? usesOf(props.files, props.entry.id).length > 0 : false)
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={st('decisions.deleteTitle', { name: props.entry?.name ?? '' })}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('decisions.cancel')}
          </Button>
          <Button size="small" onClick={props.onDelete}>
            {st('decisions.delete')}
          </Button>
        </div>
      }
    >
      <div class="column-sheet">
        <p>{used() ? st('decisions.deleteUsed') : st('decisions.deleteUnused')}</p>
        <Show when={props.others > 0}>
          <p>{st('decisions.deleteOthers', { count: props.others })}</p>
        </Show>
      </div>
    </Sheet>
  )
}
