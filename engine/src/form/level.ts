/** Paths taken on one level: the answers, or one row of a list. */
export class Level {
  readonly #taken = new Set<string>()
  readonly #through = new Set<string>()

  /** Takes a path; names what it clashes with. */
  take(path: readonly string[]): 'keyTwice' | 'keyClash' | null {
    const name = path.join('.')
    const parents = path.slice(1).map((_, i) => path.slice(0, i + 1).join('.'))
    if (this.#taken.has(name)) return 'keyTwice'
    if (this.#through.has(name) || parents.some((parent) => this.#taken.has(parent))) return 'keyClash'
    this.#taken.add(name)
    for (const parent of parents) this.#through.add(parent)
    return null
  }
}
