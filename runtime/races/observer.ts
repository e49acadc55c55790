import type { Fact } from '@bihuan/engine'
import { readRecords } from '../src/audit/chain.ts'
import { SafeConnection } from '../src/db/libsql-connection.ts'

/** Looks at the database of a race, at once and past all turns: what it finds is on disk. */
export class Observer {
  readonly #connection: SafeConnection

  constructor(path: string) {
    this.#connection = new SafeConnection(path, { queryOnly: true })
  }

  /** What a query of one column finds. */
  find<T extends number | string>(sql: string, ...parameters: readonly unknown[]): T[] {
    const rows = this.#connection.cached(sql).all(...parameters) as { readonly [column: string]: T }[]
    return rows.flatMap((row) => Object.values(row))
  }

  /** Rows of the trail that a stream has, at rest or not. */
  rowsOf(stream: number): number {
    return this.find<number>('SELECT sequence FROM stream WHERE stream = ?', stream)[0] ?? 0
  }

  /** The facts of a stream in their order; none where it is at rest. */
  facts(stream: number): Fact[] {
    const rows = this.#connection
      .cached(
        `SELECT t.heads, p.records FROM trail t JOIN payload p ON p.stream = t.stream AND p.sequence = t.sequence
         WHERE t.stream = ? ORDER BY t.sequence`,
      )
      .all(stream) as { readonly heads: string; readonly records: string }[]
    return rows.flatMap(({ heads, records }) => readRecords(heads, records).slice(1) as unknown as Fact[])
  }

  close(): void {
    this.#connection.close()
  }
}
