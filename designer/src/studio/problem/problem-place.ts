import type { PackageFiles, Problem } from '@bihuan/engine'

/** Where a finding leads: what part of the package it is about, and the address there. */
export interface ProblemPlace {
  readonly part: 'element' | 'process' | 'field' | 'form' | 'decision' | 'parameters' | 'package'
  /** Name of the element, field, form or decision; null when the part as a whole is meant. */
  readonly name: string | null
  readonly path: string
}

const textFact = (problem: Problem, name: string): string | null => {
  const value = problem.facts[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Where to go to mend a finding of package `id`. */
export function placeOf(id: string, files: PackageFiles, problem: Problem): ProblemPlace {
  const base = `/studio/${encodeURIComponent(id)}`
  const to = (page: string, query: Record<string, string | null>): string => {
    const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : [])))
    const text = search.toString()
    return `${base}${page}${text ? `?${text}` : ''}`
  }
  const { resource, elementId, elementName } = problem
  if (resource.endsWith('.bpmn'))
    return elementId
      ? { part: 'element', name: elementName ?? elementId, path: to('', { element: elementId, file: resource }) }
      : { part: 'process', name: null, path: to('', { file: resource }) }
  if (resource.endsWith('.form')) {
    const form = formOf(files[resource], resource)
    return {
      part: 'form',
      name: form.title,
      path: to('/forms', { form: form.id, field: textFact(problem, 'key') ?? textFact(problem, 'field') ?? elementId }),
    }
  }
  if (resource.endsWith('.dmn'))
    return {
      part: 'decision',
      name: elementName ?? elementId,
      path: to('/decisions', { decision: elementId, file: resource }),
    }
  if (resource === 'parameters.yaml')
    return { part: 'parameters', name: null, path: to('/parameters', { parameter: textFact(problem, 'found') }) }
  if (resource === 'fields.yaml') {
    const name = textFact(problem, 'field')
    const step = textFact(problem, 'step')
    return { part: 'field', name, path: to('/fields', { field: textFact(problem, 'key') ?? name, step }) }
  }
  return { part: 'package', name: null, path: to('', {}) }
}

function formOf(text: string | undefined, resource: string): { id: string; title: string } {
  const name = resource.replace(/\.form$/, '')
  try {
    const schema = JSON.parse(text ?? '') as { id?: unknown; properties?: { title?: unknown } } | null
    const id = typeof schema?.id === 'string' ? schema.id : name
    const title = schema?.properties?.title
    return { id, title: typeof title === 'string' && title !== '' ? title : name }
  } catch {
    return { id: name, title: name }
  }
}

/** Findings in the order they are dealt with: what hinders publishing first, each kind as the engine found it. */
export const inOrder = (problems: readonly Problem[]): Problem[] => [
  ...problems.filter(({ severity }) => severity === 'error'),
  ...problems.filter(({ severity }) => severity === 'warning'),
]

/** How many there are of each kind. */
export const countsOf = (problems: readonly Problem[]): { errors: number; warnings: number } => {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: problems.length - errors }
}
