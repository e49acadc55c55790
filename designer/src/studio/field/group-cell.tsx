// biome-ignore-all lint/a11y/useSemanticElements: lines are drawn only where they are seen, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the one tab stop of the grid is the focused cell
import ChevronDown from 'lucide-solid/icons/chevron-down'
import Plus from 'lucide-solid/icons/plus'
import { Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { renameGroup } from './edit.ts'
import { InlineText } from './inline-text.tsx'
import type { RowProps } from './matrix-props.ts'
import { groupId, type Row } from './rows.ts'
import { groupWord } from './words.ts'

/** The heading of a group: Enter or a press folds it, F2 or a double press renames it. */
export function GroupCell(props: RowProps & { row: Extract<Row, { kind: 'group' }>; index: number }) {
  const { table } = props
  const name = () => props.row.group ?? ''
  const word = () => groupWord(props.row.group)
  const focused = () => table.place().row === props.index
  const typing = () => table.typing()?.id === props.id

  function rename(to: string | null): void {
    table.setTyping(undefined)
    if (to !== null && to.trim() !== name()) {
      props.editor.change(renameGroup(props.row.group, to))
      table.goToRow(groupId(to.trim() === '' ? undefined : to.trim()))
    }
    queueMicrotask(() => props.focusCell(table.place()))
  }

  return (
    <div
      role="gridcell"
      class="matrix-group"
      classList={{ focused: focused() }}
      data-col="0"
      tabindex={focused() ? 0 : -1}
      aria-colindex={1}
      aria-colspan={table.cols()}
      aria-expanded={!props.row.folded}
      aria-label={st('fields.groupCount', { group: word(), count: props.row.count })}
      onDblClick={() => table.setTyping({ id: props.id, col: 0 })}
    >
      <span class="matrix-group-words">
        <button
          type="button"
          tabindex="-1"
          class="group-fold"
          aria-label={st(props.row.folded ? 'fields.unfold' : 'fields.fold')}
          onClick={() => table.fold(name())}
        >
          <ChevronDown class="icon s" classList={{ folded: props.row.folded }} aria-hidden="true" />
        </button>
        <Show
          when={typing()}
          fallback={
            <>
              <b>{word()}</b>
              <span class="num quiet">{props.row.count}</span>
              <button
                type="button"
                tabindex="-1"
                class="group-add"
                aria-label={st('fields.addToGroup', { group: word() })}
                title={st('fields.addToGroup', { group: word() })}
                onClick={() => table.setAdding(name())}
              >
                <Plus class="icon s" aria-hidden="true" />
              </button>
            </>
          }
        >
          <InlineText label={st('fields.groupName')} value={name()} onDone={rename} />
        </Show>
      </span>
    </div>
  )
}
