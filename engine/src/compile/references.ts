import type { Problem } from '../problem/problem.ts'

/** A form or decision that an element names. */
export interface Reference {
  readonly kind: 'form' | 'decision'
  readonly id: string
  readonly resource: string
  readonly elementId: string
  readonly elementName: string | null
}

/** What a model refers to: ids once each, and every place that names them. */
export interface References {
  readonly forms: readonly string[]
  readonly decisions: readonly string[]
  readonly uses: readonly Reference[]
}

export function collectReferences(uses: readonly Reference[]): References {
  const ids = (kind: Reference['kind']) => [...new Set(uses.filter((use) => use.kind === kind).map((use) => use.id))]
  return { forms: ids('form'), decisions: ids('decision'), uses }
}

/** Problems for what a model names and nobody has: `known` are the forms and decisions deployed before or with it. */
export function missingReferences(
  references: References,
  known: { readonly forms: Iterable<string>; readonly decisions: Iterable<string> },
): Problem[] {
  const forms = new Set(known.forms)
  const decisions = new Set(known.decisions)
  return references.uses
    .filter((use) => !(use.kind === 'form' ? forms : decisions).has(use.id))
    .map(
      (use): Problem => ({
        code: use.kind === 'form' ? 'FORM_NOT_FOUND' : 'DECISION_NOT_FOUND',
        severity: 'error',
        resource: use.resource,
        elementId: use.elementId,
        elementName: use.elementName,
        facts: use.kind === 'form' ? { formId: use.id } : { decisionId: use.id },
      }),
    )
}
