/** What can be found of an element. */
export interface Findable {
  readonly id: string
  readonly name: string
}

const NOT = 4

/**
 * Elements whose name or id holds what was typed: the one that is called so, then names that begin so, names that hold
 * it, ids.
 * Without a text all that have a name, as they come.
 */
export function findElements<T extends Findable>(elements: readonly T[], typed: string): T[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return elements.filter(({ name }) => name !== '')
  const rank = ({ id, name }: Findable): number => {
    const own = name.toLowerCase()
    if (own === text || id.toLowerCase() === text) return 0
    if (own.startsWith(text)) return 1
    if (own.includes(text)) return 2
    return id.toLowerCase().includes(text) ? 3 : NOT
  }
  return elements
    .map((element) => ({ element, place: rank(element) }))
    .filter(({ place }) => place < NOT)
    .toSorted((a, b) => a.place - b.place)
    .map(({ element }) => element)
}
