import { expect, it } from 'vitest'
import { manyWords } from './many-words.ts'

it('says numbers up to 999, and of more that there are more', () => {
  expect([0, 57, 999, 1000].map(manyWords)).toEqual(['0', '57', '999', '999+'])
})
