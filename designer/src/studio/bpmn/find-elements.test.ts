import { expect, it } from 'vitest'
import { findElements } from './find-elements.ts'

const elements = [
  { id: 'vote_1', name: 'Members vote' },
  { id: 'a', name: '' },
  { id: 'b', name: 'Vote again' },
  { id: 'vote_gateway', name: '' },
]

it('finds what is called so, then names that begin so, names that hold it, ids', () => {
  expect(findElements(elements, ' vote ').map(({ id }) => id)).toEqual(['b', 'vote_1', 'vote_gateway'])
  expect(findElements(elements, 'VOTE_1').map(({ id }) => id)).toEqual(['vote_1'])
  expect(findElements([{ id: 'c', name: 'a flow to b' }, ...elements], 'b')[0]?.id).toBe('b')
  expect(findElements(elements, 'none')).toEqual([])
})

it('lists what has a name while nothing is typed', () => {
  expect(findElements(elements, '  ').map(({ id }) => id)).toEqual(['vote_1', 'b'])
})
