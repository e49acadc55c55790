import { describe, expect, it } from 'vitest'
import { say } from '../problem/index.ts'
import { accessAt, accessOf } from './access.ts'
import type { FieldDictionary } from './dictionary.ts'
import { isFieldKey } from './entry.ts'
import { readDictionary } from './read.ts'
import { writeDictionary } from './write.ts'

const WHOLE: FieldDictionary = {
  fields: [
    { key: 'title', name: '事项', kind: 'text', group: '事项', maxLength: 80, grade: 'public', purpose: '写进公告' },
    {
      key: 'way',
      name: '方式',
      kind: 'choice',
      options: [
        { value: 'yes', label: '是' },
        { value: 'no', label: '否' },
      ],
      grade: 'public',
    },
    { key: 'heads', name: '人数', kind: 'attendance', grade: 'public' },
    {
      key: 'votes',
      name: '票数',
      kind: 'votes',
      attendance: 'heads',
      check: 'votes.yes > 0',
      checkMessage: '至少 1 票。',
      anew: true,
      grade: 'internal',
    },
    { key: 'money', name: '金额', kind: 'money', min: '0.01', grade: 'public', initial: '10.00' },
    { key: 'code', name: '编号', kind: 'text', pattern: '^[A-Z]{2}$', patternMessage: '两个大写字母', grade: 'public' },
    {
      key: 'rows',
      name: '明细',
      kind: 'table',
      columns: [{ key: 'a', name: '甲', kind: 'choice', options: [{ value: 'x', label: '子' }], required: true }],
      grade: 'public',
    },
    {
      key: 'papers',
      name: '材料',
      kind: 'attachments',
      items: [{ name: '身份证', required: true }, { name: '其他' }],
      grade: 'sensitive',
    },
    { key: 'who', name: '谁', kind: 'person', role: 'village_clerk', multiple: true, grade: 'public' },
  ],
  access: { start: { title: 'required', way: 'write' }, review: { title: 'read', votes: 'required' } },
}

describe('fields.yaml', () => {
  it('is read as it was written, and written the same again', () => {
    const text = writeDictionary(WHOLE)
    expect(readDictionary(text, 'fields.yaml')).toEqual({ dictionary: WHOLE, problems: [] })
    expect(writeDictionary(readDictionary(text, 'fields.yaml').dictionary!)).toBe(text)
  })
  it('says nothing of what is empty, hidden or in another order', () => {
    const padded: FieldDictionary = {
      fields: WHOLE.fields.map((field) => ({ ...field, description: '' })),
      access: {
        start: { way: 'write', papers: 'none', title: 'required' },
        review: { votes: 'required', title: 'read' },
        gone: { title: 'none' },
      },
    }
    expect(writeDictionary(padded)).toBe(writeDictionary(WHOLE))
  })
  it.each(['', '  \n', '# nothing\n', 'fields:\n', 'access: {}\n'])('%j holds no fields', (text) => {
    expect(readDictionary(text, 'fields.yaml')).toEqual({ dictionary: { fields: [], access: {} }, problems: [] })
  })
  it('knows what YAML calls a boolean as the text it is', () => {
    const text = 'fields: [{ key: a, name: 甲, kind: choice, grade: public, options: [{ value: yes, label: 是 }] }]'
    expect(readDictionary(text, 'f').dictionary?.fields[0]?.options).toEqual([{ value: 'yes', label: '是' }])
  })
})

const entry = (members: string): string => `fields:\n  - { key: a, name: 甲, grade: public, ${members} }\n`
const faults: [string, string, string][] = [
  ['fields: 3', 'fields', 'notAList'],
  ['- a', 'fields', 'notAList'],
  ['columns: []', 'columns', 'memberUnknown'],
  ['fields: [3]', '1', 'notAField'],
  ['fields: [{ name: 甲, kind: text, grade: public }]', '1', 'noKey'],
  ['fields: [{ key: a b, name: 甲, kind: text, grade: public }]', 'a b', 'keyInvalid'],
  ['fields: [{ key: case, name: 甲, kind: text, grade: public }]', 'case', 'keyInvalid'],
  ['fields: [{ key: parameters, name: 甲, kind: text, grade: public }]', 'parameters', 'keyInvalid'],
  ['fields: [{ key: loopCounter, name: 甲, kind: text, grade: public }]', 'loopCounter', 'keyInvalid'],
  ['fields: [{ key: __proto__, name: 甲, kind: text, grade: public }]', '__proto__', 'keyInvalid'],
  ['fields: [{ key: a, kind: text, grade: public }]', 'a', 'noName'],
  ['fields: [{ key: a, name: 甲, kind: text }]', 'a', 'gradeUnknown'],
  [`${entry('kind: text')}  - { key: a, name: 乙, kind: text, grade: public }`, 'a', 'keyTwice'],
  [entry('kind: blob'), 'a', 'kindUnknown'],
  [entry('kind: text, colour: red'), 'a', 'memberUnknown'],
  [entry('kind: date, options: [{ value: a, label: 甲 }]'), 'a', 'memberUnknown'],
  [entry('kind: text, description: 3'), 'a', 'notText'],
  [entry('kind: choice'), 'a', 'noOptions'],
  [entry('kind: choices, options: []'), 'a', 'noOptions'],
  [entry('kind: choice, options: [{ value: 3, label: 三 }]'), 'a', 'optionValue'],
  [entry('kind: choice, options: [{ value: x }]'), 'a', 'optionLabel'],
  [entry('kind: choice, options: [{ value: x, label: 子 }, { value: x, label: 丑 }]'), 'a', 'optionTwice'],
  [entry('kind: choice, options: [{ value: x, label: 子, colour: red }]'), 'a', 'memberUnknown'],
  [entry('kind: number, check: a > 1'), 'a', 'checkMessage'],
  [entry('kind: number, checkMessage: 大于 1'), 'a', 'messageWithoutCheck'],
  [entry('kind: number, check: "a >", checkMessage: 大于 1'), 'a', 'checkInvalid'],
  [entry('kind: text, pattern: "(?=a)"'), 'a', 'pattern'],
  [entry('kind: text, pattern: "("'), 'a', 'pattern'],
  [entry('kind: number, min: 3, max: 2'), 'a', 'limit'],
  [entry('kind: number, min: many'), 'a', 'limit'],
  [entry('kind: text, maxLength: 0'), 'a', 'limit'],
  [entry('kind: person, role: "a b"'), 'a', 'roleInvalid'],
  [entry('kind: unit, level: 3'), 'a', 'levelInvalid'],
  [entry('kind: photo, multiple: many'), 'a', 'notYesNo'],
  [entry('kind: date, anew: often'), 'a', 'notYesNo'],
  [entry('kind: votes, attendance: b'), 'a', 'attendanceUnknown'],
  [
    `${entry('kind: votes, attendance: b')}  - { key: b, name: 乙, kind: number, grade: public }`,
    'a',
    'attendanceUnknown',
  ],
  [entry('kind: table'), 'a', 'noColumns'],
  [entry('kind: table, columns: [{ key: x, kind: text }]'), 'a', 'columnInvalid'],
  [entry('kind: table, columns: [{ key: x, name: 子, kind: photo }]'), 'a', 'kindUnknown'],
  [entry('kind: table, columns: [{ key: x, name: 子, kind: choice }]'), 'a', 'noOptions'],
  [
    entry('kind: table, columns: [{ key: x, name: 子, kind: text }, { key: x, name: 丑, kind: text }]'),
    'a',
    'columnTwice',
  ],
  [entry('kind: attachments'), 'a', 'noItems'],
  [entry('kind: attachments, items: [{ name: 子 }, { name: 子 }]'), 'a', 'itemTwice'],
  ['access: []', 'access', 'notAMapping'],
  ['access: { s: 3 }', 's', 'notAMapping'],
  ['access: { s: { a: often } }', 'a', 'accessUnknown'],
]

describe('readDictionary refuses by name', () => {
  it.each(faults)('%j: %s, %s', (text, field, reason) => {
    const { dictionary, problems } = readDictionary(text, 'fields.yaml')
    expect(dictionary).toBeNull()
    expect(problems.map(({ code, facts }) => [code, facts.key, facts.reason])).toEqual([
      ['FIELD_INVALID', field, reason],
    ])
    expect(say('FIELD_INVALID', problems[0]!.facts, 'zh-CN').text).not.toContain(reason)
  })
  it('and says the name people know it by', () => {
    expect(readDictionary(entry('kind: choice'), 'f').problems[0]?.facts).toMatchObject({ field: '甲', key: 'a' })
  })
  it('a text that is no YAML, or too much of it', () => {
    expect(readDictionary('a: [', 'fields.yaml').problems[0]?.code).toBe('PACKAGE_FILE_INVALID')
    expect(readDictionary(`# ${'x'.repeat(300_000)}`, 'fields.yaml').problems[0]?.code).toBe('RESOURCE_TOO_LARGE')
    const bomb = `a: &a [x]\n${'bcdefghij'.replace(/./g, (c) => `${c}: &${c} [*${String.fromCharCode(c.charCodeAt(0) - 1)}, *${String.fromCharCode(c.charCodeAt(0) - 1)}]\n`)}`
    expect(readDictionary(bomb, 'fields.yaml').dictionary).toBeNull()
  })
  it('more fields than a package may have', () => {
    const many = Array.from({ length: 501 }, (_, i) => `  - { key: f${i}, name: n, kind: text, grade: public }`)
    expect(readDictionary(`fields:\n${many.join('\n')}`, 'f').problems[0]?.facts).toMatchObject({ reason: 'tooMany' })
  })
})

describe('texts that YAML might take for something else', () => {
  const odd = [
    'yes',
    'null',
    'true',
    '~',
    '3',
    '- a',
    'a: b',
    '# a',
    'a\nb\n\n  c',
    ' a ',
    '“甲”',
    "'",
    '"',
    '{a}',
    '*a',
    '&a',
    '!a',
    '',
  ]
  it.each(odd)('%j stays as it is', (text) => {
    const entry = {
      key: 'a',
      name: text.trim() === '' ? 'a' : text,
      kind: 'text',
      description: text,
      grade: 'public',
    } as const
    const { description, ...bare } = entry
    const dictionary: FieldDictionary = {
      fields: [entry, { ...entry, key: 'b' }],
      access: { [text || 'x']: { a: 'read' }, y: { [text || 'x']: 'write' } },
    }
    const read = readDictionary(writeDictionary(dictionary), 'f')
    expect(read.problems).toEqual([])
    expect(read.dictionary).toEqual({
      ...dictionary,
      fields: description === '' ? [bare, { ...bare, key: 'b' }] : dictionary.fields,
    })
  })
})

describe('access', () => {
  it('names every field of the dictionary, none where the matrix says nothing', () => {
    expect(accessOf(WHOLE, 'review')).toMatchObject({ title: 'read', votes: 'required', way: 'none' })
    expect(Object.values(accessOf(WHOLE, 'nowhere')).every((access) => access === 'none')).toBe(true)
    expect(accessAt(WHOLE, 'constructor', 'title')).toBe('none')
    expect(accessAt(WHOLE, 'start', 'toString')).toBe('none')
  })
})

describe('keys', () => {
  it('are FEEL names that nothing else has taken', () => {
    expect(['title', '事项', '_a1'].every(isFieldKey)).toBe(true)
    expect(['', '1a', 'a-b', 'a.b', 'if', 'item', 'null', 'constructor'].some(isFieldKey)).toBe(false)
  })
})
