import type { Directory } from '@bihuan/runtime/contract'
import { expect, test } from 'vitest'
import { trialSources } from './trial-sources.ts'

const directory = {
  roles: [],
  levels: [],
  units: [
    { id: 'town', name: 'Willow', level: 'town', parentId: null },
    { id: 'village', name: 'Garden', level: 'village', parentId: 'town' },
  ],
} as unknown as Directory
const { signal } = new AbortController()

test('a trial offers the units of the house and the holders of roles, each person once', async () => {
  const sources = trialSources(
    directory,
    () => ({
      clerk: [{ id: 'a', name: 'Ann' }],
      member: [
        { id: 'a', name: 'Ann' },
        { id: 'b', name: 'Ben' },
      ],
      'reviewer@town': [{ id: 'c', name: 'Cy' }],
    }),
    () => 7,
  )
  expect((await sources.units('', null, signal)).map(({ id }) => id)).toEqual(['town', 'village'])
  expect((await sources.units('', 'village', signal)).map(({ id }) => id)).toEqual(['village'])
  expect((await sources.units('Wil', null, signal)).map(({ id }) => id)).toEqual(['town'])
  expect((await sources.people('', null, signal)).map(({ id }) => id)).toEqual(['a', 'b'])
  expect((await sources.people('', 'clerk', signal)).map(({ id }) => id)).toEqual(['a'])
  expect((await sources.people('B', null, signal)).map(({ id }) => id)).toEqual(['b'])
  expect(sources.now()).toBe(7)
})
