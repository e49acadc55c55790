import type { Problem } from '../problem/problem.ts'

/** An element of a decision requirements graph as it is written, also one that cannot be executed. */
export interface DrgElement {
  /** Whether it is a decision; else it is input data, a function or a decision service. */
  readonly isDecision: boolean
  /** Ids of what it requires itself. */
  readonly requires: readonly string[]
}

/** The elements of a file by id. */
export type Drg = ReadonlyMap<string, DrgElement>

/**
 * The problems of a file that concern one of its decisions: its own, those of what it requires by way of whatever, and
 * those of nothing that a decision needs, such as a type or a file that cannot be read.
 */
export function problemsOf(
  id: string,
  { drg, problems }: { readonly drg: Drg; readonly problems: readonly Problem[] },
): readonly Problem[] {
  const own = neededBy([id], drg)
  const all = neededBy(
    [...drg].flatMap(([each, { isDecision }]) => (isDecision ? [each] : [])),
    drg,
  )
  return problems.filter(({ elementId }) => elementId === null || own.has(elementId) || !all.has(elementId))
}

/** Elements with all they require. */
function neededBy(ids: readonly string[], drg: Drg): ReadonlySet<string> {
  const needed = new Set(ids)
  for (const id of needed) for (const required of drg.get(id)?.requires ?? []) needed.add(required)
  return needed
}
