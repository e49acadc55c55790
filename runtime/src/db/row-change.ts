import type { Key } from '@bihuan/engine'
import type { Row, TableName } from './schema/index.ts'

/** Keys from one to another, both among them. */
export class KeyRange {
  readonly first: Key
  readonly last: Key

  constructor(first: Key, last: Key) {
    this.first = first
    this.last = last
  }
}

/** Rows that hold these values, and keys within these ranges. */
type Where<N extends TableName> = { readonly [P in keyof Row<N>]?: Row<N>[P] | KeyRange }

type ChangeOf<N extends TableName> =
  | { readonly op: 'insert'; readonly table: N; readonly row: Row<N> }
  /** Insert, or replace the other columns of the row with the same primary key. */
  | { readonly op: 'upsert'; readonly table: N; readonly row: Row<N> }
  | { readonly op: 'update'; readonly table: N; readonly set: Partial<Row<N>>; readonly where: Partial<Row<N>> }
  | { readonly op: 'delete'; readonly table: N; readonly where: Where<N> }

/** One change of one table as data: what projections give and the store writes. */
export type RowChange = { [N in TableName]: ChangeOf<N> }[TableName]

export const insert = <N extends TableName>(table: N, row: Row<N>): RowChange =>
  ({ op: 'insert', table, row }) as unknown as RowChange

export const upsert = <N extends TableName>(table: N, row: Row<N>): RowChange =>
  ({ op: 'upsert', table, row }) as unknown as RowChange

export const update = <N extends TableName>(table: N, set: Partial<Row<N>>, where: Partial<Row<N>>): RowChange =>
  ({ op: 'update', table, set, where }) as unknown as RowChange

export const remove = <N extends TableName>(table: N, where: Where<N>): RowChange =>
  ({ op: 'delete', table, where }) as unknown as RowChange
