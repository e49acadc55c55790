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
function isPlain(where: Values): boolean {
  for (const name in where) {
    const value = where[name]
    if (value !== null && typeof value === 'object') return false
  }
  return true
}

const fits = (row: Values, where: Values, names: readonly string[]): boolean =>
  names.every((name) => row[name] === where[name])

/** Rows of one table that wait to be written together. */
interface Waiting {
  operation: RowOperation
  rows: Values[]
  /** Places of the rows by the first column of their primary key. */
  readonly places: Map<unknown, number[]>
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
        waiting = { operation: change.op, rows: [], places: new Map() }
        this.#waiting.set(table, waiting)
      } else if (waiting.operation !== change.op || waiting.rows.length === WAITING) {
        this.#write(table, waiting)
        waiting.operation = change.op
      }
      this.#wait(table, waiting, change.row as Values)
      return
    }
    if (waiting && waiting.rows.length > 0) {
      if (change.op === 'delete' || !this.#canChange(change)) this.#write(table, waiting)
      else if (this.#change(waiting, change)) return
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

  #wait(table: TableName, { rows, places }: Waiting, row: Values): void {
    const first = row[this.#statements.primaryKey(table)[0]!]
    const here = places.get(first)
    if (here) here.push(rows.length)
    else places.set(first, [rows.length])
    rows.push(row)
  }

  /** Whether waiting rows can be found by the condition of an update, and found again after it. */
  #canChange({ table, set, where }: Update): boolean {
    return isPlain(where as Values) && !(this.#statements.primaryKey(table)[0]! in set)
  }

  /** Changes the waiting rows that an update means. True when there can be no others in the database. */
  #change({ rows, places }: Waiting, { table, set, where }: Update): boolean {
    const key = this.#statements.primaryKey(table)
    const first = (where as Values)[key[0]!]
    const near = first === undefined ? rows.keys() : places.get(first)
    if (near === undefined) return false
    const wanted = Object.keys(where)
    const isOne = wanted.length === key.length && key.every((property) => property in where)
    let found = false
    for (const place of near) {
      if (!fits(rows[place]!, where as Values, wanted)) continue
      rows[place] = { ...rows[place], ...set }
      found = true
    }
    return found && isOne
  }

  #write(table: TableName, { operation, rows, places }: Waiting): void {
    let from = 0
    for (const size of SIZES) {
      while (rows.length - from >= size) {
        this.#run(this.#statements.bindRows(table, operation, rows, from, size))
        from += size
      }
    }
    rows.length = 0
    places.clear()
  }
}
