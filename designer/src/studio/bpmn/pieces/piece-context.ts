import type { FieldDictionary, FieldEntry, StepAccess } from '@bihuan/engine'

/** A step that people fill, as far as a piece must know of it. */
export interface StepBefore {
  readonly id: string
  readonly kind: 'start' | 'task'
  /** As written in the model; null when nobody is named or a formula names them. */
  readonly candidateGroups: string | null
}

/** What a piece is drawn for: the model it goes into, as plain data. */
export interface PieceContext {
  readonly packageId: string
  /** Whether an id of the model is in use. */
  readonly isTaken: (id: string) => boolean
  readonly dictionary: FieldDictionary
  /** The step that people did last before this place. */
  readonly before: StepBefore | null
  /** Keys of the roles there are, to begin with. */
  readonly roles: readonly string[]
  /** FEEL of the case's title with its `=`; null when the process has none. */
  readonly caseTitle: string | null
  readonly processName: string
  /** Host that a boundary event is attached to. */
  readonly host: string | null
}

/** Gives ids and field keys that are free, each once: `review_1`, then `review_2`; `opinion`, then `opinion_2`. */
export interface Names {
  id(base: string): string
  /** A number for a group of ids: free for all of them. */
  group(base: string, parts: readonly string[]): (part?: string) => string
  field(entry: FieldEntry): FieldEntry
}

export function namesFor(context: PieceContext): Names {
  const given = new Set<string>()
  const isTaken = (id: string) => given.has(id) || context.isTaken(id)
  const keys = new Set(context.dictionary.fields.map((field) => field.key))
  const labels = new Set(context.dictionary.fields.map((field) => field.name))
  function group(base: string, parts: readonly string[]): (part?: string) => string {
    const full = (number: number, part?: string) => `${base}_${number}${part ? `_${part}` : ''}`
    let number = 1
    while (isTaken(full(number)) || parts.some((part) => isTaken(full(number, part)))) number += 1
    const chosen = number
    given.add(full(chosen))
    for (const part of parts) given.add(full(chosen, part))
    return (part) => full(chosen, part)
  }
  return {
    id: (base) => group(base, [])(),
    group,
    field(entry) {
      const key = free(entry.key, (number) => `${entry.key}_${number}`, keys)
      const name = free(entry.name, (number) => `${entry.name} ${number}`, labels)
      keys.add(key)
      labels.add(name)
      return { ...entry, key, name }
    },
  }
}

function free(first: string, next: (number: number) => string, taken: ReadonlySet<string>): string {
  if (!taken.has(first)) return first
  let number = 2
  while (taken.has(next(number))) number += 1
  return next(number)
}

/** What a new step sees of the fields there are: reads those that are not sensitive. */
export function readsAll(dictionary: FieldDictionary): { [fieldKey: string]: StepAccess } {
  return Object.fromEntries(
    dictionary.fields.filter((field) => field.grade !== 'sensitive').map((field) => [field.key, 'read' as const]),
  )
}

/** Cells of the given fields with one access. */
export function cells(fields: readonly FieldEntry[], access: StepAccess): { [fieldKey: string]: StepAccess } {
  return Object.fromEntries(fields.map((field) => [field.key, access]))
}

/** A step reads what was written after it, when the way may lead back to it; the start is never come back to. */
export function readsBack(
  before: StepBefore | null,
  fields: readonly FieldEntry[],
): { [elementId: string]: { [fieldKey: string]: StepAccess } } {
  return before?.kind === 'task' ? { [before.id]: cells(fields, 'read') } : {}
}
