import type { Binding } from '../model/definition.ts'
import type { Problem } from '../problem/problem.ts'

/** A form, decision or process that an element names. */
export interface Reference {
  readonly kind: 'form' | 'decision' | 'process'
  readonly id: string
  readonly binding: Binding
  readonly resource: string
  readonly elementId: string
  readonly elementName: string | null
}

/** What a model refers to: ids once each, and every place that names them. */
export interface References {
  readonly forms: readonly string[]
  readonly decisions: readonly string[]
  readonly processes: readonly string[]
  readonly uses: readonly Reference[]
}

export function collectReferences(uses: readonly Reference[]): References {
  const ids = (kind: Reference['kind']) => [...new Set(uses.filter((use) => use.kind === kind).map((use) => use.id))]
  return { forms: ids('form'), decisions: ids('decision'), processes: ids('process'), uses }
}

/** What is deployed before a model or with it, by id. */
export interface Known {
  readonly forms: Iterable<string>
  readonly decisions: Iterable<string>
  /** Absent where nobody can tell: then calls are not judged. */
  readonly processes?: Iterable<string>
}

/** Problems for what a model names and nobody has. */
export function missingReferences(references: References, known: Known): Problem[] {
  const has = {
    form: new Set(known.forms),
    decision: new Set(known.decisions),
    process: known.processes ? new Set(known.processes) : null,
  }
  return references.uses
    .filter(({ kind, id }) => has[kind] !== null && !has[kind].has(id))
    .map(({ kind, id, resource, elementId, elementName }): Problem => {
      const place = { severity: 'error' as const, resource, elementId, elementName }
      if (kind === 'form') return { ...place, code: 'FORM_NOT_FOUND', facts: { formId: id } }
      if (kind === 'decision') return { ...place, code: 'DECISION_NOT_FOUND', facts: { decisionId: id } }
      return { ...place, code: 'CALLED_PROCESS_NOT_FOUND', facts: { processId: id } }
    })
}
