import type { DrawnElement, Mapping, MigrationMappings, MigrationResult } from '@bihuan/runtime/contract'

export type Outcome = MigrationResult['items'][number]
type Words = NonNullable<Outcome['refusal']>['messages']

/** Cases that stay for one and the same reason. */
export interface Kept {
  readonly cases: readonly Outcome[]
  /** The step that cannot go on; null when it is not about one. */
  readonly elementId: string | null
  readonly elementName: string | null
  readonly messages: Words
}

/** What keeps cases, by step and reason, the most first. A case with several obstacles is counted at its first. */
export function keptRows(outcomes: readonly Outcome[]): readonly Kept[] {
  const rows = new Map<string, Kept & { cases: Outcome[] }>()
  for (const outcome of outcomes) {
    if (!outcome.refusal) continue
    const { problems, messages, code } = outcome.refusal
    const first = problems[0]
    const words = first?.messages ?? messages
    const key = [code, first?.elementId, words.en?.text].join('\n')
    const row = rows.get(key)
    if (row) row.cases.push(outcome)
    else
      rows.set(key, {
        cases: [outcome],
        elementId: first?.elementId ?? null,
        elementName: first?.elementName ?? null,
        messages: words,
      })
  }
  return [...rows.values()].sort((a, b) => b.cases.length - a.cases.length)
}

/** Where a step may be sent: those of its kind in the other version. */
export function targetsFor(elementId: string, { sources, targets }: MigrationMappings): readonly DrawnElement[] {
  const type = sources.find((source) => source.elementId === elementId)?.type
  return targets.filter((target) => target.type === type && target.name !== null)
}

/** A step that was sent elsewhere by hand. */
export interface Sent {
  readonly from: DrawnElement
  readonly to: DrawnElement
}

/** The steps that are sent elsewhere than by themselves, in the order in which that was said. */
export function sentByHand(mappings: readonly Mapping[], known: MigrationMappings | undefined): readonly Sent[] {
  if (!known) return []
  const own = new Map(known.mappings.map((one) => [one.sourceElementId, one.targetElementId]))
  return mappings.flatMap(({ sourceElementId, targetElementId }) => {
    const from = known.sources.find(({ elementId }) => elementId === sourceElementId)
    const to = known.targets.find(({ elementId }) => elementId === targetElementId)
    return from && to && own.get(sourceElementId) !== targetElementId ? [{ from, to }] : []
  })
}

/** The mappings with one step sent elsewhere. */
export const withMapping = (mappings: readonly Mapping[], added: Mapping): Mapping[] => [
  ...mappings.filter(({ sourceElementId }) => sourceElementId !== added.sourceElementId),
  added,
]
