import type { FieldDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { fieldRows, moved, rangeOf, within } from './grid.ts'
import { rowsOf } from './rows.ts'

const dictionary: FieldDictionary = {
  fields: ['a', 'b', 'c'].map((key, i) => ({
    key,
    name: `N${key}`,
    kind: 'text',
    grade: 'public',
    group: i < 2 ? 'one' : 'two',
  })),
  access: {},
}
const view = { search: '', folded: new Set<string>(), adding: undefined }
const rows = rowsOf(dictionary, view)
const cols = 6

describe('the lines of the table', () => {
  const told = (more: Partial<Parameters<typeof rowsOf>[1]>) =>
    rowsOf(dictionary, { ...view, ...more }).map((row) => row.id)
  it('stand under their headings', () => {
    expect(told({})).toEqual(['group:one', 'field:a', 'field:b', 'group:two', 'field:c'])
  })
  it('hide when folded, and show what is looked for all the same', () => {
    const folded = new Set(['one'])
    expect(told({ folded })).toEqual(['group:one', 'group:two', 'field:c'])
    expect(told({ folded, search: 'nA' })).toEqual(['group:one', 'field:a'])
    expect(told({ search: 'zzz' })).toEqual([])
  })
  it('have room for a new one, also in a group that is not there yet', () => {
    expect(told({ adding: 'two' }).at(-1)).toBe('add:two')
    expect(told({ adding: 'three' }).slice(-2)).toEqual(['group:three', 'add:three'])
    expect(told({ adding: '' }).slice(-2)).toEqual(['group:', 'add:'])
  })
})

describe('movement', () => {
  const go = (row: number, col: number, key: string, ctrl = false) => moved({ row, col }, { key, ctrl }, rows, cols)
  it('goes a cell at a time and stays inside', () => {
    expect(go(1, 3, 'ArrowDown')).toEqual({ row: 2, col: 3 })
    expect(go(0, 0, 'ArrowUp')).toEqual({ row: 0, col: 0 })
    expect(go(4, 5, 'ArrowRight')).toEqual({ row: 4, col: 5 })
    expect(go(4, 5, 'PageUp')).toEqual({ row: 0, col: 5 })
    expect(go(1, 1, 'x')).toBeNull()
  })
  it('leaps with Ctrl to the first step, the groups and the corners', () => {
    expect(go(1, 5, 'ArrowLeft', true)).toEqual({ row: 1, col: 3 })
    expect(go(1, 3, 'ArrowLeft', true)).toEqual({ row: 1, col: 0 })
    expect(go(1, 4, 'ArrowDown', true)).toEqual({ row: 3, col: 4 })
    expect(go(4, 4, 'ArrowUp', true)).toEqual({ row: 3, col: 4 })
    expect(go(1, 4, 'End', true)).toEqual({ row: 4, col: 5 })
    expect(go(4, 4, 'Home')).toEqual({ row: 4, col: 0 })
  })
})

describe('a range', () => {
  it('lies between two corners whichever came first', () => {
    const range = rangeOf({ row: 4, col: 5 }, { row: 1, col: 3 }, cols)
    expect(range).toEqual({ top: 1, bottom: 4, left: 3, right: 5 })
    expect(within(range, 2, 4)).toBe(true)
    expect(within(range, 0, 4)).toBe(false)
  })
  it('that begins on a name takes whole lines', () => {
    expect(rangeOf({ row: 1, col: 0 }, { row: 2, col: 0 }, cols)).toEqual({ top: 1, bottom: 2, left: 3, right: 5 })
  })
  it('has only the lines of fields', () => {
    expect(fieldRows(rangeOf({ row: 0, col: 3 }, { row: 4, col: 3 }, cols), rows).map((row) => row.field.key)).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})
