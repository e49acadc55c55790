import { describe, expect, it } from 'vitest'
import { contextOf } from '../../feel/index.ts'
import { say } from '../../problem/index.ts'
import type { Json, Variables } from '../../record/json.ts'
import {
  describeAnswers,
  type Form,
  fieldDefinitions,
  idNumberFault,
  jsonSchema,
  judgeAnswers,
  pickAnswers,
  readForm,
  validateBySchema,
} from '../index.ts'

const AT = Date.UTC(2026, 10, 25, 4)
type Source = { [name: string]: Json }
const schemaOf = (...components: Source[]): Source => ({ type: 'default', id: 'f', schemaVersion: 19, components })
const field = (type: string, more: Source = {}): Source => ({ type, key: 'k', label: '栏', ...more })

function formOf(...components: Source[]): Form {
  const { form, problems } = readForm(schemaOf(...components), 'a.form')
  expect(problems).toEqual([])
  return form!
}
const judge = (form: Form, answers: Variables, data: Variables = {}) =>
  judgeAnswers(form, answers, contextOf(data), AT, validateBySchema)
/** Faults as people read them. */
const told = (form: Form, answers: Variables, data: Variables = {}) =>
  judge(form, answers, data).errors.map(({ field: path, label, code, facts }) => [
    path,
    say(code, { ...facts, field: label ?? path }, 'zh-CN').text,
  ])
const one = (source: Source, value: Json, data: Variables = {}) => told(formOf(source), { k: value }, data)
const words = (source: Source, value: Json) => describeAnswers(formOf(source), { k: value })[0]?.value
const file = (id: string, type = 'image/png') => ({ id, name: `${id}.png`, type, size: 1 })

describe('idNumber', () => {
  it.each([
    ['11010519491231002X', null],
    ['440524188001010014', null],
    ['110105194912310021', 'digit'],
    ['11010519490231002X', 'birth'],
    ['110105209912310026', 'birth'],
    ['01010519491231002X', 'shape'],
    ['11010519491231002x', 'shape'],
    ['1101051949123100', 'shape'],
    ['11010519491231002X\n', 'shape'],
  ] as const)('%s: %s (GB 11643-1999)', (value, fault) => {
    expect(idNumberFault(value, AT)).toBe(fault)
  })
  it('says which part does not fit', () => {
    expect(one(field('idNumber'), '110105194912310021')).toEqual([
      ['k', '“栏”的号码不对：最后一位与前面的数字对不上。'],
    ])
    expect(one(field('idNumber'), '11010519490231002X')).toEqual([['k', '“栏”的号码不对：第 7 到 14 位不是出生日期。']])
    expect(one(field('idNumber'), 'abc')).toEqual([['k', '“栏”应填18 位身份证号。']])
  })
  it('is masked wherever it is told, and for whom it is only shown to', () => {
    expect(words(field('idNumber'), '11010519491231002X')).toBe('110105********002X')
    const shown = formOf(field('idNumber', { readonly: true }))
    const stored = { k: '11010519491231002X' }
    expect(pickAnswers(shown, contextOf(stored))).toEqual({ k: '110105********002X' })
    // form-js sends back what it was given to show: that changes nothing.
    expect(judge(shown, { k: '110105********002X' }, stored)).toEqual({ variables: {}, errors: [] })
    expect(told(shown, { k: '440524188001010014' }, stored)).toEqual([['k', '“栏”在这一步不能改。']])
    expect(pickAnswers(formOf(field('idNumber')), contextOf(stored))).toEqual(stored)
  })
})

describe('mobile', () => {
  it('has 11 digits and begins with 13 to 19', () => {
    expect(one(field('mobile'), '13800138000')).toEqual([])
    for (const value of ['12800138000', '1380013800', '138001380000', '+8613800138000', '１３８００１３８０００'])
      expect(one(field('mobile'), value)).toEqual([['k', '“栏”应填11 位手机号。']])
  })
})

describe('money', () => {
  it('is a decimal text with two digits after the point, within its limits', () => {
    expect(one(field('money'), '186500.00')).toEqual([])
    for (const value of ['186500', '186500.5', '1e5', '.50', '1,000.00', 186500])
      expect(one(field('money'), value)).toEqual([['k', '“栏”应填金额，两位小数。']])
    const limited = field('money', { validate: { min: '0.01', max: '9999999999999999.98' } })
    expect(one(limited, '0.00')).toHaveLength(1)
    expect(one(limited, '9999999999999999.99')).toHaveLength(1)
  })
  it('is told in groups of three with its unit', () => {
    expect(words(field('money'), '1234567.50')).toBe('1,234,567.50 元')
  })
})

describe('signature and photo', () => {
  it('a signature is one stored picture, told as a word with its file', () => {
    const signature = field('signature', { validate: { required: true } })
    expect(one(signature, [])).toEqual([['k', '“栏”还没有填。']])
    expect(one(signature, [file('a')])).toEqual([])
    expect(one(signature, [file('a', 'application/pdf')])).toEqual([['k', '“栏”应填手写签名。']])
    expect(one(signature, [file('a'), file('b')])).toHaveLength(1)
    const [answer] = describeAnswers(formOf(signature), { k: [file('a')] })
    expect(answer).toEqual({ label: '栏', value: '已签名', files: [file('a')] })
  })
  it('photos are pictures, one unless there may be several', () => {
    expect(one(field('photo'), [file('a'), file('b')])).toHaveLength(1)
    expect(one(field('photo', { multiple: true }), [file('a'), file('b', 'image/jpeg')])).toEqual([])
    expect(one(field('photo'), [file('a', 'image/svg+xml')])).toEqual([['k', '“栏”应填照片。']])
    expect(describeAnswers(formOf(field('photo')), { k: [file('a')] })[0]?.files).toEqual([file('a')])
  })
})

describe('attendance', () => {
  it('has both numbers, and no more came than should', () => {
    const attendance = field('attendance')
    expect(one(attendance, { expected: 27, present: 27 })).toEqual([])
    expect(one(attendance, { expected: 27, present: 28 })).toEqual([['k', '到会 28 人，多于应到 27 人。']])
    const wrong: Json[] = [{ expected: 27 }, { expected: 27, present: -1 }, { expected: 27, present: 1.5 }, 27, [1]]
    for (const value of wrong) expect(one(attendance, value)).toEqual([['k', '“栏”应填应到和到会的人数。']])
    expect(words(attendance, { expected: 27, present: 21 })).toBe('应到 27、到会 21')
  })
})

describe('votes', () => {
  it('add up to those present', () => {
    const votes = field('votes')
    expect(one(votes, { present: 22, yes: 19, no: 2, abstain: 1 })).toEqual([])
    expect(one(votes, { present: 21, yes: 19, no: 2, abstain: 1 })).toEqual([
      ['k', '同意 19、反对 2、弃权 1 合计 22，与到会 21 不符。'],
    ])
    expect(one(votes, { present: 21, yes: 19, no: 2 })).toEqual([['k', '“栏”应填到会人数和同意、反对、弃权的票数。']])
    expect(words(votes, { present: 22, yes: 19, no: 2, abstain: 1 })).toBe('到会 22、同意 19、反对 2、弃权 1')
  })
  it('count those the attendance has, sent along or stored before', () => {
    const votes = field('votes', { attendance: 'meeting' })
    const cast = { present: 22, yes: 19, no: 2, abstain: 1 }
    const wrong = [['k', '“栏”的到会 22，与登记的到会 21 不符。']]
    expect(one(votes, cast, { meeting: { expected: 27, present: 21 } })).toEqual(wrong)
    expect(one(votes, cast, { meeting: { expected: 27, present: 22 } })).toEqual([])
    const both = formOf({ ...field('attendance'), key: 'meeting' }, votes)
    expect(told(both, { meeting: { expected: 27, present: 21 }, k: cast })).toEqual(wrong)
    expect(pickAnswers(formOf(votes), contextOf({ meeting: { expected: 27, present: 21 } }))).toEqual({
      meeting: { present: 21 },
    })
  })
})

describe('person and unit', () => {
  const li = { id: 'p1', name: '李' }
  it('one, or several of whom nobody twice', () => {
    for (const type of ['person', 'unit']) {
      expect(one(field(type), li)).toEqual([])
      expect(one(field(type), [li])).toHaveLength(1)
      expect(one(field(type), { ...li, phone: '1' })).toHaveLength(1)
      expect(one(field(type, { multiple: true }), [li, { id: 'p2', name: '王' }])).toEqual([])
      expect(one(field(type, { multiple: true }), [li, li])).toHaveLength(1)
    }
    expect(one(field('person'), 'p1')).toEqual([['k', '“栏”应填列出的人。']])
    expect(words(field('person', { multiple: true }), [li, { id: 'p2', name: '王' }])).toBe('李、王')
  })
  it('keeps whom it may name', () => {
    expect(formOf(field('person', { role: 'clerk', multiple: true })).fields[0]?.directory).toEqual({
      of: 'person',
      many: true,
      role: 'clerk',
      level: null,
    })
    expect(formOf(field('unit', { level: 'village' })).fields[0]?.directory).toMatchObject({ level: 'village' })
  })
})

describe('rows', () => {
  const table = field('rows', {
    columns: [
      { key: 'name', name: '名称', kind: 'text', required: true },
      { key: 'count', name: '数量', kind: 'number', unit: '盏' },
      { key: 'price', name: '单价', kind: 'money' },
      { key: 'day', name: '日期', kind: 'date' },
      { key: 'how', name: '方式', kind: 'choice', options: [{ value: 'buy', label: '购买' }] },
    ],
  })
  it('names row and column of every fault', () => {
    const sound = { name: '灯', count: 24, price: '600.00', day: '2026-04-08', how: 'buy' }
    expect(one(table, [sound, { name: '杆' }])).toEqual([])
    expect(one(table, [sound, { name: '', count: 1 }, { day: '2026-02-30' }])).toEqual([
      ['k[1].name', '“栏”第 2 行还没有填“名称”。'],
      ['k[2].name', '“栏”第 3 行还没有填“名称”。'],
      ['k[2].day', '“栏”第 3 行的“日期”应填日期。'],
    ])
    expect(one(table, [{ price: '600' }, sound])).toEqual([
      ['k[0].name', '“栏”第 1 行还没有填“名称”。'],
      ['k[0].price', '“栏”第 1 行的“单价”应填金额，两位小数。'],
    ])
    expect(one(table, [{ ...sound, price: '600' }])).toEqual([
      ['k[0].price', '“栏”第 1 行的“单价”应填金额，两位小数。'],
    ])
    expect(one(table, [{ ...sound, how: 'rent' }])).toEqual([['k[0].how', '“栏”第 1 行的“方式”应填一个选项。']])
    expect(one(table, [{ ...sound, other: 1 }])).toHaveLength(1)
    const loose = field('rows', {
      columns: [
        { key: 'a', name: '甲' },
        { key: 'b', name: '乙' },
      ],
    })
    expect(one(loose, [{ a: '', b: null }, { b: 'x' }])).toEqual([['k[0].a', '“栏”第 1 行还没有填“甲”。']])
    expect(one(table, { name: 'x' })).toEqual([['k', '“栏”应填若干行。']])
  })
  it('is told a row a line', () => {
    expect(words(table, [{ name: '灯', count: 24, price: '1600.00', how: 'buy' }, { name: '杆' }])).toBe(
      '名称 灯、数量 24 盏、单价 1,600.00 元、方式 购买\n名称 杆',
    )
  })
  it.each<[Json, string]>([
    [[], 'noColumns'],
    [[{ name: '名称' }], 'columnInvalid'],
    [[{ key: 'constructor', name: '名称' }], 'columnInvalid'],
    [[{ key: 'a', kind: 'script' }], 'columnInvalid'],
    [[{ key: 'a' }, { key: 'a' }], 'columnTwice'],
    [[{ key: 'a', kind: 'choice' }], 'noOptions'],
  ])('refuses columns %j', (columns, reason) => {
    const { problems } = readForm(schemaOf(field('rows', { columns })), 'a.form')
    expect(problems.map((problem) => problem.facts.reason)).toEqual([reason])
  })
})

describe('attachments', () => {
  const papers = field('attachments', { items: [{ name: '预算', required: true }, { name: '草图' }] })
  it('has the required papers, whichever come first', () => {
    expect(one(papers, [{ item: '预算', files: [file('a', 'application/pdf')] }])).toEqual([])
    expect(one(papers, [{ item: '草图', files: [file('a')] }])).toEqual([['k', '“栏”里还没有“预算”。']])
    expect(one(papers, [{ item: '预算', files: [] }])).toHaveLength(1)
    expect(one(papers, [{ item: '合同', files: [file('a')] }])).toEqual([['k', '“栏”应填按名称列出的材料。']])
    expect(
      one(papers, [
        { item: '预算', files: [file('a')] },
        { item: '预算', files: [file('b')] },
      ]),
    ).toHaveLength(1)
    expect(one(papers, [])).toEqual([])
  })
  it('is told paper by paper, with all files', () => {
    const value = [
      { item: '预算', files: [file('a'), file('b')] },
      { item: '草图', files: [file('c')] },
    ]
    expect(describeAnswers(formOf(papers), { k: value })).toEqual([
      { label: '栏 预算', value: 'a.png、b.png', files: [file('a'), file('b')] },
      { label: '栏 草图', value: 'c.png', files: [file('c')] },
    ])
    const list = formOf({ type: 'dynamiclist', path: 'l', label: '列', components: [papers] })
    const [told] = describeAnswers(list, { l: [{ k: value }] })
    expect(told?.value).toBe('栏 预算 a.png、b.png\n草图 c.png')
    expect(told?.files.map((each) => each.id)).toEqual(['a', 'b', 'c'])
  })
  it.each<[Json, string]>([
    [[], 'noItems'],
    [[{ name: ' ' }], 'itemInvalid'],
    [[{ name: '预算' }, { name: '预算' }], 'itemTwice'],
  ])('refuses items %j', (items, reason) => {
    const { problems } = readForm(schemaOf(field('attachments', { items })), 'a.form')
    expect(problems.map((problem) => problem.facts.reason)).toEqual([reason])
  })
})

describe('every type of the house', () => {
  it('has a definition that makes a component its own type reads, once it has columns and papers', () => {
    const needed: { [type: string]: Source } = {
      rows: { columns: [{ key: 'a', name: 'A' }] },
      attachments: { items: [{ name: 'A' }] },
    }
    for (const { type, definition } of fieldDefinitions) {
      const form = formOf(field(type, { ...definition.create, ...needed[type] }))
      expect(form.fields[0]?.type).toBe(type)
      expect(JSON.stringify(jsonSchema(form))).not.toContain('undefined')
    }
    expect(fieldDefinitions.map(({ type }) => type).sort()).toEqual([
      'attachments',
      'attendance',
      'idNumber',
      'mobile',
      'money',
      'person',
      'photo',
      'rows',
      'signature',
      'unit',
      'votes',
    ])
  })
  it('is closed: an entry more in its value is refused', () => {
    for (const [source, value] of [
      [field('attendance'), { expected: 1, present: 1, x: 1 }],
      [field('votes'), { present: 1, yes: 1, no: 0, abstain: 0, x: 1 }],
      [field('photo'), [{ ...file('a'), x: 1 }]],
      [field('attachments', { items: [{ name: 'A' }] }), [{ item: 'A', files: [file('a')], x: 1 }]],
    ] as [Source, Json][])
      expect(one(source, value)).toHaveLength(1)
  })
})
