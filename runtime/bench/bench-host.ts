import type { Actor, Fact, Key } from '@bihuan/engine'
import { Rejection } from '@bihuan/engine'
import type { Host } from '../src/host/host.ts'
import type { StartRequest } from '../src/host/submission.ts'

/** Who acts in benches that are not about people. */
export const bencher: Actor = { type: 'system', id: 'bench' }

/** Keys of the user tasks that facts opened. */
export const tasksOf = (facts: readonly Fact[]): Key[] =>
  facts.filter(({ kind }) => kind === 'userTask.created').map(({ key }) => key)

/** Does `work` for 0, 1, … up to `count`, so many at once. */
export async function inLanes(count: number, lanes: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) {
      next += 1
      await work(next - 1)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** Starts a case, as the bench unless somebody else is named; waits and asks again while the host takes no more. */
export async function startPatiently(host: Host, request: Omit<StartRequest, 'actor'> & { actor?: Actor }) {
  for (;;) {
    try {
      return await host.start({ actor: bencher, ...request })
    } catch (error) {
      if (!(error instanceof Rejection && error.code === 'OVERLOADED')) throw error
      await new Promise((turn) => setImmediate(turn))
    }
  }
}

/** The value in the middle, or another share of the way: 0.99 for what 99 of 100 stay below. */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds of some work. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
