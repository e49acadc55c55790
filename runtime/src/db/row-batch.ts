import type { RowChange } from './row-change.ts'
import type { TableName } from './schema/index.ts'
import type { Bound, RowOperation, Statements } from './statement.ts'

/** Rows in one statement, the most first: few texts, and most rows in the large ones. */
const SIZES = [16, 4, 1] as const
/** Rows of a table that wait before they are written: an update has to look through them. */
const WAITING = 64

type Values = { [property: string]: unknown }
type Update = Extract<RowChange, { op: 'update' }>

/** Whether the values of a condition can be compared with those of a row as they are. */
const isPlain = (where: object) => Object.values(where).every((value) => value === null || typeof value !== 'object')

/** Rows of one table that wait to be written together. */
interface Waiting {
  operation: RowOperation
  rows: Values[]
}

/**
 * Writes the changes of many units with fewer statements: rows of a table wait for one another and go out together,
 * and an update of a row that waits changes it there. What is in the database after `flush` is what the changes would
 * have made one by one. Where one of them would have failed, some statement throws: the caller takes the whole
 * transaction back.
 */
export class RowBatch {
  readonly #statements: Statements
  readonly #run: (bound: Bound) => void
  readonly #waiting = new Map<TableName, Waiting>()

  constructor(statements: Statements, run: (bound: Bound) => void) {
    this.#statements = statements
    this.#run = run
  }

  /** Takes a change in. The change itself stays as it is. */
  add(change: RowChange): void {
    const { table } = change
    let waiting = this.#waiting.get(table)
    if (change.op === 'insert' || change.op === 'upsert') {
      if (!waiting) {
        waiting = { operation: change.op, rows: [] }
        this.#waiting.set(table, waiting)
      } else if (waiting.operation !== change.op || waiting.rows.length === WAITING) {
        this.#write(table, waiting)
        waiting.operation = change.op
      }
      waiting.rows.push(change.row as Values)
      return
    }
    if (waiting && waiting.rows.length > 0) {
      if (change.op === 'delete' || !isPlain(change.where)) this.#write(table, waiting)
      else if (this.#change(waiting.rows, change)) return
    }
    // Rows that wait have been changed where they are: for the others the order does not matter.
    this.#run(this.#statements.bind(change))
  }

  /** Writes what waits, table by table in the order they came; `onHalf` is called when half of them are written. */
  flush(onHalf: () => void = () => {}): void {
    const half = this.#waiting.size >> 1
    let written = 0
    for (const [table, waiting] of this.#waiting) {
      if (written === half) onHalf()
      written += 1
      this.#write(table, waiting)
    }
    this.#waiting.clear()
  }

  /** Changes the waiting rows that an update means. True when there can be no others in the database. */
  #change(rows: Values[], { table, set, where }: Update): boolean {
    const wanted = Object.entries(where)
    const key = this.#statements.primaryKey(table)
    const isOne = wanted.length === key.length && key.every((property) => property in where)
    let found = false
    for (let i = rows.length - 1; i >= 0; i -= 1) {
      const row = rows[i]!
      if (!wanted.every(([property, value]) => row[property] === value)) continue
      rows[i] = { ...row, ...set }
      found = true
      if (isOne) break
    }
    return found && isOne
  }

  #write(table: TableName, { operation, rows }: Waiting): void {
    let from = 0
    for (const size of SIZES) {
      while (rows.length - from >= size) {
        this.#run(this.#statements.bindRows(table, operation, rows, from, size))
        from += size
      }
    }
    rows.length = 0
  }
}
