import type { Key } from '@bihuan/engine'
import type { Host } from '../host/host.ts'
import { awakeBefore } from './old-cases.ts'

const DAY = 86_400_000
/** Cases looked at, and cases put to rest, in one turn: people come first. */
const LOOKED_AT = 50
const PUT = 2
/** When all finished cases were looked at, the next look begins after so long. */
const PAUSE = 60 * 60_000

/** Puts finished cases to rest, the oldest first. One that cannot be now is looked at again the next time. */
export class Rest {
  readonly #host: Pick<Host, 'store' | 'clock' | 'rest'>
  readonly #days: number
  /** The look through the cases that is under way; null between two. */
  #look: AsyncGenerator<Key> | null = null
  #lookedAt = Number.NEGATIVE_INFINITY

  /** `days`: how long after its end a case stays as it is. */
  constructor({ host, days }: { readonly host: Pick<Host, 'store' | 'clock' | 'rest'>; readonly days: number }) {
    this.#host = host
    this.#days = days
  }

  /** Puts some cases to rest; gives how many. Throws what would keep the others from it, too, such as a full disk. */
  async turn(most = PUT): Promise<number> {
    let put = 0
    if (!this.#begin()) return put
    for (let looked = 0; looked < LOOKED_AT && put < most && this.#look; looked += 1) {
      const { value: key, done } = await this.#look.next()
      if (done) this.#look = null
      else if (await this.#host.rest(key)) put += 1
    }
    return put
  }

  /** Puts every case to rest that can be, one turn after the other; gives how many. */
  async all(): Promise<number> {
    this.#lookedAt = Number.NEGATIVE_INFINITY
    let put = 0
    do put += await this.turn()
    while (this.#look)
    return put
  }

  /** Begins a look when none is under way. Gives whether one is. */
  #begin(): boolean {
    if (this.#look) return true
    const { clock, store } = this.#host
    const now = clock.now()
    if (now >= this.#lookedAt && now - this.#lookedAt < PAUSE) return false
    this.#lookedAt = now
    this.#look = awakeBefore(store, now - this.#days * DAY)
    return true
  }
}
