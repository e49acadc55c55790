import { resolve } from 'node:path'
import LibSql from 'libsql'

/** The database belongs to a running server. */
export class AlreadyOpen extends Error {
  readonly path: string

  constructor(path: string) {
    super(
      `Expected to be the only server on ${path}, but another one is running on it. Stop that server, or give this one another BIHUAN_DATA.`,
    )
    this.name = 'AlreadyOpen'
    this.path = path
  }
}

export interface Lock {
  release(): void
}

/**
 * Takes the server lock of a database: an exclusive transaction on the empty file `<database>.lock`. The operating system
 * drops it when the process ends in any way, `kill -9` too, so there is no stale lock to judge. Throws `AlreadyOpen`.
 */
export function takeLock(path: string): Lock {
  const connection = new LibSql(`${resolve(path)}.lock`, { timeout: 0 })
  try {
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if (error instanceof Error && /locked|BUSY/i.test(error.message)) throw new AlreadyOpen(path)
    throw error
  }
  return {
    release() {
      connection.exec('ROLLBACK')
      connection.close()
    },
  }
}
