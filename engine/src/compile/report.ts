import { ExpressionMeter } from '../feel/index.ts'
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
  readonly meter: ExpressionMeter
  add(place: Place, code: ProblemCode, facts?: Facts, severity?: 'error' | 'warning'): void
}

export function newReport(resource: string): Report {
  const problems: Problem[] = []
  const report: Report = {
    resource,
    problems,
    uses: [],
    meter: new ExpressionMeter((facts) => report.add({ id: null, name: null }, 'RESOURCE_TOO_LARGE', facts)),
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
  return report
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
