import { describe, expect, it } from 'vitest'
import { answersText } from './answers-text.ts'
import { fieldPath } from './field-path.ts'
import { fitInside, sizeText } from './photo.ts'
import { shownSchema } from './schema.ts'

describe('a photo before it is sent', () => {
  it.each([
    [4000, 3000, 1600, 1200],
    [3000, 4000, 1200, 1600],
    [1600, 900, 1600, 900],
    [800, 600, 800, 600],
    [10000, 1, 1600, 1],
  ])('%d × %d becomes %d × %d', (width, height, toWidth, toHeight) => {
    expect(fitInside(width, height, 1600)).toEqual({ width: toWidth, height: toHeight })
  })
  it('says its size as people do', () => {
    expect([500, 48_000, 1_258_291].map(sizeText)).toEqual(['500 B', '47 KB', '1.2 MB'])
  })
})

describe('the schema that is shown', () => {
  const schema = {
    type: 'default',
    components: [
      { type: 'textfield', id: 'a', layout: { row: 'r', columns: 8 } },
      { type: 'button', id: 'b', action: 'submit' },
      {
        type: 'group',
        id: 'g',
        components: [
          { type: 'html', id: 'h' },
          { type: 'number', id: 'n' },
        ],
      },
    ],
  }
  it('I09 holds no button of its own and no foreign content, at any depth', () => {
    expect(JSON.stringify(shownSchema(schema, false))).not.toMatch(/button|html/)
  })
  it('stands in one column on a phone', () => {
    expect(JSON.stringify(shownSchema(schema, true))).not.toContain('layout')
    expect(JSON.stringify(shownSchema(schema, false))).toContain('layout')
  })
  it('leaves the given schema as it was', () => {
    const before = structuredClone(schema)
    shownSchema(schema, true)
    expect(schema).toEqual(before)
  })
})

describe('the path of a field', () => {
  it.each([
    ['amount', 'amount'],
    ['applicant.name', 'applicant.name'],
    ['rows[0].amount', 'rows.0.amount'],
    ['rows.0.amount', 'rows.0.amount'],
    ['/rows/0/amount', 'rows.0.amount'],
  ])('%s is %s', (given, path) => {
    expect(fieldPath(given)).toBe(path)
  })
})

describe('answers as text', () => {
  it('gives a line a field, in the order of the form, without what is empty', () => {
    const schema = {
      components: [
        { type: 'number', key: 'b', label: 'Amount' },
        { type: 'group', label: 'Who', components: [{ type: 'textfield', key: 'a.name', label: 'Name' }] },
        { type: 'dynamiclist', path: 'rows', components: [{ type: 'textfield', key: 'x', label: 'Row' }] },
        { type: 'filepicker', key: 'files', label: 'Files' },
        { type: 'textfield', key: 'none', label: 'None' },
      ],
    }
    const answers = {
      a: { name: 'N' },
      b: '1.00',
      rows: [{ x: 'p' }, { x: 'q' }],
      files: [{ id: '1', name: 'f.pdf' }],
      none: '',
    }
    expect(answersText(schema, answers)).toBe('Amount: 1.00\nName: N\nRow: p\nRow: q\nFiles: f.pdf')
  })
})
