import type { Directory } from '@bihuan/runtime/contract'
import type { FieldSources, Pickable } from '../../work/form/fields/surroundings.ts'
import type { Holders } from './trial.ts'

/**
 * What pickers offer in a trial: the units of the house, and whoever holds a role in the unit of the trial. Nothing is
 * asked from the server: a designer may not look people up for a case.
 */
export function trialSources(
  directory: Directory,
  holders: () => Holders,
  now: () => number,
): Pick<FieldSources, 'people' | 'units' | 'now'> {
  const found = (all: readonly Pickable[], search: string) => all.filter(({ name }) => name.includes(search.trim()))
  return {
    now,
    units: async (search, level) =>
      found(
        directory.units
          .filter((unit) => level === null || unit.level === level)
          .map(({ id, name }) => pickable(id, name)),
        search,
      ),
    people: async (search, role) => {
      const known = new Map<string, Pickable>()
      // Those above the unit are named with a level; pickers offer none of them.
      for (const [held, people] of Object.entries(holders()))
        if (role === null ? !held.includes('@') : held === role)
          for (const { id, name } of people) known.set(id, pickable(id, name))
      return found([...known.values()], search)
    },
  }
}

const pickable = (id: string, name: string): Pickable => ({ id, name, about: '' })
