import { type FieldDictionary, type FieldEntry, fieldKinds, readDictionary, writeDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import {
  addFields,
  changeField,
  changeKind,
  freshKey,
  groupsOf,
  moveField,
  placeField,
  removeField,
  removeStep,
  renameGroup,
  setAccess,
} from './edit.ts'

const field = (key: string, group?: string, more: Partial<FieldEntry> = {}): FieldEntry => ({
  key,
  name: key.toUpperCase(),
  kind: 'text',
  grade: 'internal',
  ...(group && { group }),
  ...more,
})
const dictionary = (): FieldDictionary => ({
  fields: [field('a', 'one'), field('b', 'one'), field('c', 'two', { kind: 'votes', attendance: 'a' })],
  access: { start: { a: 'required', b: 'write' }, review: { a: 'read' } },
})
const keys = ({ fields }: FieldDictionary) => fields.map((each) => each.key).join('')
const cell = (elementId: string, key: string) => ({ elementId, key })

describe('the matrix', () => {
  it('sets many cells, in the order of the fields, and leaves what it was given alone', () => {
    const before = dictionary()
    const after = setAccess([
      { cell: cell('review', 'c'), access: 'required' },
      { cell: cell('review', 'b'), access: 'write' },
      { cell: cell('start', 'b'), access: 'none' },
    ])(before)
    expect(after.access).toEqual({ start: { a: 'required' }, review: { a: 'read', b: 'write', c: 'required' } })
    expect(Object.keys(after.access.review ?? {})).toEqual(['a', 'b', 'c'])
    expect(before).toEqual(dictionary())
  })
  it('has no row for a step that may nothing', () => {
    expect(setAccess([{ cell: cell('review', 'a'), access: 'none' }])(dictionary()).access).not.toHaveProperty('review')
  })
  it('forgets a step', () => {
    expect(Object.keys(removeStep('start')(dictionary()).access)).toEqual(['review'])
  })
})

describe('fields', () => {
  it('come after the one named, else at the end of their group', () => {
    expect(keys(addFields([field('x', 'one')], 'a')(dictionary()))).toBe('axbc')
    expect(keys(addFields([field('x', 'one')])(dictionary()))).toBe('abxc')
    expect(keys(addFields([field('x', 'new')])(dictionary()))).toBe('abcx')
  })
  it('go with their access and with what others say of them', () => {
    const after = removeField('a')(dictionary())
    expect(after.access).toEqual({ start: { b: 'write' } })
    expect(after.fields.find((each) => each.key === 'c')).not.toHaveProperty('attendance')
  })
  it('lose a member that is set to undefined', () => {
    const after = changeField('a', { unit: 'x', group: undefined })(dictionary())
    expect(after.fields[0]).toEqual({ key: 'a', name: 'A', kind: 'text', grade: 'internal', unit: 'x' })
  })
  it('keep on a change of kind what the new kind has, and begin what it needs', () => {
    const begin = { options: ['x', 'y'], column: 'col' }
    const choice = changeKind('a', 'choice', begin)(changeField('a', { maxLength: 9, check: 'true' })(dictionary()))
    expect(choice.fields[0]).toMatchObject({ kind: 'choice', check: 'true', options: [{ label: 'x' }, { label: 'y' }] })
    expect(choice.fields[0]).not.toHaveProperty('maxLength')
    expect(changeKind('a', 'choices', begin)(choice).fields[0]).toMatchObject({
      options: [{ label: 'x' }, { label: 'y' }],
    })
    expect(changeKind('a', 'text', begin)(dictionary()).fields[2]).not.toHaveProperty('attendance')
    expect(changeKind('a', 'table', begin)(choice).fields[0]).toMatchObject({ columns: [{ name: 'col' }] })
  })
  it('can be read again after any change of kind', () => {
    const begin = { options: ['x', 'y'], column: 'col' }
    const full: Partial<FieldEntry> = {
      unit: 'u',
      max: 9,
      maxLength: 9,
      pattern: 'a',
      role: 'r',
      level: 'l',
      multiple: true,
    }
    for (const from of fieldKinds)
      for (const to of fieldKinds) {
        const started = changeKind('a', from, begin)({ fields: [field('a', 'one', { kind: 'signature' })], access: {} })
        const after = changeKind(
          'a',
          to,
          begin,
        )({ fields: [{ ...full, ...started.fields[0] } as FieldEntry], access: {} })
        if (from !== to)
          expect(readDictionary(writeDictionary(after), 'fields.yaml').problems, `${from} ${to}`).toEqual([])
      }
  })
  it('move over the border of a group into it', () => {
    expect(keys(moveField('a', 1)(dictionary()))).toBe('bac')
    const over = moveField('b', 1)(dictionary())
    expect(over.fields.map(({ key, group }) => `${key}:${group}`)).toEqual(['a:one', 'b:two', 'c:two'])
    expect(keys(moveField('a', -1)(dictionary()))).toBe('abc')
    expect(moveField('c', -1)(dictionary()).fields.map(({ key, group }) => `${key}:${group}`)).toEqual([
      'a:one',
      'b:one',
      'c:one',
    ])
  })
  it('are put before another or at the end of a group', () => {
    expect(keys(placeField('c', 'a', 'one')(dictionary()))).toBe('cab')
    expect(keys(placeField('a', null, 'two')(dictionary()))).toBe('bca')
    expect(keys(placeField('a', null, 'one')(dictionary()))).toBe('bac')
  })
  it('stand in groups in the order of their first field', () => {
    const groups = groupsOf([field('a', 'one'), field('b'), field('c', 'one')])
    expect(groups.map(({ group, fields }) => [group, fields.length])).toEqual([
      ['one', 2],
      [undefined, 1],
    ])
    expect(renameGroup('one', ' new ')(dictionary()).fields.map((each) => each.group)).toEqual(['new', 'new', 'two'])
    expect(renameGroup('two', '')(dictionary()).fields[2]).not.toHaveProperty('group')
  })
})

describe('a fresh key', () => {
  it('is the name when it is a key already', () => {
    expect(freshKey(new Set(), 'Held at')).toBe('held_at')
  })
  it('is numbered when the name is none, is taken or is reserved', () => {
    expect(freshKey(new Set(['a', 'field_3']), '\u4e8b\u9879')).toBe('field_4')
    expect(freshKey(new Set(['amount']), 'amount')).toBe('field_2')
    expect(freshKey(new Set(), 'case')).toBe('field_1')
  })
})
