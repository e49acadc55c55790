import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { RowChange } from './row-change.ts'
import type { Dialect, Tables } from './schema/index.ts'

/**
 * drizzle's handle. Await every query: one driver answers at once, the other does not. Use only what both dialects have
 * (select, joins, insert, update, delete, onConflictDoUpdate, onConflictDoNothing, returning); no `.get()`, `.all()`,
 * `.run()` and never `.transaction()`.
 */
export type Database = BaseSQLiteDatabase<'async', unknown>

/** What one command changes: written whole or not at all. */
export interface WriteUnit {
  /** The trail row first: its primary key is the lock of the stream. Null for what is not a command (a snapshot, a loan). */
  readonly lock: RowChange | null
  readonly changes: readonly RowChange[]
  /**
   * Units that build on one another share an owner. When one of them is not written, the later ones are not either.
   */
  readonly owner: { failed: boolean } | null
}

/** `conflict`: the stream has been written by somebody else meanwhile. `failed`: nothing of this unit is on disk. */
export type WriteResult =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'failed'; readonly error: unknown }

/** Named moments of a group of writes, where a test may end the process. */
export type StorePoint = 'group.begun' | 'trail.written' | 'projection.halfWritten' | 'unit.written' | 'group.committed'

/**
 * Moments at which a test may make the disk fail, by throwing an error with a driver's code. `committed` comes after
 * COMMIT: the group is on disk, and the answer that says so is lost.
 */
export type FaultMoment = 'begin' | 'statement' | 'commit' | 'committed' | 'single'

/** What looking after the write-ahead log found. */
export interface LogState {
  readonly bytes: number
  /** Somebody has been reading for so long that the log cannot be begun anew, and it has outgrown its bound. */
  readonly isHeld: boolean
}

/**
 * The database behind one door; hides whether the driver is synchronous. Reads see what is committed.
 */
export interface Store {
  readonly dialect: Dialect
  readonly tables: Tables
  /** Read-only connection for queries that an index answers: nobody gets a turn meanwhile. */
  readonly read: Database
  /** The same for what may go through many rows, such as a search or a count: who asks waits, the others do not. */
  readonly scan: Database
  /** The writer's connection for single statements outside of groups: sign-in, drafts, files, clients. */
  readonly single: Database
  /**
   * One transaction; each unit is written whole or not at all. Answers after COMMIT, one result a unit in their order.
   * Throws when the transaction as a whole could not be committed: then nothing of it is on disk.
   */
  write(units: readonly WriteUnit[]): Promise<readonly WriteResult[]>
  /**
   * Another number after each commit, whoever made it: what was read under the present one is still so. Absent where it
   * would cost as much as reading.
   */
  version?(): number
  /** Keeps the write-ahead log within its bound. Absent where the database does so itself. */
  tendLog?(): LogState
  close(): Promise<void>
}

/** How a store is opened. */
export interface StoreOptions {
  /** True for a server: it takes the lock and the writer's lease. False for tools that only run single statements and reads. */
  readonly lock: boolean
  /** Named in the lease: who has it. */
  readonly holder?: string
  readonly now?: () => number
  /** Called at named moments; a test may end the process there. */
  readonly point?: (name: StorePoint) => void
  /** Called before and after what may fail on a disk; a test may throw there. */
  readonly fault?: (moment: FaultMoment) => void
  /** Bytes that the write-ahead log may have before it is begun anew; 64 MB when absent. */
  readonly logBytes?: number
  /** Pages the database may have; asked before each group and single statement. Without a bound when absent. */
  readonly maxPages?: () => number
}
