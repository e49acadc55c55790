import { expect, it } from 'vitest'
import { typedText, typedValue } from './typed-value.ts'

it.each([
  ['12.50', 'number', 12.5],
  ['12', 'string', '12'],
  ['"a"', 'string', 'a'],
  ['true', undefined, true],
  ['', undefined, null],
  ['[1, 2]', undefined, [1, 2]],
  ['村民会议', undefined, '村民会议'],
])('reads %s as %s', (text, type, value) => {
  expect(typedValue(text, type)).toEqual(value)
  expect(typedValue(typedText(value), type)).toEqual(value)
})
