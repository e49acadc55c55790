import { formText } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { componentsOf, dictionaryKey, isTooLarge, keptSchema, readSchema } from './schema.ts'

const before = {
  schemaVersion: 19,
  type: 'default',
  id: 'f',
  components: [
    { type: 'textfield', key: 'a', id: 'A', label: '甲' },
    { type: 'number', key: 'b', id: 'B', layout: { row: 'R', columns: 8 } },
    { type: 'number', key: 'c', id: 'C', layout: { row: 'R', columns: 8 } },
  ],
}

const textOf = (schema: object) => formText(schema as Parameters<typeof formText>[0])

describe('keptSchema', () => {
  it('gives the very text back when nothing changed', () => {
    const edited = {
      components: [
        { label: '甲', id: 'A', type: 'textfield', key: 'a', layout: { row: 'Row_1', columns: null } },
        { ...before.components[1] },
        { ...before.components[2] },
      ],
      id: 'f',
      type: 'default',
      schemaVersion: 19,
    }
    expect(textOf(keptSchema(edited, before))).toBe(textOf(before))
  })
  it('keeps rows that hold more than one field, and new members behind the old ones', () => {
    const edited = {
      ...before,
      components: [
        { type: 'textfield', key: 'n', id: 'N', layout: { row: 'R', columns: 4 } },
        { ...before.components[0], description: '说明', layout: { row: 'Row_2' } },
        ...before.components.slice(1),
      ],
    }
    const kept = keptSchema(edited, before)
    expect(componentsOf(kept).map((one) => one.layout)).toEqual([
      { row: 'R', columns: 4 },
      undefined,
      { row: 'R', columns: 8 },
      { row: 'R', columns: 8 },
    ])
    expect(Object.keys(componentsOf(kept)[1]!)).toEqual(['type', 'key', 'id', 'label', 'description'])
  })
  it('drops members whose value was taken away', () => {
    const edited = { ...before, components: [{ type: 'textfield', key: 'a', id: 'A', label: undefined }] }
    expect(componentsOf(keptSchema(edited, before))).toEqual([{ type: 'textfield', key: 'a', id: 'A' }])
  })
})

it('reads what is an object only', () => {
  expect(readSchema('[]')).toBeNull()
  expect(readSchema('{')).toBeNull()
  expect(readSchema('{"id":"f"}')).toEqual({ id: 'f' })
})

it('knows the dictionary field of a component', () => {
  expect(dictionaryKey({ properties: { field: 'title' } })).toBe('title')
  expect(dictionaryKey({ properties: { field: '' } })).toBeNull()
  expect(dictionaryKey({})).toBeNull()
})

it('reads nothing that is nested to break its reader, whatever its texts hold', () => {
  const deep = `${'{"components":['.repeat(5_000)}${']}'.repeat(5_000)}`
  expect(readSchema(deep)).toBeNull()
  const braces = JSON.stringify({ id: 'f', label: '{[\\"'.repeat(200) })
  expect(readSchema(braces)).toMatchObject({ id: 'f' })
})

it('knows a form that is larger than the server takes', () => {
  const field = (key: number) => ({ type: 'textfield', key: `f${key}` })
  const form = (count: number) => ({ components: Array.from({ length: count }, (_, i) => field(i)) })
  expect(isTooLarge(form(500))).toBe(false)
  expect(isTooLarge(form(501))).toBe(true)
  expect(isTooLarge({ components: [{ values: Array.from({ length: 1_001 }, () => ({})) }] })).toBe(true)
  expect(isTooLarge({ components: [Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`p${i}`, 1]))] })).toBe(
    true,
  )
})
