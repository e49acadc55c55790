import type { FieldEditor } from './editor.ts'
import type { Place } from './grid.ts'
import type { Table } from './table.ts'

/** What every part of the table of fields works on. */
export interface MatrixProps {
  readonly table: Table
  readonly editor: FieldEditor
  readonly openDetails: () => void
  readonly askToDelete: (key: string) => void
  readonly say: (text: string) => void
}

/** The same for the parts of one line. */
export interface RowProps extends MatrixProps {
  readonly id: string
  readonly rowHeight: number
  readonly focusCell: (to: Place) => void
}
