import type { StepAccess } from '@bihuan/engine'
import { st } from '../../i18n/studio.ts'
import { accesses } from './clipboard.ts'
import { moveField } from './edit.ts'
import { moved, type Place, STEPS_FROM } from './grid.ts'
import type { MatrixProps } from './matrix-props.ts'
import type { Table } from './table.ts'
import { accessWord } from './words.ts'

/** Letters that set all selected cells. */
export const accessKeys: { readonly [key: string]: StepAccess } = { m: 'required', w: 'write', r: 'read', h: 'none' }

/**
 * The keys of the matrix. What is handled goes no further: the studio around has keys of its own.
 * Arrows, Home, End, pages move, with Shift select; M W R H set; Space goes through; Ctrl+A takes the column; Enter opens
 * what the cell has; F2 renames; Alt with arrows moves the field; N begins a new one; Delete empties cells or asks.
 */
export function createMatrixKeys(
  props: MatrixProps & { focusCell: (to: Place) => void; setTyping: Table['setTyping'] },
): (event: KeyboardEvent) => void {
  const { table, editor } = props

  function set(access: StepAccess): void {
    const count = table.setChosen(access)
    if (count > 1) props.say(st('fields.set', { count, access: accessWord(access) }))
  }

  function next(): StepAccess {
    const cell = table.chosen().cells[0]?.[0]
    const now = cell ? accesses.indexOf(table.accessOfCell(cell)) : -1
    return accesses[(now + 1) % accesses.length] ?? 'required'
  }

  function enter(at: Place): void {
    const row = table.rows()[at.row]
    if (row?.kind === 'group') table.fold(row.group ?? '')
    else if (row?.kind === 'field' && (at.col === 1 || at.col === 2)) props.setTyping({ id: row.id, col: at.col })
    else if (row?.kind === 'field') props.openDetails()
  }

  function act(event: KeyboardEvent): boolean {
    const ctrl = event.ctrlKey || event.metaKey
    const at = table.place()
    const row = table.rows()[at.row]
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.altKey) {
      if (row?.kind !== 'field' || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false
      editor.change(moveField(row.field.key, key === 'ArrowUp' ? -1 : 1))
      return true
    }
    if (ctrl && key === 'z') {
      if (event.shiftKey) editor.redo()
      else editor.undo()
      return true
    }
    if (ctrl && key === 'y') {
      editor.redo()
      return true
    }
    if (ctrl && key === 'a') {
      table.selectColumn(at.col)
      return true
    }
    const to = moved(at, { key, ctrl }, table.rows(), table.cols())
    if (to) {
      table.goTo(to, event.shiftKey)
      return true
    }
    // Copying and pasting are events of their own.
    if (ctrl) return false
    const access = accessKeys[key]
    if (access && table.chosen().cells.length > 0) {
      set(access)
      return true
    }
    switch (key) {
      case ' ':
        if (row?.kind === 'group') table.fold(row.group ?? '')
        else if (table.chosen().cells.length > 0) set(next())
        else enter(at)
        return true
      case 'Enter':
        enter(at)
        return true
      case 'F2':
        if (row?.kind === 'field' || row?.kind === 'group') props.setTyping({ id: row.id, col: 0 })
        return true
      case 'n':
        table.setAdding(row?.group ?? '')
        return true
      case 'Delete':
        if (table.chosen().cells.length > 0) set('none')
        else if (row?.kind === 'field' && at.col < STEPS_FROM) props.askToDelete(row.field.key)
        return true
      case 'Escape':
        if (!table.isMany()) return false
        table.goTo(at)
        return true
      default:
        return false
    }
  }

  return (event) => {
    if (event.isComposing || event.defaultPrevented) return
    // Inputs and buttons inside a cell keep their keys.
    const inside = (event.target as Element).closest('input, select, button, [role="menu"]')
    if (inside || !act(event)) return
    event.preventDefault()
    event.stopPropagation()
    // A line that moved or went took the focus with it.
    queueMicrotask(() => {
      if (document.activeElement === document.body) props.focusCell(table.place())
    })
  }
}
