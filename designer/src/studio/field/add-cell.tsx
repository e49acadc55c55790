// biome-ignore-all lint/a11y/useSemanticElements: lines are drawn only where they are seen, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the one tab stop of the grid is the focused cell
import { createSignal, onMount } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { addFields, freshKey } from './edit.ts'
import type { RowProps } from './matrix-props.ts'
import { fieldId } from './rows.ts'
import { pastedFields } from './use-clipboard.ts'

/** Where a new field is written. Enter adds it and waits for the next; several lines from a spreadsheet add them all. */
export function AddCell(props: RowProps & { group: string | undefined; index: number }) {
  let input!: HTMLInputElement
  const { table, editor } = props
  const [last, setLast] = createSignal<string>()
  onMount(() => input.focus())

  function add(): boolean {
    const name = input.value.trim()
    if (name === '') return false
    const key = freshKey(editor.taken(), name)
    editor.change(
      addFields([
        { key, name, kind: 'text', grade: 'internal', ...(props.group !== undefined && { group: props.group }) },
      ]),
    )
    input.value = ''
    setLast(key)
    return true
  }

  function close(): void {
    const key = last()
    table.setAdding(undefined)
    if (key) table.goToRow(fieldId(key))
    queueMicrotask(() => props.focusCell(table.place()))
  }

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    const { fields, said } = pastedFields(event, props.group, editor)
    if (fields.length === 0) return
    editor.change(addFields(fields))
    setLast(fields.at(-1)?.key)
    props.say(said)
  }

  return (
    <div role="gridcell" class="matrix-add" data-col="0" aria-colindex={1} aria-colspan={table.cols()}>
      <input
        ref={input}
        class="inline-text"
        aria-label={st('fields.addName')}
        placeholder={st('fields.addHint')}
        maxlength="200"
        on:paste={(event) => {
          event.stopPropagation()
          paste(event)
        }}
        on:keydown={(event) => {
          event.stopPropagation()
          if (event.isComposing) return
          if (event.key === 'Enter') {
            event.preventDefault()
            if (!add()) close()
            else queueMicrotask(() => input.scrollIntoView({ block: 'nearest' }))
          } else if (event.key === 'Escape') {
            event.preventDefault()
            input.value = ''
            close()
          }
        }}
        onBlur={() => {
          add()
          table.setAdding(undefined)
        }}
      />
    </div>
  )
}
