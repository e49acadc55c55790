/** Writes what an editor has not written yet; gives a promise while that takes time, nothing when all was written. */
export type Bring = () => Promise<void> | undefined

export interface BeforeSave {
  /** Asks an editor from now on; gives what ends it. */
  add(bring: Bring): () => void
  /** Asks all editors. Gives a promise while one of them still writes; an editor that fails keeps nobody else from saving. */
  bring: Bring
}

/** The editors of a package that write a little later than their users do. */
export function createBeforeSave(): BeforeSave {
  const editors = new Set<Bring>()
  return {
    add(bring) {
      editors.add(bring)
      return () => editors.delete(bring)
    },
    bring() {
      const writing = [...editors].map((bring) => bring()).filter((one) => one !== undefined)
      return writing.length > 0 ? Promise.allSettled(writing).then(() => undefined) : undefined
    },
  }
}
