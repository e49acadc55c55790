import { describe, expect, it } from 'vitest'
import { readNumber } from './cell-value.ts'
import { partsOf, readCount, withPart } from './count-value.ts'
import { groupedMoney, moneyText, readMoney, sumOfMoney } from './money-value.ts'
import { ownFaults } from './own-faults.ts'
import { isFresh, stampTime } from './photo-stamp.ts'

describe('a sum of money as it is typed', () => {
  it.each([
    ['186500', '186500.00'],
    ['1,860.5', '1860.50'],
    ['１２．３', '12.30'],
    ['12.', '12.00'],
    ['007', '7.00'],
    ['0', '0.00'],
    ['-3', '-3.00'],
    ['', null],
    [' ', null],
    // What is no sum stays, so that it can be mended.
    ['12.345', '12.345'],
    ['1e5', '1e5'],
    ['.', '.'],
  ])('%j is stored as %j', (typed, stored) => {
    expect(readMoney(typed)).toBe(stored)
  })
  it('shows in groups of three, and without the zeros nobody typed', () => {
    expect(groupedMoney('1234567.50')).toBe('1,234,567.50')
    expect(groupedMoney('12.345x')).toBe('12.345x')
    expect(moneyText('1860.00')).toBe('1860')
    expect(moneyText('1860.50')).toBe('1860.50')
  })
  it('adds up exactly', () => {
    expect(sumOfMoney(['0.10', '0.20', null, 'x'])).toBe('0.30')
    expect(sumOfMoney(['9999999999999999.99', '0.01'])).toBe('10000000000000000.00')
    expect(sumOfMoney(['-0.05'])).toBe('-0.05')
    expect(sumOfMoney([])).toBe('0.00')
  })
})

describe('numbers side by side', () => {
  it('take digits of either width and nothing else', () => {
    expect(['27', '２７', '2a7', '', '-3', '1.5'].map(readCount)).toEqual([27, 27, 27, null, 3, 15])
  })
  it('are one value, and none when the last is taken out', () => {
    const parts = ['expected', 'present'] as const
    const one = withPart(partsOf(null, parts), 'expected', 27)
    expect(one).toEqual({ expected: 27, present: null })
    expect(withPart(partsOf(one, parts), 'expected', null)).toBeNull()
    expect(partsOf({ expected: '27' }, parts)).toEqual({ expected: null, present: null })
  })
})

it('a number of a cell stays as typed when it is none', () => {
  expect(['12', '1.50', '１２', '', '1,200', 'abc', '1.2.3'].map(readNumber)).toEqual([
    12,
    1.5,
    12,
    null,
    1200,
    'abc',
    '1.2.3',
  ])
})

describe('a photo', () => {
  it('carries the time of Shanghai', () => {
    expect(stampTime(Date.parse('2026-04-08T17:12:30Z'))).toBe('2026-04-09 01:12')
  })
  it('was taken now only when the file is as young', () => {
    const now = Date.parse('2026-04-08T01:12:00Z')
    expect(isFresh(now - 60_000, now)).toBe(true)
    expect(isFresh(now - 3_600_000, now)).toBe(false)
  })
})

describe('what is wrong with a value, in words', () => {
  const at = Date.parse('2026-04-08T01:12:00Z')
  const faults = (type: string, value: unknown, more: object = {}, data: Record<string, unknown> = {}) =>
    ownFaults(
      { id: 'f', type, ...more },
      value,
      (path) => path.reduce<unknown>((of, key) => (of as never)?.[key], data),
      at,
    )

  it('nothing with what is empty, and with types that are not ours', () => {
    for (const type of ['votes', 'rows', 'money', 'attachments', 'textfield']) {
      expect(faults(type, null)).toEqual([])
      expect(faults(type, [])).toEqual([])
    }
    expect(faults('textfield', 'x')).toEqual([])
    expect(faults('constructor', 'x')).toEqual([])
  })
  it('names the parts that are not filled in', () => {
    expect(faults('votes', { present: 21, yes: 19, no: null, abstain: null })).toEqual([
      '还没有填反对。',
      '还没有填弃权。',
    ])
    expect(faults('attendance', { expected: 27, present: null })).toEqual(['还没有填到会。'])
  })
  it('says sums with their numbers', () => {
    const cast = { present: 21, yes: 19, no: 2, abstain: 1 }
    expect(faults('votes', cast)).toEqual(['同意 19、反对 2、弃权 1 合计 22，与到会 21 不符。'])
    expect(faults('votes', { ...cast, present: 22 })).toEqual([])
    expect(faults('votes', { ...cast, present: 22 }, { attendance: 'meeting' }, { meeting: { present: 21 } })).toEqual([
      '到会 22，与登记的到会 21 不符。',
    ])
    expect(faults('attendance', { expected: 27, present: 28 })).toEqual(['到会 28 人，多于应到 27 人。'])
  })
  it('says which cell and which paper', () => {
    const columns = [
      { key: 'a', name: '名称', required: true },
      { key: 'b', name: '金额', kind: 'money' },
    ]
    expect(faults('rows', [{ a: 'x' }, { b: '1' }], { columns })).toEqual([
      '第 2 行还没有填“名称”。',
      '第 2 行的“金额”填得不对。',
    ])
    const items = [{ name: '预算', required: true }, { name: '草图' }]
    expect(faults('attachments', [{ item: '草图', files: [{}] }], { items })).toEqual(['还没有传“预算”。'])
  })
})
