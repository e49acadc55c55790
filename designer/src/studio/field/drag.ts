import { placeField } from './edit.ts'
import type { MatrixProps } from './matrix-props.ts'
import { fieldId } from './rows.ts'

/** Drags a field by its grip: a line shows where it would go, letting go puts it there, Escape does not. */
export function startDrag(event: PointerEvent, key: string, { table, editor }: MatrixProps): void {
  const grip = event.currentTarget as HTMLElement
  const grid = grip.closest<HTMLElement>('.matrix')
  if (event.button !== 0 || !grid) return
  event.preventDefault()
  grip.setPointerCapture(event.pointerId)
  const line = document.createElement('div')
  line.className = 'drop-line'
  let target: { before: string | null; group: string | undefined } | null = null

  function move({ clientX, clientY }: PointerEvent): void {
    const under = document
      .elementsFromPoint(clientX, clientY)
      .map((element) => element.closest<HTMLElement>('[data-line]'))
      .find((found) => found !== null)
    const row = under && table.rows()[table.indexById().get(under.dataset.line ?? '') ?? -1]
    if (!under || !row) return
    const box = under.getBoundingClientRect()
    const after = row.kind !== 'field' || clientY > box.top + box.height / 2
    const at = table.indexById().get(row.id) ?? 0
    const next = after ? table.rows()[at + 1] : row
    target = { before: next?.kind === 'field' && next.group === row.group ? next.field.key : null, group: row.group }
    under.append(line)
    line.classList.toggle('after', after)
  }
  function stop(): void {
    grip.removeEventListener('pointermove', move)
    grip.removeEventListener('pointerup', drop)
    grip.removeEventListener('pointercancel', stop)
    removeEventListener('keydown', abandon)
    line.remove()
  }
  function drop(): void {
    stop()
    if (!target || target.before === key) return
    editor.change(placeField(key, target.before, target.group))
    table.goToRow(fieldId(key))
  }
  function abandon(pressed: KeyboardEvent): void {
    if (pressed.key === 'Escape') stop()
  }
  grip.addEventListener('pointermove', move)
  grip.addEventListener('pointerup', drop)
  grip.addEventListener('pointercancel', stop)
  addEventListener('keydown', abandon)
}
