import type { Clock } from '../host/clock.ts'

const SILENCE = 40_000

export interface Editor {
  readonly personId: string
  readonly since: number
  /** Part of the studio that is open. */
  readonly place: string
}

/** Who has which package open, in memory: somebody who says nothing for 40 s is gone. */
export class PresenceBook {
  readonly #clock: Clock
  readonly #open = new Map<string, Map<string, Editor & { readonly heardAt: number }>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Somebody says where he is; an empty place says good-bye. Gives who is there now, he among them. */
  say(packageId: string, personId: string, place: string): readonly Editor[] {
    const now = this.#clock.now()
    const editors = this.#open.get(packageId) ?? new Map()
    for (const [id, { heardAt }] of editors) if (now - heardAt > SILENCE) editors.delete(id)
    if (place === '') editors.delete(personId)
    else editors.set(personId, { personId, place, since: editors.get(personId)?.since ?? now, heardAt: now })
    if (editors.size === 0) this.#open.delete(packageId)
    else this.#open.set(packageId, editors)
    return [...editors.values()].map(({ personId: id, since, place: at }) => ({ personId: id, since, place: at }))
  }
}
