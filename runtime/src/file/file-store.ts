import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Json, Rejection } from '@bihuan/engine'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { cleanName, sniff } from './kind.ts'
import { type FileReference, isFileId } from './reference.ts'

export const MAX_FILE_BYTES = 10 * 1024 * 1024

export type StoredFileRow = Row<'file'>

/**
 * Files on disk under their SHA-256, rows in the database. The bytes are on disk, synced, before the row that names
 * them; what is refused leaves nothing behind.
 */
export class FileStore {
  readonly #store: Store
  readonly #folder: string

  constructor(store: Store, dataFolder: string) {
    this.#store = store
    this.#folder = join(dataFolder, 'files')
  }

  /** Keeps an upload. Throws `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_TYPE_REFUSED`. */
  async put(given: { bytes: Uint8Array; name: string; uploadedBy: string; at: number }): Promise<FileReference> {
    const { bytes } = given
    if (bytes.byteLength === 0) throw new Rejection('FILE_EMPTY')
    if (bytes.byteLength > MAX_FILE_BYTES) throw new Rejection('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES })
    const name = cleanName(given.name)
    const type = await sniff(bytes, name)
    if (type === null) throw new Rejection('FILE_TYPE_REFUSED', { name })
    const digest = createHash('sha256').update(bytes).digest('hex')
    await this.#write(digest, bytes)
    const id = `${digest}-${randomBytes(8).toString('hex')}`
    const row = { id, name, type, size: bytes.byteLength, digest, uploadedBy: given.uploadedBy, uploadedAt: given.at }
    await this.#store.single.insert(this.#store.tables.file).values(row)
    return { id, name, type, size: row.size }
  }

  async #write(digest: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(digest)
    if (existsSync(path)) return
    const folder = join(this.#folder, digest.slice(0, 2))
    await mkdir(folder, { recursive: true })
    const temporary = join(folder, `.${randomBytes(8).toString('hex')}`)
    try {
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
      const directory = await open(folder, 'r')
      try {
        await directory.sync()
      } finally {
        await directory.close()
      }
    } catch (error) {
      await rm(temporary, { force: true })
      throw isFull(error) ? new Rejection('STORAGE_UNAVAILABLE') : error
    }
  }

  #path(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), digest)
  }

  /** The row of a file, or null. */
  async find(id: string): Promise<StoredFileRow | null> {
    if (!isFileId(id)) return null
    const { file } = this.#store.tables
    const [row] = await this.#store.read.select().from(file).where(eq(file.id, id)).limit(1)
    return row ?? null
  }

  /** Rows of several files by id, in the given order; unknown ids are left out. */
  async findAll(ids: readonly string[]): Promise<readonly StoredFileRow[]> {
    if (ids.length === 0) return []
    const { file } = this.#store.tables
    const rows = await this.#store.read
      .select()
      .from(file)
      .where(inArray(file.id, [...ids]))
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  read(row: StoredFileRow): Promise<Buffer> {
    return readFile(this.#path(row.digest))
  }

  /**
   * Replaces what a person sent about files by what is stored, wherever answers name one. Gives null when a file is
   * neither the person's own upload nor of this case.
   */
  async settle(
    answers: { readonly [name: string]: Json },
    personId: string,
    instanceKey: number | null,
    named: readonly FileReference[],
  ) {
    if (named.length === 0) return answers
    const { file, caseFile } = this.#store.tables
    const ids = named.map((one) => one.id)
    const mine = eq(file.uploadedBy, personId)
    const ofCase =
      instanceKey === null
        ? mine
        : or(
            mine,
            inArray(
              file.id,
              this.#store.read
                .select({ id: caseFile.fileId })
                .from(caseFile)
                .where(eq(caseFile.instanceKey, instanceKey)),
            ),
          )
    const rows = await this.#store.read
      .select()
      .from(file)
      .where(and(inArray(file.id, ids), ofCase))
    if (rows.length < ids.length) return null
    const known = new Map(rows.map((row) => [row.id, { id: row.id, name: row.name, type: row.type, size: row.size }]))
    return replace(answers as Json, known) as { [name: string]: Json }
  }
}

function replace(
  value: Json,
  known: ReadonlyMap<string, { id: string; name: string; type: string; size: number }>,
): Json {
  if (Array.isArray(value)) return value.map((item) => replace(item, known))
  if (value === null || typeof value !== 'object') return value
  const file = typeof value.id === 'string' ? known.get(value.id) : undefined
  if (file) return { ...file }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replace(item, known)]))
}

function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'ENOSPC' || code === 'EIO' || code === 'EDQUOT' || code === 'EROFS'
}
