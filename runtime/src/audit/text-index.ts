/** Characters by which texts are looked up; what is longer is compared where these are found. */
const KEY = 64

/**
 * Says whether one of many texts stands within another one, in a time that grows with the length of that one and hardly
 * with how many they are: whoever fills in a list of ten thousand values keeps nobody waiting.
 */
export class TextIndex {
  /** Beginnings in the order of their code units; none begins with another. */
  readonly #keys: readonly string[]
  /** The texts of each beginning. */
  readonly #texts = new Map<string, readonly string[]>()

  constructor(texts: Iterable<string>) {
    let last: string | null = null
    for (const text of [...texts].sort()) {
      const key = text.slice(0, KEY)
      const known: readonly string[] = (last === null ? null : this.#texts.get(last)) ?? []
      // A text that begins with another one is found where that is. Those stand side by side, the shortest first.
      if (last !== null && known.some((one) => one === last) && text.startsWith(last)) continue
      this.#texts.set(key, key === last ? [...known, text] : [text])
      last = key
    }
    this.#keys = [...this.#texts.keys()]
  }

  /** Whether one of the texts is within this one. */
  isIn(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const piece = text.slice(at, at + KEY)
      const key = this.#lastUpTo(piece)
      if (key !== null && piece.startsWith(key) && this.#texts.get(key)!.some((one) => text.startsWith(one, at)))
        return true
    }
    return false
  }

  /** The last beginning that does not come after a piece. One that the piece begins with is that one. */
  #lastUpTo(piece: string): string | null {
    let from = 0
    let to = this.#keys.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#keys[middle]! <= piece) from = middle + 1
      else to = middle
    }
    return from === 0 ? null : this.#keys[from - 1]!
  }
}
