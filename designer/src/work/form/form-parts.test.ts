import { isFileTaken } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { answersText } from './answers-text.ts'
import { fieldPath } from './field-path.ts'
import { loadPatterns, needsPatterns, patternFault } from './pattern-fault.ts'
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

describe('a file that a field does not take', () => {
  it.each([
    ['x.pdf', 'application/pdf', '.jpg,.jpeg,.png', false],
    ['x.JPEG', 'image/jpeg', '.jpg,.png', true],
    ['x.gif', 'image/gif', 'image/*', true],
    ['x.pdf', 'application/pdf', 'image/*', false],
    ['x.heic', '', 'image/*', true],
    ['x.exe', '', '.pdf, .docx', false],
    ['scan', 'application/pdf', '.jpg', false],
    ['scan', 'image/jpeg', '.jpeg', true],
    ['scan', '', '.jpg', true],
    ['x.pdf', 'application/pdf', '*/*', true],
    ['x.pdf', 'application/pdf', '*', true],
    ['x.pdf', 'application/pdf', 'PDF, docx', true],
    ['x.png', 'image/png', 'pdf,docx', false],
    ['x.jpg', 'image/jpeg', 'image/jpg', true],
    ['x.pdf', 'application/pdf', '{{ kinds }}', true],
    ['x.exe', '', '', true],
  ])('%s (%s) where %s is asked for: %s', (name, type, accept, taken) => {
    expect(isFileTaken({ name, type }, accept)).toBe(taken)
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
  it('FE10 holds no pattern that form-js would match itself; the field keeps it for the page', () => {
    const validate = { pattern: '^a+$', required: true, patternErrorMessage: 'as' }
    const shown = shownSchema({ components: [{ type: 'group', components: [{ type: 'textfield', validate }] }] }, false)
    expect(shown).toEqual({
      components: [
        {
          type: 'group',
          components: [{ type: 'textfield', pattern: '^a+$', validate: { required: true, patternErrorMessage: 'as' } }],
        },
      ],
    })
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
    expect(answersText(schema, answers)).toBe('Amount：1.00\nName：N\nRow：p\nRow：q\nFiles：f.pdf')
  })
  it('what was chosen is told in the words of the options', () => {
    const values = [
      { label: '一组', value: 'group_1' },
      { label: '二组', value: 'group_2' },
    ]
    const schema = { components: [{ type: 'checklist', key: 'groups', label: '涉及哪些组', values }] }
    expect(answersText(schema, { groups: ['group_1', 'group_2'] })).toBe('涉及哪些组：一组、二组')
  })
})

describe('FE10 the pattern of a field on the page', () => {
  it('is matched by what is fetched for a form that has one', async () => {
    const schema = { components: [{ type: 'textfield', pattern: '^a$' }] }
    expect(needsPatterns({ components: [{ type: 'textfield', label: 'pattern' }] })).toBe(false)
    expect(needsPatterns(schema)).toBe(true)
    await loadPatterns()
    expect(needsPatterns(schema)).toBe(false)
  })
  const asked = (pattern: string, value: unknown, more: object = {}) =>
    patternFault({ id: 'f', type: 'textfield', pattern, validate: more }, value)
  it('is that of the server: classes, scripts, flags, names and places', () => {
    expect(asked('^[[:alpha:]]+$', 'Wang')).toBeNull()
    expect(asked('^(?P<no>NO)', 'NO.5')).toBeNull()
    expect(asked('^\\p{Han}{2,4}$', '王小明')).toBeNull()
    expect(asked('^\\p{Han}{2,4}$', 'Wang')).toContain('Han')
    expect(asked('(?i)^no\\.', 'NO.5')).toBeNull()
    expect(asked('\\d', 'a1b')).toBeNull()
  })
  it('says what the form says', () => {
    expect(asked('^a$', 'b', { patternErrorMessage: '写 a' })).toBe('写 a')
  })
  it('asks nothing of an empty answer, of what is no text, and by what cannot be read', () => {
    for (const value of ['', null, undefined, 5, ['b']]) expect(asked('^a$', value)).toBeNull()
    expect(asked('(', 'b')).toBeNull()
    expect(patternFault({ id: 'f', type: 'textfield' }, 'b')).toBeNull()
  })
  it('takes the time of the text, however many ways there are through it', () => {
    expect(asked('^(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)!$', 'x'.repeat(2_000))).not.toBeNull()
  })
})
