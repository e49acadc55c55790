import type { Directory, Package } from '@bihuan/runtime/contract'

/** Whom a publication concerns: the first unit's name, how many, and what level they are. */
export interface Reach {
  readonly first: string
  readonly count: number
  readonly level: string
}

/**
 * The units a package of `owner` is used in: of the lowest level below it, else itself. Null while the directory is not
 * known or does not hold that unit.
 */
export function reachOf(directory: Directory | undefined, owner: Package['unit']): Reach | null {
  const units = directory?.units ?? []
  const below = new Set([owner.id])
  // Parents may stand behind their children in the list.
  for (let grown = true; grown; ) {
    grown = false
    for (const { id, parentId } of units)
      if (parentId !== null && below.has(parentId) && !below.has(id)) {
        below.add(id)
        grown = true
      }
  }
  const levels = directory?.levels.map(({ key }) => key) ?? []
  const reached = units.filter(({ id }) => below.has(id))
  const lowest = Math.max(...reached.map(({ level }) => levels.indexOf(level)), -1)
  const using = reached.filter(({ level }) => levels.indexOf(level) === lowest)
  const [first] = using
  if (!first) return null
  return { first: first.name, count: using.length, level: directory?.levels[lowest]?.name ?? '' }
}
