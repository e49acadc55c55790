import { describe, expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import { describeAnswers, type Form, readForm } from './index.ts'

type Source = { [name: string]: Json }

function formOf(...components: Source[]): Form {
  const { form, problems } = readForm({ type: 'default', id: 'f', schemaVersion: 19, components }, 'a.form')
  expect(problems).toEqual([])
  return form!
}
const text = (key: string, more: Source = {}): Source => ({ type: 'textfield', key, label: key, ...more })
const options = [
  { label: '同意', value: 'yes' },
  { label: '反对', value: 'no' },
]

const told = (answers: readonly { label: string; value: string }[]) =>
  answers.map(({ label, value }) => ({ label, value }))

describe('describeAnswers', () => {
  it('tells values in words, in the order of the form, without what is empty', () => {
    const form = formOf(
      text('title', { label: '事项' }),
      text('empty'),
      { type: 'radio', key: 'r', label: '意见', values: options },
      { type: 'checklist', key: 'c', label: '选项', values: options },
      { type: 'checkbox', key: 'ok', label: '合规' },
      { type: 'datetime', key: 'd', subtype: 'datetime', dateLabel: '会议时间' },
      { type: 'filepicker', key: 'p', label: '照片' },
      {
        type: 'dynamiclist',
        path: 'rows',
        label: '名册',
        components: [text('name', { label: '姓名' }), { type: 'checkbox', key: 'here', label: '到会' }],
      },
    )
    const variables = {
      title: '修路',
      empty: '',
      r: 'yes',
      c: ['yes', 'no'],
      ok: true,
      d: '2026-05-18T01:30Z',
      p: [{ id: 'f', name: '会场.jpg', type: 'image/jpeg', size: 1 }],
      rows: [
        { name: '甲', here: true },
        { name: '乙', here: false },
      ],
      other: 1,
    }
    expect(told(describeAnswers(form, variables))).toEqual([
      { label: '事项', value: '修路' },
      { label: '意见', value: '同意' },
      { label: '选项', value: '同意、反对' },
      { label: '合规', value: '是' },
      { label: '会议时间', value: '2026-05-18 09:30' },
      { label: '照片', value: '会场.jpg' },
      { label: '名册', value: '姓名 甲、到会 是\n姓名 乙、到会 否' },
    ])
    expect(told(describeAnswers(form, { ok: false }, 'en'))).toEqual([{ label: '合规', value: 'no' }])
  })
  it('leaves out what is computed and has no label: only its key could be said', () => {
    const computed = (key: string, more: Source = {}): Source => ({
      type: 'expression',
      key,
      expression: '=1',
      ...more,
    })
    const form = formOf(text('who', { label: '户主' }), computed('total'), computed('sum', { label: '合计' }))
    expect(told(describeAnswers(form, { who: '甲', total: 2, sum: 3 }))).toEqual([
      { label: '户主', value: '甲' },
      { label: '合计', value: '3' },
    ])
  })

  it('gives the files an answer names, also those in the rows of a list', () => {
    const form = formOf(
      { type: 'filepicker', key: 'p', label: '照片', multiple: true },
      {
        type: 'dynamiclist',
        path: 'rows',
        label: '证据',
        components: [{ type: 'filepicker', key: 'f', label: '附件' }],
      },
      text('t', { label: '文字' }),
    )
    const file = (id: string) => ({ id, name: `${id}.jpg`, type: 'image/jpeg', size: 1 })
    const described = describeAnswers(form, {
      p: [file('a'), file('b')],
      rows: [{ f: [file('c')] }, { f: [] }],
      t: 'x',
    })
    expect(described.map((one) => one.files.map((each) => each.id))).toEqual([['a', 'b'], ['c'], []])
  })
  it('tells a number with its unit, sums of money in groups of three', () => {
    const number = (key: string, unit: string, rest: Source = {}) => ({
      type: 'number',
      key,
      label: key,
      appearance: { suffixAdorner: unit },
      ...rest,
    })
    const form = formOf(number('amount', '元', { serializeToString: true, decimalDigits: 2 }), number('people', '人'), {
      type: 'number',
      key: 'plain',
      label: 'plain',
    })
    const values = (variables: { [name: string]: Json }) => describeAnswers(form, variables).map((one) => one.value)
    expect(values({ amount: '186000.00', people: 28, plain: 12345 })).toEqual(['186,000.00 元', '28 人', '12345'])
    expect(values({ amount: '-1234567.5' })).toEqual(['-1,234,567.5 元'])
    expect(values({ amount: '999' })).toEqual(['999 元'])
  })
})
