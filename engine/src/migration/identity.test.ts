import { expect, test } from 'vitest'
import type { DefinitionBundle } from '../model/definition.ts'
import type { Command } from '../record/record.ts'
import { restoreState, stateText } from '../state/snapshot.ts'
import { emptyState, type State } from '../state/state.ts'
import { step } from '../step/step.ts'
import { START, versionsOf } from '../testing/index.ts'
import { modelOf } from '../testing/random-model.ts'
import { type Move, movesOf, startMove } from '../testing/random-moves.ts'
import { check, type RandomCase } from '../testing/random-run.ts'
import { suggestMappings } from './suggest.ts'

const SEED = 20261129
const RUNS = 30

/** The state but for what a migration to the same drawing changes: the key of the definition, the form of a task. */
function withoutVersion(state: State): string {
  const { instance, tasks, ...rest } = JSON.parse(stateText(state))
  return JSON.stringify({
    ...rest,
    instance: { ...instance, definitionKey: 0 },
    tasks: tasks.map((task: object) => ({ ...task, formKey: undefined })),
  })
}

function take(bundle: DefinitionBundle, state: State, move: Move, count: number) {
  const actor = move.actor ?? { type: 'system', id: 'random' }
  return step(bundle, state, { ...move, at: START + count * 60_000, actor, requestId: `r${count}` } as Command)
}

/** Plays a path twice: once as it is, once moving to and fro between two versions of the same drawing. Counts the moves. */
async function migrateAlong({ plan, path }: RandomCase): Promise<number> {
  const xml = modelOf(plan)
  const [one, other] = await versionsOf([xml, xml])
  if (!one || !other) return 0
  const mappings = suggestMappings(one.process, other.process)
  let still = emptyState(1024)
  let moved = emptyState(1024)
  let count = 0
  let migrated = 0
  const [first = 0, ...rest] = path
  for (const draw of [first, ...rest]) {
    const moves = count === 0 ? [startMove(one, first)] : movesOf(one, still, draw)
    const move = moves[draw % Math.max(1, moves.length)]
    if (!move) continue
    count += 1
    const before = restoreState(JSON.parse(stateText(moved)))
    take(one, still, move, count)
    take(other, moved, move, count)
    const isRunning = moved.instance?.status === 'active' || moved.instance?.status === 'suspended'
    if (!isRunning) break
    const targetDefinitionKey = moved.instance?.definitionKey === one.key ? other.key : one.key
    const value = { reason: 'asked', targetDefinitionKey, mappings }
    const { rejection } = take(one, moved, { kind: 'processInstance.migrate', value } as Move, count)
    const reasons = new Set(rejection?.problems.map(({ facts }) => facts.reason))
    reasons.delete('ending')
    expect([...reasons], `${rejection?.code} ${JSON.stringify(rejection?.problems)}`).toEqual([])
    if (rejection === null) migrated += 1
    expect(withoutVersion(moved), `after ${stateText(before)} and ${JSON.stringify(move)}`).toBe(withoutVersion(still))
    still = restoreState(JSON.parse(stateText(still)))
    moved = restoreState(JSON.parse(stateText(moved)))
  }
  return migrated
}

test(`MG5 MG13 between versions drawn alike nothing changes, whatever is active (seed ${SEED})`, async () => {
  let migrated = 0
  for (let number = 0; number < RUNS; number++) {
    const failure = await check(SEED, number, async (one) => {
      migrated += await migrateAlong(one)
    })
    expect(failure, `case ${number}`).toBe(null)
  }
  expect(migrated).toBeGreaterThan(RUNS * 4)
}, 120_000)
