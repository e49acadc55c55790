/**
 * npm run -s random -- --count 10000 --seed 7 [--only 12] [--seconds 580]: random models and paths, with all that must
 * hold after every step. Prints what was executed; a failure is made small, printed and kept in `engine/test/random`.
 * Exit code 1 with one.
 */
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { modelOf } from '../src/testing/random-model.ts'
import { check, play, type RandomFailure } from '../src/testing/random-run.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    part: { type: 'string' },
    seconds: { type: 'string', default: '580' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
const WORKERS = 2
/** A run that has not judged all models by then says how many it has. */
const MOST_MS = Number(values.seconds) * 1000
/** Enough to see what is wrong. */
const MOST_FAILURES = 5

interface Tally {
  readonly ends: { [end: string]: number }
  readonly cells: { [cell: string]: number }
  readonly failures: (RandomFailure & { readonly number: number })[]
  models: number
  steps: number
  facts: number
}

/** Judges the models of the given numbers. */
async function run(numbers: Iterable<number>): Promise<Tally> {
  const tally: Tally = { ends: {}, cells: {}, failures: [], models: 0, steps: 0, facts: 0 }
  for (const number of numbers) {
    let isFirst = true
    const failure = await check(seed, number, async (one) => {
      const counts = isFirst
      isFirst = false
      const { end, steps, facts, cells } = await play(one)
      if (!counts) return
      tally.steps += steps
      tally.facts += facts.length
      tally.ends[end] = (tally.ends[end] ?? 0) + 1
      for (const [cell, times] of cells) tally.cells[cell] = (tally.cells[cell] ?? 0) + times
    })
    tally.models += 1
    if (failure) tally.failures.push({ ...failure, number })
    if (tally.failures.length >= MOST_FAILURES || performance.now() > MOST_MS) break
  }
  return tally
}

function* every(nth: number, first: number): Generator<number> {
  for (let number = first; number < count; number += nth) yield number
}

/** Runs one part of the models in a process of its own. */
function part(first: number): Promise<Tally> {
  const args = ['--count', String(count), '--seed', String(seed), '--seconds', values.seconds, '--part', String(first)]
  const child = fork(fileURLToPath(import.meta.url), args, { execArgv: process.execArgv })
  return new Promise((resolve, reject) => {
    child.once('message', (tally) => resolve(tally as Tally))
    child.once('exit', (code) => reject(new Error(`a part ended with ${code}`)))
  })
}

function sum(tallies: readonly Tally[]): Tally {
  const all: Tally = { ends: {}, cells: {}, failures: [], models: 0, steps: 0, facts: 0 }
  for (const one of tallies) {
    all.models += one.models
    all.steps += one.steps
    all.facts += one.facts
    all.failures.push(...one.failures)
    for (const part of ['ends', 'cells'] as const)
      for (const [name, times] of Object.entries(one[part])) all[part][name] = (all[part][name] ?? 0) + times
  }
  return all
}

function keep({ number, text, plan, ...rest }: Tally['failures'][number]): void {
  const file = new URL(`../test/random/${seed}-${number}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify({ text, plan, ...rest }, null, 2)}\n`)
  console.log(`FAIL ${seed}-${number}: ${text}\n  again: npm run -s random -- --seed ${seed} --only ${number}`)
  console.log(`  kept: engine/test/random/${seed}-${number}.json\n${modelOf(plan)}`)
}

if (values.part !== undefined) process.send?.(await run(every(WORKERS, Number(values.part))))
else {
  const began = performance.now()
  const only = values.only === undefined ? null : Number(values.only)
  const tally =
    only === null
      ? sum(await Promise.all(Array.from({ length: WORKERS }, (_, first) => part(first))))
      : await run([only])
  for (const [cell, times] of Object.entries(tally.cells).sort()) console.log(`${String(times).padStart(8)}  ${cell}`)
  for (const failure of tally.failures) keep(failure)
  const seconds = (performance.now() - began) / 1000
  const ends = Object.entries(tally.ends).map(([end, times]) => `${times} ${end}`)
  console.log(
    `random: seed ${seed}, ${tally.models} of ${only === null ? count : 1} models (${ends.join(', ')}), ${tally.steps} steps, ${tally.facts} facts, ` +
      `${Object.keys(tally.cells).length} cells, ${(tally.models / seconds).toFixed(1)} models/s, ${tally.failures.length} failures`,
  )
  process.exitCode = tally.failures.length === 0 ? 0 : 1
}
