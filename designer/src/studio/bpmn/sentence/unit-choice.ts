import type { Directory } from '@bihuan/runtime/contract'
import { createSignal } from 'solid-js'

const STORE = 'bihuan.studio-unit'

function remembered(): string {
  try {
    return localStorage.getItem(STORE) ?? ''
  } catch {
    return ''
  }
}

const [chosen, setChosen] = createSignal(remembered())

/** The unit that sentences are tried in: the one chosen last, else the first that has none below it. */
export function exampleUnit(directory: Directory | undefined): string {
  const units = directory?.units ?? []
  if (units.some((unit) => unit.id === chosen())) return chosen()
  const parents = new Set(units.map((unit) => unit.parentId))
  return (units.find((unit) => !parents.has(unit.id)) ?? units[0])?.id ?? ''
}

export function chooseExampleUnit(id: string): void {
  setChosen(id)
  try {
    localStorage.setItem(STORE, id)
  } catch {
    // Without a store it lasts as long as the page.
  }
}
