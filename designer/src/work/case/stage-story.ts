import type { Case, TrailEntry } from '@bihuan/runtime/contract'
import { isArrival, isKey } from './trail-sentence.ts'

type Stage = Case['ring']['stages'][number]

/** A stage of the ring with what happened in it. */
export interface StageStory {
  readonly stage: Stage
  /** Important entries, oldest first. */
  readonly entries: readonly TrailEntry[]
  /** When the stage was first and last touched; null for a stage ahead that nothing has touched. */
  readonly from: string | null
  readonly to: string | null
}

/**
 * Tells the trail stage by stage: an entry belongs to the stage that was opened last before it, where an entry that
 * names a stage, or stands at a stage's element, opens that stage. What comes before any stage belongs to the first.
 * @param stages in the order of the ring
 * @param entries in the order of the trail
 */
export function storyOf(stages: readonly Stage[], entries: readonly TrailEntry[]): StageStory[] {
  const told: TrailEntry[][] = stages.map(() => [])
  let open = 0
  for (const entry of [...entries].sort((a, b) => a.sequence - b.sequence)) {
    const at = stages.findIndex((stage) => stage.name === entry.facts.stage || stage.elementId === entry.elementId)
    if (at >= 0) open = at
    if (entry.important || isKey(entry)) told[open]?.push(entry)
  }
  return stages.map((stage, index) => {
    const own = told[index] ?? []
    // That the stage was reached is said by the stage itself.
    const entries = own.filter((entry) => !isArrival(entry))
    return { stage, entries, from: own[0]?.at ?? null, to: own.at(-1)?.at ?? null }
  })
}
