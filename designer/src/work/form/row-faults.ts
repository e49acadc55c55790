/** What is said at fields: by the field's id, and for a field in lists by the rows it stands in, outermost first. */
export type Faults = { readonly [at: string | number]: unknown }

/**
 * What is said of a field when a row of a list is taken away: that of the row goes, those below it move up with theirs.
 * @param said what is said of the field, by rows
 * @param outer the rows the list itself stands in, outermost first; empty for a list that stands in none
 */
export function withoutRow(said: unknown, outer: readonly number[], row: number): unknown {
  const rows = Object.entries(said ?? {}).map(([at, inner]) => [Number(at), inner] as const)
  const [head, ...rest] = outer
  if (head === undefined)
    return Object.fromEntries(rows.filter(([at]) => at !== row).map(([at, inner]) => [at > row ? at - 1 : at, inner]))
  return Object.fromEntries(rows.map(([at, inner]) => [at, at === head ? withoutRow(inner, rest, row) : inner]))
}

/** How many fields something is said of. */
export function countFaults(said: unknown): number {
  const inner = Object.values(said ?? {})
  return inner.some((each) => typeof each === 'string') ? 1 : inner.reduce((sum, each) => sum + countFaults(each), 0)
}
