import { existsSync } from 'node:fs'
import { databasePath } from '../host/open.ts'
import { KeepError } from '../keep/keep-error.ts'

/** Path of a database that is there. Throws `KeepError`: whoever mistypes a folder is not to find an empty one made for him. */
export function findDatabase(databaseUrl: string): string {
  const path = databasePath(databaseUrl)
  if (!existsSync(path)) throw new KeepError(`Expected a database at ${path}, but there is none.`)
  return path
}
