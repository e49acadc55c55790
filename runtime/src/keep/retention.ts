import { type Actor, Rejection } from '@bihuan/engine'
import { storageErrorOf } from '../db/storage-error.ts'
import type { Store } from '../db/store.ts'
import type { FileStore } from '../file/file-store.ts'
import { lastArchived, markOf } from '../host/archival.ts'
import type { Host } from '../host/host.ts'
import { ArchiveFolder, packagePath } from './archive-folder.ts'
import { makeCasePackage } from './case-package.ts'
import { endedBefore, type Instance } from './old-cases.ts'
import { checkPacked, dropUnnamed, Unfit, type WhyNotYet, whyNotYet } from './retention-checks.ts'

const DAY = 86_400_000
/** Cases looked at, and cases moved, in one turn: people come first. */
const LOOKED_AT = 200
const MOVED = 5
/** When all old cases were looked at, the next look begins after so long. */
const PAUSE = 60 * 60_000
/** Cases moved last of which the removal is ended: more than one, since a clock may have been set back. */
const LATEST = 10
const actor: Actor = { type: 'system', id: 'retention' }

/** What retention stands on. */
export interface RetentionParts {
  readonly host: Pick<Host, 'store' | 'clock' | 'archive' | 'removeArchivedRows' | 'wake'>
  readonly files: FileStore
  readonly dataFolder: string
  /** How long after its end a case stays in the database. */
  readonly days: number
  /** Told of a case that could not be moved. No personal data. */
  readonly report: (what: string, error: unknown) => void
}

/** A case that was moved to a package. */
export interface Moved {
  readonly key: number
  readonly number: string | null
  readonly path: string
  readonly bytes: number
}

/**
 * Moves finished cases to archive packages. A package is written and synced, read back and verified by the code that
 * outsiders use; only then are the rows removed, with a record of it, and then the files that nothing else names. Cut
 * off anywhere, the next turn goes on: a package without the record is made again, a removal that was begun is ended.
 */
export class Retention {
  readonly #parts: RetentionParts
  readonly #folder: ArchiveFolder
  /** The look through the old cases that is under way; null between two. */
  #look: AsyncGenerator<Instance> | null = null
  #lookedAt = Number.NEGATIVE_INFINITY
  /** Whether a case moved last may still have rows or files: always so at first. */
  #isOpen = true

  constructor(parts: RetentionParts) {
    this.#parts = parts
    this.#folder = new ArchiveFolder(parts.dataFolder)
  }

  /** Moves some cases. Throws what would keep the others from it, too, such as a full disk. */
  async turn(most = MOVED): Promise<readonly Moved[]> {
    await this.#finishLast()
    const moved: Moved[] = []
    if (!this.#begin()) return moved
    for (let looked = 0; looked < LOOKED_AT && moved.length < most && this.#look; looked += 1) {
      const { value: instance, done } = await this.#look.next()
      if (done) this.#look = null
      else {
        const one = await this.#tryMove(instance)
        if (one) moved.push(one)
      }
    }
    return moved
  }

  /** Moves every case that is old enough, one turn after the other. */
  async all(tell: (moved: Moved) => void = () => {}): Promise<void> {
    this.#lookedAt = Number.NEGATIVE_INFINITY
    do {
      for (const moved of await this.turn()) tell(moved)
    } while (this.#look)
  }

  /** Begins a look when none is under way. Gives whether one is. */
  #begin(): boolean {
    if (this.#look) return true
    const { host, days } = this.#parts
    const now = host.clock.now()
    if (now >= this.#lookedAt && now - this.#lookedAt < PAUSE) return false
    this.#lookedAt = now
    this.#look = endedBefore(host.store, now - days * DAY)
    return true
  }

  async #tryMove(instance: Instance): Promise<Moved | null> {
    try {
      return await this.#move(instance)
    } catch (error) {
      if (!(error instanceof Unfit) && !isConflict(error)) throw error
      this.#parts.report(`archiving of ${instance.key}`, error)
      return null
    }
  }

  async #move(instance: Instance): Promise<Moved | null> {
    const { host, files, days } = this.#parts
    const { store } = host
    const { key, number, endedAt } = instance
    const now = host.clock.now()
    // The look may have begun before the clock was set back.
    if (endedAt === null || endedAt > now - days * DAY || (await whyNotYet(store, instance, now)) !== null) return null
    await host.wake([key]).catch((error: unknown) => {
      const isDamaged = error instanceof Rejection && error.code === 'CASE_PACK_DAMAGED'
      throw isDamaged ? new Unfit(key, 'what it was packed into at rest is damaged') : error
    })
    const mark = await markOf(store, Math.floor(key / 2 ** 20))
    if (!mark) return null
    const path = packagePath(instance)
    const made = await makeCasePackage({ store, files, key, now: host.clock.now() }).catch((error: unknown) => {
      throw error instanceof Rejection || storageErrorOf(error) ? error : new Unfit(key, reasonOf(error))
    })
    await this.#folder.write(path, made)
    const packed = await this.#folder.read(path)
    if (!packed) throw new Unfit(key, `${path} is not on disk`)
    await checkPacked(store, instance, packed.content, mark).catch(async (error: unknown) => {
      // Its case goes on living, and erasing it would not reach the package.
      await this.#folder.remove(path)
      throw error
    })
    this.#isOpen = true
    const bytes = packed.content.length
    const request = { key, mark, package: { path, bytes, digest: packed.digest }, actor, requestId: `archive:${key}` }
    await host.archive(request).catch(async (error: unknown) => {
      // It is not as it was packed, as when it was erased. After any other failure the move may be written all the same.
      if (isConflict(error)) await this.#folder.remove(path)
      throw error
    })
    await this.#finishLast()
    return { key, number, path, bytes }
  }

  /** Ends the removal of the cases that were moved last: rows of their trail, and files that nothing names any more. */
  async #finishLast(): Promise<void> {
    if (!this.#isOpen) return
    const { host, files } = this.#parts
    for (const last of await lastArchived(host.store, LATEST)) {
      await host.removeArchivedRows(last.key)
      await dropUnnamed(host.store, files, last.files)
    }
    this.#isOpen = false
  }
}

const isConflict = (error: unknown): boolean => error instanceof Rejection && error.code === 'STATE_CONFLICT'

/** Why a package could not be made. What a driver says may quote data: then its name alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return error.message.startsWith('Expected ') ? error.message : error.name
}

/** Cases that would be moved now, and what keeps others that are old enough, for people. Reads alone. */
export async function* oldCases(
  store: Store,
  days: number,
  now: number,
): AsyncGenerator<{ readonly instance: Instance; readonly why: WhyNotYet | null }> {
  for await (const instance of endedBefore(store, now - days * DAY))
    yield { instance, why: await whyNotYet(store, instance, now) }
}
