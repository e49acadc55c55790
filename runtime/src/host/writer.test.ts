import { expect, it } from 'vitest'
import { upsert } from '../db/row-change.ts'
import type { Store, WriteResult, WriteUnit } from '../db/store.ts'
import { Writer } from './writer.ts'

/** A store that only notes the sizes of the groups it is given. */
function noting(write: (units: readonly WriteUnit[]) => void = () => {}) {
  const groups: number[] = []
  const store = {
    write: async (units: readonly WriteUnit[]): Promise<readonly WriteResult[]> => {
      groups.push(units.length)
      write(units)
      return units.map(() => ({ outcome: 'written' }))
    },
  } as unknown as Store
  return { store, groups }
}

const unit = (rows = 1, text = ''): WriteUnit => ({
  lock: null,
  changes: Array.from({ length: rows }, (_, i) => upsert('payload', { stream: 1, sequence: i, records: text })),
  owner: null,
})

it('F19 writes no more than 128 units in a group, and fewer when they have many rows', async () => {
  const { store, groups } = noting()
  const writer = new Writer(store)
  await Promise.all(Array.from({ length: 300 }, () => writer.write(unit())))
  expect(groups).toEqual([128, 128, 44])
  groups.length = 0
  await Promise.all(Array.from({ length: 3 }, () => writer.write(unit(2_000))))
  expect(groups).toEqual([2, 1])
  groups.length = 0
  await Promise.all([writer.write(unit(10_000)), writer.write(unit())])
  expect(groups).toEqual([1, 1])
})

it('F19 makes groups smaller when the disk is slow, and larger again when it is not', async () => {
  let slow = true
  let now = 0
  const { store, groups } = noting(() => {
    now += slow ? 260 : 20
  })
  const writer = new Writer(store, 1_000, () => now)
  const sixteen = () => Promise.all(Array.from({ length: 16 }, () => writer.write(unit(255))))
  await sixteen()
  expect(groups).toEqual([16])
  groups.length = 0
  slow = false
  await sixteen()
  expect(groups).toEqual([8, 8])
  groups.length = 0
  await sixteen()
  expect(groups).toEqual([16])
})

it('tells how much waits and for how long', async () => {
  let now = 0
  const { store } = noting()
  const writer = new Writer(store, 1_000, () => now)
  expect(writer.figures).toMatchObject({ queued: 0, queuedBytes: 0, queuedFor: 0 })
  const written = [writer.write(unit(1, 'x'.repeat(100))), writer.write(unit(1, 'y'))]
  now = 30
  expect(writer.figures).toMatchObject({ queued: 2, queuedBytes: 101, queuedFor: 30 })
  await Promise.all(written)
  expect(writer.figures).toMatchObject({ queued: 0, queuedBytes: 0, groups: 1, units: 2, failedGroups: 0 })
})
