import type { Json } from '../record/json.ts'
import { hasEnded } from '../state/state.ts'
import type { Expectation } from './scenario.ts'
import type { View } from './view.ts'

/** Every part of an expectation that does not hold, in words. */
export function judgeExpectation(expected: Expectation, view: View): string[] {
  const { state } = view
  const texts: string[] = []
  const bag = (what: string, wanted: readonly string[] | undefined, found: readonly string[]) => {
    if (wanted && !same([...wanted].sort(), [...found].sort()))
      texts.push(`Expected ${what} to be ${show(wanted)}, but found ${show(found)}.`)
  }
  bag(
    'open tasks',
    expected.tasks,
    view.tasks.map((task) => task.elementId),
  )
  bag(
    'open incidents',
    expected.incidents,
    view.incidents.map((incident) => incident.code),
  )
  bag(
    'open timers',
    expected.timers,
    [...state.timers.values()].map((timer) => timer.elementId),
  )
  bag(
    'acts',
    expected.actions,
    view.actions.map((action) => action.label),
  )
  bag(
    'jobs',
    expected.jobs,
    view.jobs.map((job) => job.type),
  )
  for (const flow of expected.taken ?? [])
    if (!view.taken.has(flow)) texts.push(`Expected flow "${flow}" to have been taken, but it was not.`)
  for (const flow of expected.notTaken ?? [])
    if (view.taken.has(flow)) texts.push(`Expected flow "${flow}" not to have been taken, but it was.`)
  const ended = state.instance !== null && hasEnded(state.instance)
  if (expected.ended !== undefined && expected.ended !== ended)
    texts.push(
      `Expected the case ${expected.ended ? 'to have ended' : 'to go on'}, but it ${ended ? 'has ended' : 'goes on'}.`,
    )
  const variables = state.elements.get(view.instanceKey)?.variables ?? {}
  for (const [name, wanted] of Object.entries(expected.variables ?? {})) {
    const found = Object.hasOwn(variables, name) ? (variables[name] ?? null) : null
    if (!same(wanted, found)) texts.push(`Expected variable "${name}" to be ${show(wanted)}, but it is ${show(found)}.`)
  }
  if (expected.stage !== undefined && expected.stage !== view.stage)
    texts.push(`Expected the stage "${expected.stage}", but the case is in ${show(view.stage)}.`)
  for (const [elementId, who] of Object.entries(expected.assigned ?? {})) {
    const found = view.tasks
      .filter((task) => task.elementId === elementId)
      .flatMap((task) => {
        const assignee = state.tasks.get(task.key)?.assignee
        return assignee ? [assignee] : task.candidates.map((one) => `${one.role}@${one.unitId}`)
      })
    if (!found.includes(who))
      texts.push(`Expected task "${elementId}" to be with "${who}", but it is with ${show(found)}.`)
  }
  return texts
}

/** Whether two JSON values are equal; the order of names does not matter. */
export function same(a: Json, b: Json): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i] ?? null))
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name] ?? null, b[name] ?? null))
  )
}

function show(value: Json | readonly string[]): string {
  return JSON.stringify(value)
}
