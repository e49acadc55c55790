import type { Row } from './rows.ts'

/** Columns before the steps: name, kind, grade. */
export const STEPS_FROM = 3

/** A cell of the table by the number of its line and column. */
export interface Place {
  readonly row: number
  readonly col: number
}

/** Cells between two corners, both included; `left` is never before the first step. */
export interface Range {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export interface Keys {
  readonly key: string
  readonly ctrl: boolean
}

/** Lines that a page up or down passes. */
const PAGE = 15

/**
 * Where a key leads from a cell; null when it is no key of movement. With Ctrl: to the first or last step, to the next or
 * previous group, to a corner.
 */
export function moved(at: Place, { key, ctrl }: Keys, rows: readonly Row[], cols: number): Place | null {
  const last = { row: rows.length - 1, col: cols - 1 }
  const to = (row: number, col: number): Place => ({
    row: Math.max(0, Math.min(last.row, row)),
    col: Math.max(0, Math.min(last.col, col)),
  })
  switch (key) {
    case 'ArrowUp':
      return ctrl ? to(groupBefore(at.row, rows), at.col) : to(at.row - 1, at.col)
    case 'ArrowDown':
      return ctrl ? to(groupAfter(at.row, rows), at.col) : to(at.row + 1, at.col)
    case 'ArrowLeft':
      if (!ctrl) return to(at.row, at.col - 1)
      return to(at.row, at.col > STEPS_FROM ? STEPS_FROM : 0)
    case 'ArrowRight':
      return ctrl ? to(at.row, last.col) : to(at.row, at.col + 1)
    case 'Home':
      return ctrl ? to(0, 0) : to(at.row, 0)
    case 'End':
      return ctrl ? to(last.row, last.col) : to(at.row, last.col)
    case 'PageUp':
      return to(at.row - PAGE, at.col)
    case 'PageDown':
      return to(at.row + PAGE, at.col)
    default:
      return null
  }
}

function groupBefore(row: number, rows: readonly Row[]): number {
  for (let at = row - 1; at >= 0; at -= 1) if (rows[at]?.kind === 'group') return at
  return 0
}

function groupAfter(row: number, rows: readonly Row[]): number {
  for (let at = row + 1; at < rows.length; at += 1) if (rows[at]?.kind === 'group') return at
  return rows.length - 1
}

/** The range between an anchor and the focus. An anchor on a name, kind or grade takes whole lines. */
export function rangeOf(anchor: Place, focus: Place, cols: number): Range {
  const whole = anchor.col < STEPS_FROM
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: whole ? STEPS_FROM : Math.max(STEPS_FROM, Math.min(anchor.col, focus.col)),
    right: whole ? cols - 1 : Math.max(anchor.col, focus.col, STEPS_FROM),
  }
}

export const within = (range: Range, row: number, col: number): boolean =>
  row >= range.top && row <= range.bottom && col >= range.left && col <= range.right

/** The field lines of a range, in order. */
export function fieldRows(range: Range, rows: readonly Row[]): Extract<Row, { kind: 'field' }>[] {
  return rows.slice(range.top, range.bottom + 1).filter((row) => row.kind === 'field')
}
