import { expect, test } from 'vitest'
import { fuzz, groups } from './fuzz.ts'

const SEED = 20_260_518

test.each(groups)(
  'G7 500 inputs of hostile %s: taken or refused with a code, nothing thrown, facts and state agree',
  async (group) => {
    const { inputs, taken, faults } = await fuzz(group, 500, SEED)
    const told = faults.map(
      ({ seed, message }) => `npm run -s fuzz -- --group ${group} --count 1 --seed ${seed}: ${message}`,
    )
    expect(told).toEqual([])
    expect(inputs).toBe(500)
    // Input of which nothing is taken would show nothing.
    expect(taken).toBeGreaterThan(25)
  },
)
