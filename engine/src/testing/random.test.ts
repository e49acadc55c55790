import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DefinitionBundle } from '../model/definition.ts'
import type { Command, Fact } from '../record/record.ts'
import { fold } from '../state/apply.ts'
import { emptyState, restoreState, type State, serializeState } from '../state/state.ts'
import { step } from '../step/step.ts'
import { bundleOf } from './bundle.ts'
import { START, units } from './play.ts'
import { blocks, modelOf } from './random-model.ts'

const SEED = 20261125
const RUNS = 500

/** What may be done now, in a fixed order. */
function choices(state: State, draw: number): Pick<Command, 'kind' | 'key' | 'value'>[] {
  const some: Pick<Command, 'kind' | 'key' | 'value'>[] = []
  for (const key of state.tasks.keys()) {
    some.push({
      kind: 'userTask.complete',
      key,
      value: { variables: { answer: draw, again: draw % 7 === 0 }, formKey: null },
    })
    if (draw % 5 === 0)
      some.push({ kind: 'userTask.assign', key, value: { assignee: `p${draw}`, allowOverride: true } })
  }
  for (const key of state.timers.keys()) some.push({ kind: 'timer.trigger', key, value: {} })
  for (const [key, { messageName }] of state.subscriptions)
    some.push({ kind: 'message.correlate', key, value: { messageName, messageKey: 1, variables: { news: draw } } })
  for (const [key, job] of state.jobs) {
    if (job.status === 'created') some.push({ kind: 'job.complete', key, value: { variables: { n: draw } } })
    if (job.status === 'created' && draw % 3 === 0)
      some.push({ kind: 'job.fail', key, value: { retries: 0, message: 'no', retryAt: null } })
    if (job.status === 'created' && draw % 11 === 0)
      some.push({ kind: 'job.throwError', key, value: { errorCode: 'E', message: '', variables: {} } })
  }
  for (const key of state.incidents.keys()) some.push({ kind: 'incident.resolve', key, value: {} })
  return some
}

/** Plays one path, restarting from JSON and refolding after every step. Gives how it ended. */
function walk(bundle: DefinitionBundle, path: readonly number[]): 'ended' | 'waiting' {
  let state = emptyState(1024)
  const facts: Fact[] = []
  const send = (given: Pick<Command, 'kind' | 'key' | 'value'>, index: number) => {
    const command = {
      ...given,
      at: START + index * 60_000,
      actor: { type: 'system', id: 'random' },
      requestId: `r${index}`,
    }
    const result = step(bundle, state, command as Command)
    expect(result.rejection).toBe(null)
    facts.push(...result.facts)
    const live = JSON.stringify(serializeState(state))
    const copies = JSON.parse(JSON.stringify(facts)) as Fact[]
    expect(JSON.stringify(serializeState(fold(emptyState(1024), copies)))).toBe(live)
    state = restoreState(JSON.parse(live))
    expect(JSON.stringify(serializeState(state))).toBe(live)
  }
  send(
    {
      kind: 'processInstance.create',
      value: { units, variables: { n: path.length }, parameters: {}, businessId: null },
    },
    0,
  )
  for (const [index, draw] of path.entries()) {
    if (state.instance?.status !== 'active') break
    const open = choices(state, draw)
    expect(open.length, 'a case that goes on can be moved').toBeGreaterThan(0)
    send(open[draw % open.length]!, index + 1)
  }
  if (state.instance?.status === 'active') return 'waiting'
  expect(
    state.elements.size +
      state.tasks.size +
      state.timers.size +
      state.subscriptions.size +
      state.jobs.size +
      state.incidents.size,
  ).toBe(1)
  return 'ended'
}

test(`E09 ST1 ST2 ST4 random models and paths: saved, loaded and refolded after every step (seed ${SEED})`, async () => {
  const ends = { ended: 0, waiting: 0 }
  await fc.assert(
    fc.asyncProperty(blocks, fc.array(fc.nat(1000), { minLength: 5, maxLength: 40 }), async (block, path) => {
      ends[walk(await bundleOf(modelOf(block)), path)] += 1
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: false },
  )
  expect(ends.ended).toBeGreaterThan(RUNS / 5)
}, 60_000)

test('E09 the same commands always give the same facts', async () => {
  await fc.assert(
    fc.asyncProperty(blocks, fc.array(fc.nat(1000), { minLength: 5, maxLength: 20 }), async (block, path) => {
      const bundle = await bundleOf(modelOf(block))
      const play = () => {
        const state = emptyState(1024)
        const all: Fact[] = []
        const send = (given: object) =>
          all.push(
            ...step(bundle, state, {
              at: START,
              actor: { type: 'system', id: 'x' },
              requestId: '',
              ...given,
            } as Command).facts,
          )
        send({
          kind: 'processInstance.create',
          value: { units, variables: { n: 1 }, parameters: {}, businessId: null },
        })
        for (const draw of path) {
          const open = choices(state, draw)
          if (open.length > 0) send(open[draw % open.length]!)
        }
        return JSON.stringify(all)
      }
      expect(play()).toBe(play())
    }),
    { seed: SEED, numRuns: 50 },
  )
}, 60_000)
