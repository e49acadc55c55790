/** The database could not take a write (disk full, I/O error, lock lost): nothing of the group is on disk. */
export class StorageError extends Error {
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`The database refused a write: ${code}`, { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

/** Codes that say the disk has no room. */
const FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)/

/** Whether what failed is short of room, which the operator mends, and not out of reach. */
export const isFull = (code: string): boolean => FULL.test(code)

/**
 * The failure of the store behind an error, however often it has been wrapped; null when it is none: an error of a single
 * statement comes as its driver throws it.
 */
export function storageErrorOf(error: unknown): StorageError | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    if (one instanceof StorageError) return one
    if (isStorageFailure(one)) return new StorageError(driverCode(one), one)
  }
  return null
}

/** What libsql says, in place of a code, of a file that it cannot open: SQLite's 14. */
const NOT_OPENED = /^ConnectionFailed\(.*: 14"\)$/s

/** The code of a driver's error: `SQLITE_FULL`, `23505`; empty when it has none. */
export function driverCode(error: unknown): string {
  if (error instanceof Error && NOT_OPENED.test(error.message)) return 'SQLITE_CANTOPEN'
  if (error && typeof error === 'object' && 'code' in error && typeof error.code === 'string') return error.code
  return ''
}

/** True for failures of the store itself, which no change of the rows would mend. */
export function isStorageFailure(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|NOMEM|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|PROTOCOL)|^(53|57|58|08)|^(ENOSPC|EDQUOT|EIO|EROFS)$/.test(
    driverCode(error),
  )
}

/** True when a row with that primary or unique key is there already. */
export function isDuplicate(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT(_PRIMARYKEY|_UNIQUE)?$|^23505$/.test(driverCode(error))
}
