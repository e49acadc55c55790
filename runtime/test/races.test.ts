import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Places } from '../races/places.ts'
import { race } from '../races/race.ts'
import type { Store } from '../src/db/store.ts'

const FIRST = Date.now() % 1_000_000_000
const RACES = 15

let places: Places
beforeAll(async () => {
  places = await Places.make()
})
afterAll(() => places.remove())

/** Findings of two races on a store that is not as it should be. */
async function spoilt(spoil: (store: Store) => Store): Promise<string> {
  const findings: string[] = []
  for (let seed = 1; seed <= 2; seed += 1) findings.push(...(await race(places, { seed, spoil })).findings)
  return findings.join('\n')
}

const written = { outcome: 'written' } as const

describe('many who act upon a few cases at once', () => {
  it('G5 are answered and refused as one after the other, in any order of turns', async () => {
    for (let seed = FIRST; seed < FIRST + RACES; seed += 1) {
      const { findings, asked } = await race(places, { seed })
      expect(findings, `seed ${seed}`).toEqual([])
      expect(asked).toBeGreaterThan(0)
    }
  }, 300_000)

  it('G5 answers given before they are on disk are found', async () => {
    const early = (store: Store): Store => ({
      ...store,
      write(units) {
        store.write(units).catch(() => {})
        return Promise.resolve(units.map(() => written))
      },
    })
    expect(await spoilt(early)).toContain('before it was on disk')
  }, 60_000)

  it('G5 groups that are lost are found', async () => {
    let groups = 0
    const forgetful = (store: Store): Store => ({
      ...store,
      async write(units) {
        groups += 1
        return groups % 9 === 0 ? units.map(() => written) : store.write(units)
      },
    })
    expect(await spoilt(forgetful)).toContain('which is not its own')
  }, 60_000)

  it('G5 rows that are not written are found', async () => {
    const careless = (store: Store): Store => ({
      ...store,
      write: (units) =>
        store.write(
          units.map((unit) => ({ ...unit, changes: unit.changes.filter(({ table }) => table !== 'elementInstance') })),
        ),
    })
    expect(await spoilt(careless)).toContain('does not tell: elementInstance')
  }, 60_000)
})
