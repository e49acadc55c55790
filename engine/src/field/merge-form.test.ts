import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../form/form.ts'
import { readForm } from '../form/index.ts'
import type { Json } from '../record/json.ts'
import type { FieldDictionary, FieldEntry, StepAccess } from './dictionary.ts'
import { generateForm } from './generate.ts'
import { fieldsIn, isLaidOut, mergeForm } from './merge-form.ts'

const field = (key: string, more: Partial<FieldEntry> = {}): FieldEntry => ({
  key,
  name: `N ${key}`,
  kind: 'text',
  grade: 'public',
  ...more,
})

const dictionary = (
  fields: readonly FieldEntry[],
  row: { readonly [key: string]: StepAccess } | StepAccess = 'write',
): FieldDictionary => ({
  fields,
  access: { t: typeof row === 'string' ? Object.fromEntries(fields.map(({ key }) => [key, row])) : row },
})

const made = (given: FieldDictionary): JsonObject =>
  generateForm({ packageId: 'p', step: { elementId: 't' }, dictionary: given, title: 'T' })

function merge(before: FieldDictionary, mine: JsonObject, after: FieldDictionary): JsonObject {
  const merged = mergeForm({
    base: made(before),
    mine,
    theirs: made(after),
    kindOf: (key) => after.fields.find((one) => one.key === key)?.kind,
    order: after.fields.map(({ key }) => key),
  })
  expect(readForm(merged, 't.form').problems).toEqual([])
  return merged
}

const list = (schema: JsonObject): JsonObject[] => schema.components as JsonObject[]
/** The form with a field changed by hand. */
const edit = (schema: JsonObject, key: string, change: (component: JsonObject) => JsonObject): JsonObject => ({
  ...schema,
  components: list(schema).map(
    (one): Json => (one.key === key ? change(one) : Array.isArray(one.components) ? edit(one, key, change) : one),
  ),
})
const at = (schema: JsonObject, key: string): JsonObject => fieldsIn(schema).get(key)!
/** Keys in order, groups as lists. */
const outline = (schema: JsonObject): Json[] =>
  list(schema).map((one) => (one.type === 'group' ? [one.label!, ...outline(one)] : (one.key ?? one.id ?? one.type)!))

describe('a generated form', () => {
  it('shows what is read first, then what is filled under its headings', () => {
    const fields = [
      field('a', { group: '甲' }),
      field('b', { group: '乙' }),
      field('c', { group: '甲' }),
      field('d', { group: '乙' }),
      field('e'),
    ]
    const form = made(dictionary(fields, { a: 'required', b: 'read', c: 'write', d: 'write', e: 'none' }))
    expect(outline(form)).toEqual(['b', ['甲', 'a', 'c'], ['乙', 'd']])
    expect(at(form, 'b')).toMatchObject({ readonly: true, properties: { field: 'b' } })
    expect(at(form, 'a')).toMatchObject({ validate: { required: true } })
    expect(readForm(form, 't.form').problems).toEqual([])
  })
  it('has no heading when there is one group', () => {
    expect(outline(made(dictionary([field('a', { group: '甲' }), field('b', { group: '甲' })])))).toEqual(['a', 'b'])
  })
  it('stands short fields side by side, long ones alone', () => {
    const fields = [
      ...[field('a', { kind: 'date' }), field('b', { kind: 'person' }), field('c', { kind: 'longText' })],
      ...['d', 'e', 'f', 'g', 'h'].map((key) => field(key, { kind: 'number' })),
      ...[field('i'), field('j', { maxLength: 20 })],
    ]
    const places = list(made(dictionary(fields))).map((one) => {
      const { row, columns } = one.layout as JsonObject
      return [one.key, row, columns]
    })
    expect(places).toEqual([
      ['a', 'Row_a', 8],
      ['b', 'Row_a', 8],
      ['c', 'Row_c', null],
      ['d', 'Row_d', 4],
      ['e', 'Row_d', 4],
      ['f', 'Row_d', 4],
      ['g', 'Row_d', 4],
      ['h', 'Row_h', 8],
      ['i', 'Row_i', null],
      ['j', 'Row_j', 8],
    ])
  })
  it('never has more than 16 columns in a row', () => {
    const kinds = ['number', 'date', 'longText', 'money', 'number', 'number', 'choice'] as const
    for (let shift = 0; shift < 20; shift += 1) {
      const fields = Array.from({ length: 12 }, (_, i) =>
        field(`f${i}`, { kind: kinds[(i * (shift + 1)) % 7]!, options: [{ value: 'x', label: 'X' }] }),
      )
      const rows = new Map<Json, number>()
      for (const { layout } of list(made(dictionary(fields)))) {
        const { row, columns } = layout as { row: Json; columns: number | null }
        rows.set(row, (rows.get(row) ?? 0) + (columns ?? 1))
      }
      expect([...rows.values()].every((columns) => columns <= 16)).toBe(true)
    }
  })
  it('can be read by the server for every kind, read and filled', () => {
    const options = [{ value: 'x', label: 'X' }]
    const all: FieldEntry[] = [
      field('a', { pattern: '^a$', patternMessage: 'a', description: 'd', maxLength: 3, initial: 'a' }),
      field('b', { kind: 'longText', maxLength: 3 }),
      field('c', { kind: 'number', unit: '人', min: 0, max: 9, decimals: 0, check: 'c > 0', checkMessage: 'm' }),
      field('d', { kind: 'money', min: '0.01' }),
      ...(['date', 'time', 'dateTime', 'yesNo', 'mobile', 'idNumber', 'signature', 'attendance'] as const).map((kind) =>
        field(kind, { kind }),
      ),
      field('e', { kind: 'choice', options }),
      field('f', { kind: 'choice', options: [1, 2, 3, 4, 5, 6].map((n) => ({ value: `v${n}`, label: 'L' })) }),
      field('g', { kind: 'choices', options }),
      field('h', { kind: 'person', role: 'r', multiple: true }),
      field('j', { kind: 'unit', level: 'village' }),
      field('k', { kind: 'photo', multiple: true }),
      field('l', { kind: 'files' }),
      field('m', { kind: 'attachments', items: [{ name: '一', required: true }] }),
      field('n', { kind: 'votes', attendance: 'attendance' }),
      field('o', { kind: 'table', columns: [{ key: 'x', name: 'X', kind: 'choice', options }] }),
    ]
    for (const access of ['required', 'write', 'read'] as const) {
      const { form, problems } = readForm(made(dictionary(all, access)), 't.form')
      expect(problems).toEqual([])
      expect(form?.fields.map(({ name }) => name).sort()).toEqual(all.map(({ key }) => key).sort())
      expect(form?.fields.every((one) => one.required === (access === 'required'))).toBe(true)
      expect(form?.fields.every((one) => one.readonly === (access === 'read'))).toBe(true)
    }
    expect(at(made(dictionary(all)), 'e').type).toBe('radio')
    expect(at(made(dictionary(all)), 'f').type).toBe('select')
  })
})

describe('regenerating', () => {
  const before = dictionary([field('a'), field('b'), field('c')])
  it('changes nothing when nothing changed', () => {
    const mine = { ...made(before), components: [] }
    expect(merge(before, mine, before)).toBe(mine)
  })
  it('follows the dictionary where nobody changed the form', () => {
    const after = dictionary([field('c', { name: '丙' }), field('d'), field('a')])
    expect(merge(before, made(before), after)).toEqual(made(after))
  })
  it('follows a new label, and keeps one that was changed by hand', () => {
    const after = dictionary([field('a', { name: '甲' }), field('b', { name: '乙' }), field('c')])
    const merged = merge(
      before,
      edit(made(before), 'b', (one) => ({ ...one, label: 'by hand' })),
      after,
    )
    expect([at(merged, 'a').label, at(merged, 'b').label]).toEqual(['甲', 'by hand'])
  })
  it('keeps order, rows, groups, texts, conditions and other fields made by hand', () => {
    const form = made(before)
    const [a, b, c] = list(form) as [JsonObject, JsonObject, JsonObject]
    const note = { type: 'text', text: '# note', id: 'note' }
    const own = { type: 'textfield', key: 'own', label: 'Own', id: 'own' }
    const mine = {
      ...form,
      components: [
        c,
        note,
        {
          type: 'group',
          label: 'G',
          id: 'g',
          components: [{ ...a, conditional: { hide: '=b = "x"' }, layout: { row: 'r', columns: 8 } }],
        },
        own,
        b,
      ],
    }
    const after = dictionary([field('a', { name: '甲' }), field('b'), field('c', { maxLength: 5 })])
    const merged = merge(before, mine, after)
    expect(outline(merged)).toEqual(['c', 'note', ['G', 'a'], 'own', 'b'])
    expect(at(merged, 'a')).toMatchObject({
      label: '甲',
      conditional: { hide: '=b = "x"' },
      layout: { row: 'r', columns: 8 },
    })
    expect(at(merged, 'c')).toMatchObject({ validate: { maxLength: 5 } })
  })
  it('puts a new field after its predecessor, into the group of its neighbours', () => {
    const form = made(before)
    const [a, b, c] = list(form) as [JsonObject, JsonObject, JsonObject]
    const mine = { ...form, components: [c, { type: 'group', label: 'G', id: 'g', components: [b] }, a] }
    const insert = (...keys: string[]) => outline(merge(before, mine, dictionary(keys.map((key) => field(key)))))
    expect(insert('a', 'b', 'x', 'c')).toEqual(['c', ['G', 'b', 'x'], 'a'])
    expect(insert('a', 'x', 'y', 'b', 'c')).toEqual(['c', ['G', 'b'], 'a', 'x', 'y'])
    expect(insert('x', 'a', 'b', 'c')).toEqual(['c', ['G', 'b'], 'x', 'a'])
  })
  it('makes the heading of a group that is new', () => {
    const grouped = dictionary([field('a', { group: '甲' }), field('b', { group: '乙' })])
    const form = made(grouped)
    const mine = { ...form, components: [...list(form), { type: 'separator', id: 'line' }] }
    const after = dictionary([...grouped.fields, field('x', { group: '丙' }), field('y', { group: '甲' })])
    expect(outline(merge(grouped, mine, after))).toEqual([['甲', 'a', 'y'], ['乙', 'b'], 'line', ['丙', 'x']])
  })
  it('takes away what is no longer seen, and the heading it leaves empty', () => {
    const grouped = dictionary([field('a', { group: '甲' }), field('b', { group: '乙' }), field('c')])
    const form = made(grouped)
    const mine = { ...form, components: [...list(form), { type: 'separator', id: 'line' }] }
    expect(outline(merge(grouped, mine, { ...grouped, access: { t: { b: 'write', c: 'write' } } }))).toEqual([
      ['乙', 'b'],
      'c',
      'line',
    ])
  })
  it('leaves out what was taken out by hand, until it must be filled', () => {
    const form = made(before)
    const mine = { ...form, components: list(form).filter(({ key }) => key !== 'b') }
    const after = { ...before, fields: [field('a', { name: '甲' }), field('b', { name: '乙' }), field('c')] }
    expect(outline(merge(before, mine, after))).toEqual(['a', 'c'])
    const due = { ...before, access: { t: { a: 'write', b: 'required', c: 'write' } } } as const
    expect(outline(merge(before, mine, due))).toEqual(['a', 'b', 'c'])
  })
  it('holds to the matrix where access changed', () => {
    const mine = edit(made(before), 'a', (one) => ({ ...one, validate: { required: true, maxLength: 7 }, label: 'L' }))
    const read = merge(before, mine, { ...before, access: { t: { a: 'read', b: 'required', c: 'write' } } })
    expect(at(read, 'a')).toMatchObject({ readonly: true, label: 'L', validate: { maxLength: 7 } })
    expect(at(read, 'b')).toMatchObject({ validate: { required: true } })
    const locked = edit(made(before), 'a', (one) => ({
      ...one,
      readonly: true,
      validate: { required: false, maxLength: 7 },
    }))
    const due = merge(before, locked, { ...before, access: { t: { a: 'required', b: 'write', c: 'write' } } })
    expect(at(due, 'a').readonly).toBeUndefined()
    expect(at(due, 'a').validate).toEqual({ required: true, maxLength: 7 })
    const back = merge({ ...before, access: { t: { a: 'read', b: 'required', c: 'write' } } }, read, before)
    expect(at(back, 'a').readonly).toBeUndefined()
    expect(at(back, 'b').validate).toBeUndefined()
  })
  it('changes the component when the kind changes, in its place', () => {
    const mine = edit(made(before), 'b', (one) => ({
      ...one,
      type: 'textarea',
      label: 'L',
      conditional: { hide: '=a = 1' },
      layout: { row: 'z', columns: 5 },
    }))
    const after = dictionary([field('a'), field('b', { kind: 'number', unit: '人' }), field('c')])
    expect(at(merge(before, mine, after), 'b')).toEqual({
      type: 'number',
      key: 'b',
      label: 'N b',
      appearance: { suffixAdorner: '人' },
      properties: { field: 'b' },
      id: 'Field_b',
      conditional: { hide: '=a = 1' },
      layout: { row: 'z', columns: 5 },
    })
    const long = dictionary([field('a'), field('b', { kind: 'longText' }), field('c')])
    expect(at(merge(before, mine, long), 'b')).toMatchObject({ type: 'textarea', label: 'L' })
  })
  it('merges options one by one', () => {
    const option = (value: string, label = value) => ({ value, label })
    const with_ = (...options: { value: string; label: string }[]) =>
      dictionary([field('a', { kind: 'choice', options })])
    const base = with_(option('x'), option('y'), option('z'))
    const mine = edit(made(base), 'a', (one) => ({
      ...one,
      values: [option('x', 'by hand'), option('y'), option('own')],
    }))
    const merged = merge(base, mine, with_(option('new'), option('y', 'why'), option('x', 'ex'), option('z')))
    expect(at(merged, 'a').values).toEqual([option('new'), option('y', 'why'), option('x', 'by hand'), option('own')])
  })
  it('opens a list when there are more options than stand open', () => {
    const options = (n: number) => Array.from({ length: n }, (_, i) => ({ value: `v${i}`, label: `L${i}` }))
    const few = dictionary([field('a', { kind: 'choice', options: options(5) })])
    const many = dictionary([field('a', { kind: 'choice', options: options(6) })])
    expect(at(merge(few, made(few), many), 'a').type).toBe('select')
    const mine = edit(made(few), 'a', (one) => ({ ...one, type: 'select' }))
    expect(at(merge(few, mine, many), 'a').type).toBe('select')
    expect(at(merge(many, made(many), few), 'a').type).toBe('radio')
  })
  it('takes a field that stood there by hand into the dictionary', () => {
    const form = made(before)
    const mine = { ...form, components: [{ type: 'textfield', key: 'x', label: 'Mine', id: 'mine' }, ...list(form)] }
    const merged = merge(before, mine, dictionary([...before.fields, field('x')], 'required'))
    expect(at(merged, 'x')).toMatchObject({
      label: 'Mine',
      id: 'mine',
      validate: { required: true },
      properties: { field: 'x' },
    })
    expect(outline(merged)).toEqual(['x', 'a', 'b', 'c'])
  })
  it('knows a layout made by hand from a generated one', () => {
    const form = made(before)
    expect(
      isLaidOut(
        form,
        edit(form, 'a', (one) => ({ ...one, label: 'L' })),
      ),
    ).toBe(false)
    expect(isLaidOut(form, { ...form, components: [...list(form)].reverse() })).toBe(true)
  })
})
