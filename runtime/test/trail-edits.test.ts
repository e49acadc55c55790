import { expect, it } from 'vitest'
import { editTrail } from './trail-edits.ts'

it('T01 500 random edits of sealed rows are each found, and the first bad row is named', {
  timeout: 240_000,
}, async () => {
  const seed = 20260302
  const { edits, found, byKind, missed } = await editTrail(500, seed)
  expect(missed, `seed ${seed}`).toEqual([])
  expect(found).toBe(edits)
  expect(Object.keys(byKind)).toHaveLength(9)
})
