import { type FieldKind, fieldKinds } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import {
  accessTable,
  cellsText,
  fieldsOf,
  laidOver,
  relabelled,
  tableOf,
  unreadOf,
  type WordsFor,
} from './clipboard.ts'

const access = { required: ['must', 'm'], write: ['fill', 'w'], read: ['see', 'r'], none: ['hidden', '', '-'] }
const kinds = Object.fromEntries(
  fieldKinds.map((kind) => [kind, [kind.toLowerCase()]]),
) as unknown as WordsFor<FieldKind>
const words = {
  kinds,
  grades: { public: ['open'], internal: ['inner'], sensitive: ['secret'] },
  heads: ['name', 'kind'],
}

describe('cells on the clipboard', () => {
  it('are words between tabs and come back as they were', () => {
    const cells = [
      ['required', 'none'],
      ['read', 'write'],
    ] as const
    const text = cellsText(cells, access)
    expect(text).toBe('must\thidden\nsee\tfill')
    expect(accessTable(tableOf(`${text}\r\n`), access)).toEqual(cells)
  })
  it('are read from the letters and the empty cells of others, and nothing else', () => {
    expect(accessTable(tableOf('M\t\t-'), access)).toEqual([['required', 'none', 'none']])
    expect(accessTable(tableOf('M\tTitle'), access)).toBeNull()
  })
  it('are laid over a range as often as they fit', () => {
    expect(laidOver([['read']], 2, 2)).toEqual([
      ['read', 'read'],
      ['read', 'read'],
    ])
    expect(laidOver([['read', 'write']], 1, 3)).toEqual([['read', 'write', 'read']])
    expect(laidOver([['read'], ['write']], 1, 1)).toEqual([['read'], ['write']])
  })
})

describe('fields from a spreadsheet', () => {
  it('take name, kind, grade and options', () => {
    const table = tableOf('Title\nAmount\tmoney\tsecret\nOrigin\tchoice\tA, B\n\nWhere\tchoice\tA, A, B')
    const fields = fieldsOf(table, 'one', new Set(['title']), words, ['x', 'y'])
    expect(fields.map(({ key, kind, grade, group }) => [key, kind, grade, group])).toEqual([
      ['field_2', 'text', 'internal', 'one'],
      ['amount', 'money', 'sensitive', 'one'],
      ['origin', 'choice', 'internal', 'one'],
      ['where', 'choice', 'internal', 'one'],
    ])
    expect(fields[3]?.options?.map((option) => option.label)).toEqual(['A', 'B'])
  })
  it('say which cells beside a name mean nothing here, each once', () => {
    const table = tableOf(
      'name\tkind\nAmount\tmoney\tTop secret\nOrigin\tchoice\tA, B\tinner\nWhere\tcity\tTop secret\n\tcity',
    )
    expect(unreadOf(table, words)).toEqual(['Top secret', 'city'])
  })
  it('come without the line that names the columns, and a cell of several lines is one', () => {
    const table = tableOf('Name\tKind\r\n"Title\nof ""it"""\ttext\r\n5" pipe\ttext\r\n')
    expect(table).toEqual([
      ['Name', 'Kind'],
      ['Title of "it"', 'text'],
      ['5" pipe', 'text'],
    ])
    const names = (given: string[][]) => fieldsOf(given, undefined, new Set(), words, []).map(({ name }) => name)
    expect(names(table)).toEqual(['Title of "it"', '5" pipe'])
    expect(names([['Name'], ['Place']])).toEqual(['Name', 'Place'])
    expect(names([['Name', 'money']])).toEqual(['Name'])
  })
  it('begin a choice that came without options', () => {
    expect(fieldsOf([['A', 'choices']], undefined, new Set(), words, ['x', 'y'])[0]).toMatchObject({
      options: [
        { value: 'option_1', label: 'x' },
        { value: 'option_2', label: 'y' },
      ],
    })
  })
})

describe('options under other labels', () => {
  it('keep the values of labels that stay, and no value is there twice', () => {
    const before = [
      { value: 'option_2', label: 'A' },
      { value: 'b', label: 'B' },
    ]
    expect(relabelled(['C', 'A', 'D', 'D'], before)).toEqual([
      { value: 'option_3', label: 'C' },
      { value: 'option_2', label: 'A' },
      { value: 'option_4', label: 'D' },
    ])
  })
})
