import { describe, expect, it } from 'vitest'
import type { JsonObject } from './form.ts'
import { readForm } from './read.ts'
import { type FieldAccess, shapeForm } from './shape.ts'

const schemaOf = (...components: JsonObject[]): JsonObject => ({
  schemaVersion: 19,
  type: 'default',
  id: 'f',
  components,
})
const shape = (component: JsonObject, access: FieldAccess) => {
  const schema = schemaOf({ type: 'textfield', key: 'a', id: 'a', ...component })
  const shaped = shapeForm({ schema }, { a: access })
  expect(readForm(shaped, 'f').problems).toEqual([])
  return (shaped.components as JsonObject[])[0]
}

describe('shapeForm holds to the matrix, whatever the form says', () => {
  it('required and write decide what must be filled', () => {
    expect(shape({}, 'required')).toMatchObject({ validate: { required: true } })
    expect(shape({ validate: { required: true, maxLength: 3 } }, 'write')?.validate).toEqual({
      required: false,
      maxLength: 3,
    })
  })
  it('write opens what the form locks, but not what it locks on a condition', () => {
    expect(shape({ readonly: true, disabled: true }, 'write')).toEqual({
      type: 'textfield',
      key: 'a',
      id: 'a',
      validate: { required: false },
    })
    expect(shape({ readonly: '=b' }, 'required')).toMatchObject({ readonly: '=b' })
  })
  it('read locks, and drops a check that nobody could satisfy here', () => {
    const properties = { field: 'a', check: 'a = "x"', checkMessage: 'm' }
    expect(shape({ properties }, 'read')).toMatchObject({ readonly: true, properties: { field: 'a' } })
    expect(shape({ properties }, 'read')?.properties).toEqual({ field: 'a' })
    expect(shape({ properties }, 'write')?.properties).toEqual(properties)
  })
  it('none takes it away, with the group it leaves empty', () => {
    const group = { type: 'group', components: [{ type: 'textfield', key: 'a' }] }
    expect(shapeForm({ schema: schemaOf(group, { type: 'textfield', key: 'b' }) }, { a: 'none' }).components).toEqual([
      { type: 'textfield', key: 'b' },
    ])
  })
  it('leaves what no access names as the form has it', () => {
    const schema = schemaOf(
      { type: 'textfield', key: 'a', validate: { required: true } },
      { type: 'textfield', key: 'b', readonly: true },
    )
    expect(shapeForm({ schema }, {})).toEqual(schema)
    expect(shapeForm({ schema }, {}, 'none').components).toEqual([])
  })
  it('a list that is required or written keeps the rules of its rows', () => {
    const row = { type: 'textfield', key: 'n', validate: { required: true } }
    const schema = schemaOf({ type: 'dynamiclist', path: 'rows', allowAddRemove: true, components: [row] })
    const list = (access: FieldAccess) => (shapeForm({ schema }, { rows: access }).components as JsonObject[])[0]
    expect(list('write')).toMatchObject({ allowAddRemove: true, components: [row] })
    expect(list('read')).toMatchObject({ allowAddRemove: false, components: [{ readonly: true }] })
    expect(list('none')).toBeUndefined()
  })
  it('a part of a field is hidden and locked with it, however it is written', () => {
    const parts = (access: FieldAccess) =>
      shapeForm(
        {
          schema: schemaOf(
            { type: 'number', key: 'votes.yes', validate: { required: true } },
            { type: 'group', path: 'votes', components: [{ type: 'number', key: 'no' }] },
            { type: 'dynamiclist', path: 'votes.rows', components: [{ type: 'number', key: 'n' }] },
            { type: 'number', key: 'votesOther' },
          ),
        },
        { votes: access },
      ).components as JsonObject[]
    expect(parts('none')).toEqual([{ type: 'number', key: 'votesOther' }])
    const [yes, group, list, other] = parts('read')
    expect([yes, (group!.components as JsonObject[])[0], (list!.components as JsonObject[])[0]]).toMatchObject(
      Array(3).fill({ readonly: true }),
    )
    expect(other).toEqual({ type: 'number', key: 'votesOther' })
    // Which part must be filled is the form's to say.
    expect(parts('write')[0]).toEqual({ type: 'number', key: 'votes.yes', validate: { required: true } })
  })
  it('what is only read need not be filled', () => {
    const authored = { validate: { required: true, maxLength: 3 }, readonly: true }
    expect(shape(authored, 'read')).toEqual({ type: 'textfield', key: 'a', id: 'a', readonly: true })
    expect(shape(authored, 'required')?.validate).toEqual({ required: true, maxLength: 3 })
  })
})
