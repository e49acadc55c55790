import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Row } from '../db/schema/index.ts'
import { shanghaiYear } from '../host/clock.ts'
import { sumOf, syncPath } from './copy.ts'
import { explainDisk } from './keep-error.ts'

/** Folder of a data folder that holds the packages of archived cases, a folder a year. */
export const ARCHIVE_FOLDER = 'archive'

/** Bytes of a name: disks take 255, and a package that is being written has some signs more. */
const LONGEST = 200

/** Path of a case's package in the folder: the year it ended in, and its number; its key where it has none. */
export function packagePath({
  number,
  key,
  endedAt,
}: Pick<Row<'processInstance'>, 'number' | 'key' | 'endedAt'>): string {
  // A number of other signs could be the name of two cases, and a longer one is no name on a disk.
  const isName =
    number !== null && /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(number) && Buffer.byteLength(number) <= LONGEST
  const name = isName ? number : String(key)
  return `${shanghaiYear(endedAt ?? 0)}/${name}.zip`
}

/** The packages of archived cases on disk. */
export class ArchiveFolder {
  readonly #root: string

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, ARCHIVE_FOLDER)
  }

  /** The file of a package. */
  file(path: string): string {
    return join(this.#root, path)
  }

  /** Writes a package under another name, synced, and gives it its own: half of one never has it. Throws `KeepError`. */
  async write(path: string, content: Uint8Array): Promise<void> {
    const target = this.file(path)
    const folder = dirname(target)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const partial = `${target}.partial`
    try {
      const file = await open(partial, 'w', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(partial, target)
    } catch (error) {
      await rm(partial, { force: true })
      throw explainDisk(error, folder)
    }
    for (const one of [folder, this.#root, dirname(this.#root)]) await syncPath(one)
  }

  /** Removes a package that is none of an archived case. */
  async remove(path: string): Promise<void> {
    await rm(this.file(path), { force: true })
  }

  /** How a package is: as it was made, another, or not there (it may be kept elsewhere). */
  async stateOf({
    path,
    digest,
  }: {
    readonly path: string
    readonly digest: string
  }): Promise<'whole' | 'absent' | 'changed'> {
    const sum = await sumOf(this.file(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (!sum) return 'absent'
    return sum.digest === digest ? 'whole' : 'changed'
  }

  /** The bytes of a package with their SHA-256 (hex); null when it is not there. */
  async read(path: string): Promise<{ readonly content: Uint8Array<ArrayBuffer>; readonly digest: string } | null> {
    const file = await open(this.file(path), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (!file) return null
    try {
      const content = new Uint8Array(await file.readFile())
      return { content, digest: createHash('sha256').update(content).digest('hex') }
    } finally {
      await file.close()
    }
  }
}
