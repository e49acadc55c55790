import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Json, Rejection } from '@bihuan/engine'
import { and, eq, inArray, ne, or } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import { storageErrorOf } from '../db/storage-error.ts'
import type { Store } from '../db/store.ts'
import { storageRefusal } from '../host/refusal.ts'
import { cleanName, sniff } from './kind.ts'
import { type FileReference, filesIn, isFileId } from './reference.ts'
import type { Scan } from './scan.ts'

export const MAX_FILE_BYTES = 10 * 1024 * 1024

export type StoredFileRow = Row<'file'>

/** Bytes that have come and are not stored yet. */
export interface Upload {
  keep(): Promise<FileReference>
  discard(): Promise<void>
}

/**
 * Files on disk under their SHA-256, rows in the database. The bytes are on disk, synced, before the row that names
 * them; what is refused leaves nothing behind.
 */
export class FileStore {
  readonly #store: Store
  readonly #folder: string
  readonly #incoming: string
  /** By digest: what is being done with the bytes. */
  readonly #busy = new Map<string, Promise<void>>()
  /** Throws while there is no room for more. */
  readonly #checkRoom: () => void
  readonly #scan: Scan | null

  constructor(store: Store, dataFolder: string, checkRoom: () => void = () => {}, scan: Scan | null = null) {
    this.#store = store
    this.#checkRoom = checkRoom
    this.#scan = scan
    this.#folder = join(dataFolder, 'files')
    this.#incoming = join(this.#folder, 'incoming')
  }

  /**
   * Takes an upload in as it comes, to a file of its own that is in nobody's way: `keep` makes it a stored file,
   * `discard` leaves nothing behind. Throws `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_TYPE_REFUSED`, `FILE_INFECTED`,
   * `SCAN_UNAVAILABLE`, with nothing left behind.
   */
  async receive(given: {
    content: AsyncIterable<Uint8Array>
    name: string
    uploadedBy: string
    at: number
  }): Promise<Upload> {
    this.#checkRoom()
    const name = cleanName(given.name)
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 })
    const path = join(this.#incoming, randomBytes(12).toString('hex'))
    const discard = () => rm(path, { force: true })
    try {
      const { digest, size } = await write(path, given.content, name)
      if (size === 0) throw new Rejection('FILE_EMPTY', { name })
      const type = await sniff(path, size, name)
      if (type === null) throw new Rejection('FILE_TYPE_REFUSED', { name })
      await this.#checkMalware(path, name)
      return {
        discard,
        keep: async () => {
          const id = `${digest}-${randomBytes(8).toString('hex')}`
          const row = { id, name, type, size, digest, uploadedBy: given.uploadedBy, uploadedAt: given.at }
          await this.#alone(digest, async () => {
            await this.#place(path, digest)
            await this.#store.single.insert(this.#store.tables.file).values(row)
          })
          return { id, name, type, size }
        },
      }
    } catch (error) {
      await discard()
      throw refusalOf(error)
    }
  }

  async #checkMalware(path: string, name: string): Promise<void> {
    const verdict = await this.#scan?.(path).catch(() => {
      throw new Rejection('SCAN_UNAVAILABLE')
    })
    if (verdict === 'infected') throw new Rejection('FILE_INFECTED', { name })
  }

  /** Removes what uploads that were cut off by the end of the process have left. */
  async removeLeftovers(): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true })
  }

  /** Moves received bytes to where their digest says. Those that lie there already are the same, or were damaged. */
  async #place(path: string, digest: string): Promise<void> {
    const target = this.#path(digest)
    try {
      const folder = join(this.#folder, digest.slice(0, 2))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await rename(path, target)
      const directory = await open(folder, 'r')
      try {
        await directory.sync()
      } finally {
        await directory.close()
      }
    } catch (error) {
      await rm(path, { force: true })
      throw refusalOf(error)
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

  /** The bytes as a stream; null when they are no longer there, or not as many as came. */
  async read(row: StoredFileRow): Promise<ReadableStream<Uint8Array> | null> {
    const file = await open(this.#path(row.digest), 'r').catch(() => null)
    if (!file) return null
    const found = await file.stat().catch(() => null)
    if (found?.size === row.size)
      return Readable.toWeb(file.createReadStream()) as unknown as ReadableStream<Uint8Array>
    await file.close()
    return null
  }

  /** Removes bytes that no row names any more, and the folders' entries for them, from the disk. */
  async remove(digests: readonly string[]): Promise<void> {
    for (const digest of digests) {
      await rm(this.#path(digest), { force: true })
      const folder = await open(join(this.#folder, digest.slice(0, 2)), 'r').catch(() => null)
      await folder?.sync().finally(() => folder.close())
    }
  }

  /**
   * Removes a file that nothing names: its bytes, unless another upload has the same, and then its row. Cut off in
   * between, it can be done again.
   */
  async drop({ id, digest }: StoredFileRow): Promise<void> {
    const { file } = this.#store.tables
    await this.#alone(digest, async () => {
      const shared = await this.#store.read
        .select({ id: file.id })
        .from(file)
        .where(and(eq(file.digest, digest), ne(file.id, id)))
        .limit(1)
      if (shared.length === 0) await this.remove([digest])
      await this.#store.single.delete(file).where(eq(file.id, id))
    })
  }

  /** Removes the bytes that erasures left without a name, those of an erasure that was cut off too. */
  async finishRemovals(): Promise<void> {
    const { fileRemoval, file } = this.#store.tables
    for (const { digest } of await this.#store.read.select().from(fileRemoval))
      await this.#alone(digest, async () => {
        const same = eq(file.digest, digest)
        const named = await this.#store.read.select({ id: file.id }).from(file).where(same).limit(1)
        if (named.length === 0) await this.remove([digest])
        await this.#store.single.delete(fileRemoval).where(eq(fileRemoval.digest, digest))
      })
  }

  /** Does what concerns the bytes of a digest, one after the other: an upload does not find bytes that are being removed. */
  async #alone(digest: string, work: () => Promise<void>): Promise<void> {
    const before = this.#busy.get(digest) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#busy.set(digest, mine)
    try {
      await mine
    } finally {
      if (this.#busy.get(digest) === mine) this.#busy.delete(digest)
    }
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
    const known = await this.#known(personId, instanceKey, named)
    if (known.size < named.length) return null
    return replace(answers as Json, known) as { [name: string]: Json }
  }

  /** Answers with what is stored about the files that a person may name in place of what he sent; others stay as sent. */
  async asStored(answers: { readonly [name: string]: Json }, personId: string, instanceKey: number | null) {
    const named = filesIn(answers)
    if (named.length === 0) return answers
    return replace(answers as Json, await this.#known(personId, instanceKey, named)) as { [name: string]: Json }
  }

  /** Files by id as they are stored: the person's own uploads and those of the case. */
  async #known(personId: string, instanceKey: number | null, named: readonly FileReference[]) {
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
    return new Map(rows.map(({ id, name, type, size }) => [id, { id, name, type, size }]))
  }
}

/** Writes a stream to a new file, synced; gives the SHA-256 and the number of its bytes. */
async function write(path: string, content: AsyncIterable<Uint8Array>, name: string) {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of content) {
      size += chunk.byteLength
      if (size > MAX_FILE_BYTES) throw new Rejection('FILE_TOO_LARGE', { name, limit: MAX_FILE_BYTES })
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { digest: hash.digest('hex'), size }
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

function refusalOf(error: unknown): unknown {
  const storage = storageErrorOf(error)
  return storage ? storageRefusal(storage) : error
}
