import type { Startable } from '../../api/shapes.ts'

/** Processes by department, in the order the server gives; those without one come last under no name. */
export function byDepartment(list: readonly Startable[]): { department: string | null; items: Startable[] }[] {
  const groups = new Map<string | null, Startable[]>()
  for (const item of list) groups.set(item.department, [...(groups.get(item.department) ?? []), item])
  return [...groups]
    .map(([department, items]) => ({ department, items }))
    .sort((one, other) => Number(one.department === null) - Number(other.department === null))
}

/** Whether a process is what these words mean: each word stands in its name, its description or its department. */
export function matches(item: Startable, words: string): boolean {
  const text = [item.name, item.description, item.department].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
