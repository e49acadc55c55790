/** The database could not take a write (disk full, I/O error, lock lost): nothing of the group is on disk. */
export class StorageError extends Error {
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`The database refused a write: ${code}`, { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

/** The code of a driver's error: `SQLITE_FULL`, `23505`; empty when it has none. */
export function driverCode(error: unknown): string {
  if (error && typeof error === 'object' && 'code' in error && typeof error.code === 'string') return error.code
  return ''
}

/** True for failures of the store itself, which no change of the rows would mend. */
export function isStorageFailure(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|NOMEM|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|PROTOCOL)|^(53|57|58|08)/.test(
    driverCode(error),
  )
}

/** True when a row with that primary or unique key is there already. */
export function isDuplicate(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT(_PRIMARYKEY|_UNIQUE)?$|^23505$/.test(driverCode(error))
}
