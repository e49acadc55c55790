/**
 * What a name means at a place of an expression, known while it is compiled. Each name bound has a slot in the frame
 * of the evaluation: the first one 0, one more with each scope inside.
 */
export class Scope {
  readonly #outer: Scope | null
  readonly #name: string | null
  /** The slot after those in use. */
  readonly size: number
  /** Whether names that are missing are no news: in `is defined(x)`. */
  readonly quiet: boolean
  /** Whether the scope is inside a filter, where a name may be an entry of the item. */
  readonly inFilter: boolean

  private constructor(outer: Scope | null, name: string | null, size: number, quiet: boolean, inFilter: boolean) {
    this.#outer = outer
    this.#name = name
    this.size = size
    this.quiet = quiet
    this.inFilter = inFilter
  }

  static readonly empty = new Scope(null, null, 0, false, false)

  /** With one more name, in slot `size` of this scope. */
  bind(name: string): Scope {
    return new Scope(this, name, this.size + 1, this.quiet, this.inFilter)
  }

  /** With the item of a filter in slot `size` of this scope: it is called `item`, and its entries are names. */
  bindItem(): Scope {
    return new Scope(this, null, this.size + 1, this.quiet, true)
  }

  /** Where nothing is said of missing names. */
  hush(): Scope {
    return this.quiet ? this : new Scope(this.#outer, this.#name, this.size, true, this.inFilter)
  }

  /**
   * Where the name is found: in `slot` (null: in the context of the evaluation), unless one of `items`, slots of
   * filtered items from the inside out, is a context with an entry of that name: an entry `item`, too, goes first.
   */
  find(name: string): { readonly slot: number | null; readonly items: readonly number[] } {
    const items: number[] = []
    for (let at: Scope = this, outer = at.#outer; outer; at = outer, outer = at.#outer) {
      const slot = at.size - 1
      if (at.#name === null) items.push(slot)
      if (at.#name === name || (at.#name === null && name === 'item')) return { slot, items }
    }
    return { slot: null, items }
  }
}
