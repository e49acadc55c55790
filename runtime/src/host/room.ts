import { statfs } from 'node:fs/promises'
import { Rejection } from '@bihuan/engine'

/** The disk of a host: how many bytes are free, and how few are too few. */
export interface Disk {
  readonly freeBytes: () => Promise<number>
  /** Below it nothing new is taken; 0 takes whatever fits. */
  readonly low: number
}

/** So much more than `low` has to be free again before writing goes on, so that it does not come and go. */
const MARGIN = 1.1

/** Bytes free to this process on the disk of a folder. */
export const freeBytesOf = (folder: string) => async (): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/**
 * Whether there is room for more. With little left the host only reads: what is running stays whole, people still see
 * their cases and keep their drafts, and the operator has room to work in.
 */
export class Room {
  readonly #disk: Disk | null
  readonly #report: (what: string, error: unknown) => void
  #free: number | null = null
  #isLow = false

  constructor(disk: Disk | null, report: (what: string, error: unknown) => void) {
    this.#disk = disk
    this.#report = report
  }

  /** Bytes that were free when it was last looked at; null before, and where nothing is watched. */
  get free(): number | null {
    return this.#free
  }

  get isLow(): boolean {
    return this.#isLow
  }

  /** Throws `STORAGE_FULL` while too little is left. */
  check(): void {
    if (this.#isLow) throw new Rejection('STORAGE_FULL')
  }

  /** Looks at the disk. One that cannot be asked is not taken for a full one. */
  async look(): Promise<void> {
    if (!this.#disk) return
    const { low, freeBytes } = this.#disk
    try {
      this.#free = await freeBytes()
    } catch (error) {
      return this.#report('disk', error)
    }
    this.#isLow = this.#free < (this.#isLow ? low * MARGIN : low)
  }
}
