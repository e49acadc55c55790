import { fieldDefinitions } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { st, stMaybe } from '../../i18n/studio.ts'
import { freeKey, optionLines, readOptionLines } from './own-lists.ts'

describe('the options of a column as lines', () => {
  it('come back as they went', () => {
    const options = [
      { value: 'buy', label: '购买' },
      { value: '租用', label: '租用' },
    ]
    expect(optionLines(options)).toBe('购买|buy\n租用')
    expect(readOptionLines(optionLines(options))).toEqual(options)
  })
  it('leave out what is empty and what comes twice', () => {
    expect(readOptionLines('a\n\n a |a\n|b\nc|')).toEqual([
      { value: 'a', label: 'a' },
      { value: 'c', label: 'c' },
    ])
  })
})

it('a new column gets a key that no other has', () => {
  expect(freeKey([])).toBe('c1')
  expect(freeKey([{ key: 'c2' }])).toBe('c3')
  expect(freeKey([{ key: 'c3' }, { key: 'x' }])).toBe('c4')
})

it('every type and every property of the engine has its words', () => {
  const keys = fieldDefinitions.flatMap(({ type, definition }) => [
    `types.name.${type}`,
    ...definition.properties
      .map(({ path }) => path.at(-1))
      .filter((name) => name !== 'required')
      .map((name) => `types.property.${name}`),
  ])
  expect(keys.filter((key) => stMaybe(key) === undefined)).toEqual([])
  expect(st('types.name.votes')).toBe('票数')
})
