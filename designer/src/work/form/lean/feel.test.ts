import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { evaluate, parseExpression, parseUnaryTests, unaryTest } from './feel.ts'
import { RE2JS } from './re2js.ts'

/** A new turn of the page: what was computed before no longer counts. */
const turn = (): unknown => vi.runAllTimers()

describe('FE9 form-js asks the FEEL of the engine', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    turn()
    vi.useRealTimers()
  })

  it.each([
    ['a + b', 0.3],
    ['string(a)', '0.1'],
    ['missing = null', true],
    ['rows[n > 1].n', [2]],
    ['date("2026-05-18") + duration("P1D")', '2026-05-19'],
    ['if matches(tel, "^[\\u4e00-\\u9fa5\\d]+$") then "对" else "错"', '对'],
  ])('%s', (source, expected) => {
    const data = { a: 0.1, b: 0.2, rows: [{ n: 1 }, { n: 2 }], tel: '电话123' }
    expect(evaluate(source, data)).toEqual({ value: expected, warnings: [] })
  })
  it('throws where the server has an incident, as form-js expects', () => {
    for (const source of ['a +', 'nonsense(1)', 'for i in 1..1000000000 return i', 'function(x) x'])
      expect(() => evaluate(source)).toThrow()
  })
  it('unary tests read `?`', () => {
    expect(unaryTest('> 3, < 1', { '?': 0 }).value).toBe(true)
    expect(unaryTest('> 3, < 1', { '?': 2 }).value).toBe(false)
  })
  it('gives the tree that form-js looks for names in, whatever the text', () => {
    const text = 'count(rows[n > 1]) + get or else(a, 1)'
    const names: string[] = []
    parseExpression(text).iterate({
      enter: ({ type, from, to }) => {
        if (type.name === 'VariableName') names.push(text.slice(from, to))
      },
    })
    expect(names).toEqual(['count', 'rows', 'n', 'get or else', 'a'])
    for (const source of ['(('.repeat(5_000), '1+'.repeat(6_000), 'a b (', '']) {
      const nodes: string[] = []
      parseUnaryTests(source).iterate({ enter: ({ type }) => void nodes.push(type.name) })
      expect(nodes).toEqual(['UnaryTests'])
    }
  })
  it('stops a form that computes without end within one turn, and goes on after it', async () => {
    const work = () => evaluate('count(for i in 1..9000 return i)')
    const many = () => {
      for (let index = 0; index < 1_000_000; index += 1) work()
    }
    expect(many).toThrow('the form computes too much')
    expect(work).toThrow('the form computes too much')
    turn()
    expect(work().value).toBe(9000)
  })
  it('is no clock of its own making', () => {
    vi.setSystemTime(Date.UTC(2026, 4, 18, 17))
    expect(evaluate('string(today())').value).toBe('2026-05-19')
  })
})

describe('FE9 patterns are matched by the browser where it comes to an end', () => {
  it.each([
    [
      '(\\d+)-(\\d+)',
      0,
      '12-34 5-6',
      [
        ['12-34', '12', '34'],
        ['5-6', '5', '6'],
      ],
    ],
    ['a.b', RE2JS.DOTALL | RE2JS.CASE_INSENSITIVE, 'A\nB', [['A\nB']]],
    ['^b', RE2JS.MULTILINE, 'a\nb', [['b']]],
    ['[\\x{4e00}-\\x{9fa5}]+', 0, 'x中文', [['中文']]],
    ['\\d{2}\\-\\d', 0, '12-3', [['12-3']]],
    ['\\p{Han}+\\P{Latin}', 0, 'x中文!', [['中文!']]],
    ['\\p{L}+', 0, '!中x', [['中x']]],
    ['x', 0, 'abc', []],
  ])('%s', (source, flags, text, expected) => {
    const matcher = RE2JS.compile(source, flags).matcher(text)
    const found: (string | undefined)[][] = []
    while (matcher.find()) {
      expect(text.slice(matcher.start(), matcher.end())).toBe(matcher.group(0))
      found.push(Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at)))
    }
    expect(found).toEqual(expected)
  })
  it.each(['(a+)+$', '(a)\\1', 'a(?=b)', '(a'])('%s is refused', (source) => {
    expect(() => RE2JS.compile(source)).toThrow()
  })
})
