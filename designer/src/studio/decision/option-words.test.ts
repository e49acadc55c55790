import { expect, it } from 'vitest'
import { valuesFor } from './option-words.ts'

const options = new Map([
  ['option_1', '因病'],
  ['option_2', '因灾、因祸'],
  ['因学', '其他'],
])

it.each([
  ['因病', '"option_1"'],
  ['"因病"', '"option_1"'],
  ['“因病”，其他', '"option_1", "因学"'],
  ['因灾、因祸', '"option_2"'],
  ['"option_1", 因病', '"option_1", "option_1"'],
  // A value is what it is, also when another option is called so.
  ['因学', '"因学"'],
  ['"option_1"', null],
  ['"option_1", "因学"', null],
  ['因病、别的', null],
  ['not("因病")', null],
  ['', null],
  ['-', null],
])('%s is kept as %s', (text, kept) => {
  expect(valuesFor(text, options)).toBe(kept)
})

it('leaves columns alone that read no choice', () => {
  expect(valuesFor('因病', new Map())).toBeNull()
})
