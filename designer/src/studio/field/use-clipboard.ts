import type { FieldEntry } from '@bihuan/engine'
import { st } from '../../i18n/studio.ts'
import { accessTable, cellsText, fieldsOf, laidOver, tableOf, unreadOf } from './clipboard.ts'
import { addFields } from './edit.ts'
import type { FieldEditor } from './editor.ts'
import { STEPS_FROM } from './grid.ts'
import type { MatrixProps } from './matrix-props.ts'
import { fieldId } from './rows.ts'
import { accessWords, begin, fieldWords } from './words.ts'

/** Copying of cells as words, and pasting of cells or of whole fields from a spreadsheet. */
export function createMatrixClipboard({ table, editor, say }: MatrixProps): {
  copy: (event: ClipboardEvent) => void
  paste: (event: ClipboardEvent) => void
} {
  const inInput = (event: ClipboardEvent) => (event.target as Element).closest('input, select') !== null

  function copy(event: ClipboardEvent): void {
    const { cells } = table.chosen()
    if (inInput(event) || cells.length === 0 || !event.clipboardData) return
    const block = cells.map((line) => line.map(table.accessOfCell))
    event.clipboardData.setData('text/plain', cellsText(block, accessWords()))
    event.preventDefault()
  }

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (inInput(event) || text.trim() === '') return
    event.preventDefault()
    const read = tableOf(text)
    const block = table.place().col >= STEPS_FROM || table.isMany() ? accessTable(read, accessWords()) : null
    if (block) {
      const { cells } = table.chosen()
      const count = table.lay(laidOver(block, cells.length, cells[0]?.length ?? 0))
      say(st('fields.pasted', { count }))
      return
    }
    if (table.place().col >= STEPS_FROM && table.focusedRow()?.kind === 'field') {
      say(st('fields.pasteAtName'))
      return
    }
    const row = table.focusedRow()
    const { fields, said } = pastedFields(event, row?.group, editor)
    if (fields.length === 0) return
    editor.change(addFields(fields, row?.kind === 'field' ? row.field.key : null))
    table.goToRow(fieldId(fields.at(-1)?.key ?? ''))
    say(said)
  }

  return { copy, paste }
}

/** As many words that were not understood are said as can be read. */
const SAID = 3

/** The fields that a pasted block of names, kinds, grades and options describes, and what is said of them. */
export function pastedFields(
  event: ClipboardEvent,
  group: string | undefined,
  editor: FieldEditor,
): { readonly fields: readonly FieldEntry[]; readonly said: string } {
  const read = tableOf(event.clipboardData?.getData('text/plain') ?? '')
  const words = fieldWords()
  const fields = fieldsOf(read, group, editor.taken(), words, begin().options)
  const unread = unreadOf(read, words).slice(0, SAID)
  const count = fields.length
  const said =
    unread.length === 0
      ? st('fields.pastedFields', { count })
      : st('fields.pastedUnread', { count, cells: unread.map((cell) => `“${cell}”`).join(st('shell.comma')) })
  return { fields, said }
}
