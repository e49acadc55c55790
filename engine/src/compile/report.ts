import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts, Problem } from '../problem/problem.ts'
import type { Reference } from './references.ts'

/** What a model element is called in problems. */
export interface Place {
  readonly id: string | null
  readonly name: string | null
}

/** Collects the findings of one resource. */
export interface Report {
  readonly resource: string
  readonly problems: Problem[]
  readonly uses: Reference[]
  add(place: Place, code: ProblemCode, facts?: Facts, severity?: 'error' | 'warning'): void
}

export function newReport(resource: string): Report {
  const problems: Problem[] = []
  return {
    resource,
    problems,
    uses: [],
    add(place, code, facts = {}, severity = 'error') {
      problems.push({
        code,
        severity,
        resource,
        elementId: place.id,
        elementName: place.name,
        facts,
      })
    },
  }
}

/** The place of a moddle element: itself when it has an id, else the nearest around it that has. */
export function placeOf(bo: { readonly $type: string } | undefined): Place {
  let current = bo as { id?: unknown; name?: unknown; $parent?: unknown } | undefined
  while (current) {
    if (typeof current.id === 'string')
      return { id: current.id, name: typeof current.name === 'string' && current.name !== '' ? current.name : null }
    current = current.$parent as typeof current
  }
  return { id: null, name: null }
}
