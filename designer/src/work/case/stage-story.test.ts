import type { TrailEntry } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { storyOf } from './stage-story.ts'

const stages = [
  { elementId: 'a', name: 'A', state: 'done' as const },
  { elementId: 'b', name: 'B', state: 'current' as const },
  { elementId: 'c', name: 'C', state: 'ahead' as const },
]
const entry = (sequence: number, elementId: string | null, change: Partial<TrailEntry> = {}): TrailEntry => ({
  sequence,
  at: `2026-05-0${sequence}T00:00:00Z`,
  actor: { type: 'person', id: 'u', name: 'u' },
  kind: 'userTask.completed',
  elementId,
  elementName: null,
  facts: {},
  answers: [],
  messages: null,
  why: null,
  important: true,
  ...change,
})
const told = (entries: TrailEntry[]) =>
  storyOf(stages, entries).map((story) => story.entries.map((each) => each.sequence))

describe('the story of a case, stage by stage', () => {
  it('gives an entry to the stage opened last, and the first ones to the first', () => {
    expect(told([entry(1, null), entry(2, 'a'), entry(3, 'x'), entry(4, 'b'), entry(5, 'y')])).toEqual([
      [1, 2, 3],
      [4, 5],
      [],
    ])
  })

  it('opens a stage by its name where another element of it is reached', () => {
    const again = entry(2, 'b2', { kind: 'element.activated', facts: { stage: 'B' } })
    expect(told([entry(1, 'a'), again, entry(3, 'z')])).toEqual([[1], [3], []])
  })

  it('goes back with a case that went back', () => {
    expect(told([entry(1, 'a'), entry(2, 'b'), entry(3, 'a')])).toEqual([[1, 3], [2], []])
  })

  it('leaves the unimportant out, and dates a stage by what it holds', () => {
    const [, b] = storyOf(stages, [entry(1, 'a'), entry(2, 'b', { important: false }), entry(3, 'b')])
    expect(b).toMatchObject({ from: '2026-05-03T00:00:00Z', to: '2026-05-03T00:00:00Z' })
  })
})
