import type { Change, Detail, What } from './comparison.ts'

/** What is known of a thing, by kind; absent and empty are the same. */
export type Facts = { readonly [what in What]?: string | null | undefined }

/** What differs between two of them, in the order in which they name it. */
export function detailsOf(before: Facts, after: Facts): Detail[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])] as What[]
  return names.flatMap((what) => {
    const [was, is] = [before[what] || null, after[what] || null]
    return was === is ? [] : [{ what, before: was, after: is }]
  })
}

export interface Thing {
  readonly id: string
  readonly name: string
  readonly type: string | null
  readonly facts: Facts
}

/** What was added, removed and changed between two lists of things, in the order of the later one; removed ones last. */
export function changesOf(before: readonly Thing[], after: readonly Thing[]): Change[] {
  const was = new Map(before.map((thing) => [thing.id, thing]))
  const is = new Map(after.map((thing) => [thing.id, thing]))
  const kept = [...is.values()].flatMap((thing): Change[] => {
    const { id, name, type } = thing
    const earlier = was.get(id)
    if (!earlier) return [{ kind: 'added', id, name, type, details: [] }]
    const details = detailsOf(earlier.facts, thing.facts)
    return details.length > 0 ? [{ kind: 'changed', id, name, type, details }] : []
  })
  const gone = [...was.values()].flatMap(({ id, name, type }): Change[] =>
    is.has(id) ? [] : [{ kind: 'removed', id, name, type, details: [] }],
  )
  return [...kept, ...gone]
}

/** A value as text that is the same for the same value. */
export function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
