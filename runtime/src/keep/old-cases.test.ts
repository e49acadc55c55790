import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { libsqlPlaces, type Place, postgresqlPlaces } from '../testing/place.ts'
import { awakeBefore, endedBefore } from './old-cases.ts'

const STREAM = 2 ** 20
const FIRST = 1024
const CASES = 450

const keyOf = (i: number) => (FIRST + i) * STREAM + 1

/** Case `i` began and ended at `i`; every seventh is still open, every third at rest. */
function rowOf(i: number): Row<'processInstance'> {
  const isOpen = i % 7 === 0
  return {
    ...{ key: keyOf(i), definitionKey: 1, processId: 'p', processName: null, version: 1, number: null, title: null },
    ...{ unitId: '', unitName: '', unitLevel: '', unitPath: '/', units: [], startedByType: 'person', startedBy: 'a' },
    ...{ startedAt: i, startDepth: 0, dueAt: null, stageElementId: null, stageSince: null },
    state: isOpen ? 'active' : i % 2 === 0 ? 'completed' : 'terminated',
    endedAt: isOpen ? null : i,
  } as unknown as Row<'processInstance'>
}

describe.each([libsqlPlaces, postgresqlPlaces])('old cases on $name', (places) => {
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = places.make()
    store = await place.open()
    const pack = new Uint8Array([1])
    const changes = Array.from({ length: CASES }, (_, i) => [
      insert('processInstance', { ...rowOf(i), processName: 'P' }),
      ...(i % 3 === 0 ? [insert('restingCase', { stream: FIRST + i, rows: 1, pack })] : []),
    ]).flat()
    expect(await store.write([{ lock: null, changes, owner: null }])).toEqual([{ outcome: 'written' }])
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })
  afterAll(() => places.end())

  it('P10 are found over many pages, with those at rest or without, each once, and no open one', async () => {
    const wanted = (limit: number) =>
      Array.from({ length: CASES }, (_, i) => i).filter((i) => i % 7 !== 0 && i <= limit)
    for (const limit of [CASES, 417, 3, -1]) {
      const ended = []
      for await (const { key } of endedBefore(store, limit)) ended.push(key)
      expect(ended.sort((a, b) => a - b)).toEqual(wanted(limit).map(keyOf))
      const awake = []
      for await (const key of awakeBefore(store, limit)) awake.push(key)
      expect(awake.sort((a, b) => a - b)).toEqual(
        wanted(limit)
          .filter((i) => i % 3 !== 0)
          .map(keyOf),
      )
    }
  })
})
