import { accessAt, type Step, type StepAccess } from '@bihuan/engine'
import { batch, createMemo, createSignal, untrack } from 'solid-js'
import type { Cell } from './edit.ts'
import { setAccess } from './edit.ts'
import type { FieldEditor } from './editor.ts'
import { fieldRows, type Place, type Range, rangeOf, STEPS_FROM } from './grid.ts'
import { fieldId, type Row, rowsOf } from './rows.ts'

/** A column of the matrix. `step` is null for a step that the process does not have any more. */
export interface Column {
  readonly elementId: string
  readonly step: Step | null
}

interface Focus {
  /** Id of the line, which stays while lines come and go around it. */
  readonly id: string
  readonly col: number
}

/** What the table shows and what is chosen in it. */
export type Table = ReturnType<typeof createTable>

/** The state of the table: what is looked for, folded, focused, selected and being typed in. */
export function createTable(editor: FieldEditor, steps: () => readonly Step[]) {
  const [search, setSearch] = createSignal('')
  const [folded, setFolded] = createSignal<ReadonlySet<string>>(new Set())
  const [adding, setAdding] = createSignal<string | undefined>()
  const [typing, setTyping] = createSignal<Focus | undefined>()
  const [focus, setFocus] = createSignal<Focus>({ id: '', col: STEPS_FROM })
  const [anchor, setAnchor] = createSignal<Focus>()
  /** A column or everything, chosen without moving the focus. */
  const [spread, setSpread] = createSignal<{ left: number; right: number }>()

  const rows = createMemo(() => rowsOf(editor.dictionary(), { search: search(), folded: folded(), adding: adding() }))
  const indexById = createMemo(() => new Map(rows().map((row, index) => [row.id, index])))
  const columns = createMemo((): readonly Column[] => {
    const known = new Set(steps().map((step) => step.elementId))
    const gone = Object.keys(editor.dictionary().access).filter((elementId) => !known.has(elementId))
    return [
      ...steps().map((step) => ({ elementId: step.elementId, step })),
      ...gone.map((elementId) => ({ elementId, step: null })),
    ]
  })
  /** Ids alone, the same list as long as they are the same: cells stay where they are. */
  const columnIds = createMemo(() => columns().map((column) => column.elementId), undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
  const cols = () => STEPS_FROM + columns().length

  const placeOf = ({ id, col }: Focus): Place => ({
    row: indexById().get(id) ?? firstField(),
    col: Math.min(col, cols() - 1),
  })
  function firstField(): number {
    return Math.max(
      0,
      rows().findIndex((row) => row.kind === 'field'),
    )
  }
  const place = createMemo(() => placeOf(focus()), undefined, {
    equals: (a, b) => a.row === b.row && a.col === b.col,
  })
  const range = createMemo(
    (): Range => {
      const wide = spread()
      if (wide) return { top: 0, bottom: rows().length - 1, ...wide }
      return rangeOf(placeOf(anchor() ?? focus()), place(), cols())
    },
    undefined,
    { equals: (a, b) => a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right },
  )
  /** Whether more than the focused cell is chosen. */
  const isMany = () => anchor() !== undefined || spread() !== undefined

  const focusedRow = (): Row | undefined => rows()[place().row]
  const focusedField = () => {
    const row = focusedRow()
    return row?.kind === 'field' ? row.field : undefined
  }

  /** The step whose form is shown: that of the focused cell, else the last one that was. */
  const [stepId, setStepId] = createSignal<string>()
  const shownStep = createMemo(() => {
    const found = columns().find((column) => column.elementId === stepId() && column.step)
    return found?.step ?? columns().find((column) => column.step)?.step ?? undefined
  })

  function goTo(to: Place, extend = false): void {
    const row = rows()[to.row]
    if (!row) return
    batch(() => {
      setSpread(undefined)
      if (extend) setAnchor((from) => from ?? focus())
      else setAnchor(undefined)
      setFocus({ id: row.id, col: to.col })
      const column = columns()[to.col - STEPS_FROM]
      if (column?.step) setStepId(column.elementId)
    })
  }

  function goToRow(id: string, col = 0): void {
    const row = untrack(indexById).get(id)
    if (row !== undefined) goTo({ row, col })
  }

  /** Chooses a whole column, or all cells when none of a step is focused. The focus stays in its line. */
  function selectColumn(col: number): void {
    if (columns().length === 0) return
    batch(() => {
      goTo({ row: place().row, col })
      setSpread(col < STEPS_FROM ? { left: STEPS_FROM, right: cols() - 1 } : { left: col, right: col })
    })
  }

  /** Cells of the range that stand for a field at a step. */
  function chosen(): { cells: Cell[][]; range: Range } {
    const within = range()
    // A name, a kind or a grade that is focused alone chooses no access.
    if (!isMany() && place().col < STEPS_FROM) return { cells: [], range: within }
    const ids = columnIds().slice(within.left - STEPS_FROM, within.right - STEPS_FROM + 1)
    return {
      cells: fieldRows(within, rows()).map((row) => ids.map((elementId) => ({ elementId, key: row.field.key }))),
      range: within,
    }
  }

  const accessOfCell = ({ elementId, key }: Cell): StepAccess => accessAt(editor.dictionary(), elementId, key)

  /** Gives every chosen cell one access. Tells how many there were. */
  function setChosen(access: StepAccess): number {
    const cells = chosen().cells.flat()
    if (cells.length > 0) editor.change(setAccess(cells.map((cell) => ({ cell, access }))))
    return cells.length
  }

  /** Lays a block of accesses over the cells from the first chosen one on, as far as there are cells. */
  function lay(block: readonly (readonly StepAccess[])[]): number {
    const { range: within } = chosen()
    const ids = columnIds().slice(within.left - STEPS_FROM)
    const below = fieldRows({ ...within, bottom: rows().length - 1 }, rows())
    const changes = block.flatMap((line, down) =>
      line.flatMap((access, right) => {
        const elementId = ids[right]
        const row = below[down]
        return elementId !== undefined && row ? [{ cell: { elementId, key: row.field.key }, access }] : []
      }),
    )
    if (changes.length > 0) editor.change(setAccess(changes))
    return changes.length
  }

  function fold(group: string): void {
    setFolded((old) => {
      const next = new Set(old)
      if (!next.delete(group)) next.add(group)
      return next
    })
  }

  /** Shows a field wherever it is: nothing hides it any more. */
  function reveal(key: string): void {
    batch(() => {
      setSearch('')
      const field = editor.dictionary().fields.find((each) => each.key === key)
      if (field && folded().has(field.group ?? '')) fold(field.group ?? '')
    })
    goToRow(fieldId(key))
  }

  return {
    ...{ search, setSearch, folded, fold, adding, setAdding, typing, setTyping },
    ...{ rows, indexById, columns, columnIds, cols, place, range, isMany, focusedRow, focusedField },
    ...{ shownStep, setStepId, goTo, goToRow, selectColumn, chosen, accessOfCell, setChosen, lay, reveal },
  }
}
