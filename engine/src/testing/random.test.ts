import { expect, test } from 'vitest'
import { check, play } from './random-run.ts'

const SEED = 20261125
const RUNS = 500

test(`KE1 LC2 SC1 ST1 ST2 ST4 ST6 random models and paths: what must hold is judged after every step (seed ${SEED})`, async () => {
  const ends = { completed: 0, terminated: 0, waiting: 0, refused: 0 }
  const cells = new Set<string>()
  for (let number = 0; number < RUNS; number++) {
    const failure = await check(SEED, number, async (one) => {
      const walked = await play(one)
      ends[walked.end] += 1
      for (const cell of walked.cells.keys()) cells.add(cell)
    })
    expect(failure, `npm run -s random -- --seed ${SEED} --only ${number}`).toBe(null)
  }
  expect(ends.completed).toBeGreaterThan(RUNS / 2)
  expect(ends.terminated).toBeGreaterThan(0)
  expect(cells.size).toBeGreaterThan(100)
}, 120_000)
