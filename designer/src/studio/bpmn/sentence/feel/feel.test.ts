import { compileExpression, contextOf, evaluate, type FieldEntry, type Json } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { readCandidates, readWho, writeCandidates } from './candidates.ts'
import { readCondition, writeCondition } from './condition.ts'
import { readCount, shares, writeCount } from './count.ts'
import { readNoticeLines, writeLines, writeNoticeFields } from './notice-fields.ts'
import { fewest, readRatio, writeRatio } from './ratio.ts'
import { readDeadline, readMoment, readSpan, writeDeadline, writeMoment, writeSpan } from './span.ts'

/** What the engine makes of FEEL with its `=`. */
function value(text: string, variables: { readonly [name: string]: Json }): Json {
  const compiled = compileExpression(text.slice(1))
  if ('error' in compiled) throw new Error(`${text}: ${compiled.error}`)
  const result = evaluate(compiled.expression, contextOf(variables), Date.UTC(2026, 4, 18))
  if (!result.ok) throw new Error(`${text}: ${result.message}`)
  return result.value
}

describe('a condition', () => {
  it.each([
    '=amount > 1000',
    '=amount >= 1000.5 and kind = "road"',
    '=kind = "a \\"quoted\\" and \\n word" or urgent = true',
    '=precheck.legality != "legal"',
    '=rounds < parameters.revision_rounds',
    '=note = null',
    '=balance < -5',
    '=number(budget) >= 1000 and urgent = true',
  ])('%s is read and written as it was', (text) => {
    const condition = readCondition(text)
    expect(condition).not.toBeNull()
    expect(condition && writeCondition(condition)).toBe(text)
  })

  it('reads spaces and a bare truth', () => {
    expect(readCondition('= amount>1000\n and  parameters.online')?.clauses).toEqual([
      { kind: 'compare', left: 'amount', operator: '>', value: { kind: 'literal', value: 1000 } },
      { kind: 'compare', left: 'parameters.online', operator: '=', value: { kind: 'literal', value: true } },
    ])
  })

  it.each([
    undefined,
    '',
    'amount > 1',
    '=',
    '=1 > amount',
    '=a > 1 and b > 2 or c > 3',
    '=some o in list satisfies o.bad',
    '=if a then b else c',
    '=2 * yes > present',
    '=count(list) > 3',
    '=a = not',
    '=(a > 1)',
    '=a > 1 2',
    '=a > "unclosed',
    '=true',
  ])('%s cannot be said', (text) => {
    expect(readCondition(text)).toBeNull()
  })

  it('means to the engine what the sentence says', () => {
    const text = writeCondition({
      join: 'and',
      clauses: [
        { kind: 'compare', left: 'kind', operator: '=', value: { kind: 'literal', value: 'a "b"' } },
        { kind: 'compare', left: 'amount', operator: '<=', value: { kind: 'path', path: 'limit' } },
      ],
    })
    expect(value(text, { kind: 'a "b"', amount: 3, limit: 3 })).toBe(true)
    expect(value(text, { kind: 'a "b"', amount: 4, limit: 3 })).toBe(false)
  })
})

describe('money in a condition', () => {
  it('is a text that is compared as a number', () => {
    expect(value('=number(budget) > 1000', { budget: '1000.01' })).toBe(true)
    expect(value('=number(budget) > 1000', { budget: '999.99' })).toBe(false)
  })
})

describe('a ratio', () => {
  const twoThirds = { part: 'a.present', whole: 'a.expected', numerator: 2, denominator: 3, isStrict: false }
  it.each([
    '=a.expected > 0 and 3 * a.present >= 2 * a.expected',
    '=2 * votes.yes > a.present',
    '=branch_meeting.expected > 0 and 2 * branch_meeting.present >= branch_meeting.expected',
    '=parameters.d * m.yes > parameters.n * m.present',
  ])('%s is read and written as it was', (text) => {
    const ratio = readRatio(text)
    expect(ratio).not.toBeNull()
    expect(ratio && writeRatio(ratio)).toBe(text)
  })

  it('is never reached by none of none, and one written without saying so is read all the same', () => {
    const nobody = { a: { present: 0, expected: 0 } }
    for (const isStrict of [true, false]) expect(value(writeRatio({ ...twoThirds, isStrict }), nobody)).toBe(false)
    expect(readRatio('=3 * a.present >= 2 * a.expected')).toEqual(twoThirds)
    expect(readRatio('=b > 0 and 3 * a.present >= 2 * a.expected')).toBeNull()
  })

  it.each(['=a > b', '=2 * a = b', '=2 * a > b + 1', '=2.5 * a > b', 'x', '=b * a > c'])('%s is none', (text) => {
    expect(readRatio(text)).toBeNull()
  })

  it('counts the fewest in whole numbers, as the engine does', () => {
    expect(fewest(27, { numerator: 2, denominator: 3, isStrict: false })).toBe(18)
    expect(fewest(27, { numerator: 1, denominator: 2, isStrict: true })).toBe(14)
    expect(fewest(22, { numerator: 1, denominator: 2, isStrict: true })).toBe(12)
    for (let expected = 1; expected <= 40; expected += 1) {
      const least = fewest(expected, twoThirds)
      expect(value(writeRatio(twoThirds), { a: { present: least, expected } })).toBe(true)
      expect(value(writeRatio(twoThirds), { a: { present: least - 1, expected } })).toBe(false)
    }
  })
})

describe('a count of opinions', () => {
  it.each(shares)('%s is read back', (share) => {
    const count = { list: 'sign_1_opinions', member: 'result', value: 'agree', share }
    expect(readCount(writeCount(count))).toEqual(count)
  })

  it.each([
    ['all', 3, 3],
    ['twoThirds', 3, 2],
    ['half', 3, 2],
    ['half', 4, 3],
    ['one', 3, 1],
  ] as const)('%s of %i needs %i, and nobody never agrees', (share, all, least) => {
    const text = writeCount({ list: 'l', member: 'r', value: 'agree', share })
    const opinions = (agree: number) =>
      Array.from({ length: all }, (_, index) => ({ r: index < agree ? 'agree' : 'no' }))
    expect(value(text, { l: opinions(least) })).toBe(true)
    expect(value(text, { l: opinions(least - 1) })).toBe(false)
    expect(value(text, { l: [] })).toBe(false)
  })

  it('reads nothing else', () => {
    expect(readCount('=count(a) > 0 and count(b[item.r = "agree"]) = count(a)')).toBeNull()
    expect(readCount('=count(a) > 0 and 5 * count(a[item.r = "agree"]) > count(a)')).toBeNull()
    expect(readCount('=a > 1')).toBeNull()
  })
})

describe('lengths and dates', () => {
  it.each(['P3D', 'PT8H', 'P2W', 'P1M', '=duration("P" + string(parameters.days) + "D")'])('%s', (text) => {
    const span = readSpan(text)
    expect(span && writeSpan(span)).toBe(text)
  })

  it.each(['', 'P1DT2H', '=duration(x)', 'soon', '=1'])('"%s" is no simple length', (text) => {
    expect(readSpan(text)).toBeNull()
  })

  it.each([
    '=now() + duration("P5D")',
    '=now() + duration("P" + string(parameters.days) + "D")',
    '=due_on + "T18:00:00+08:00"',
    '=due_at',
  ])('%s is a deadline', (text) => {
    const deadline = readDeadline(text)
    expect(deadline && writeDeadline(deadline)).toBe(text)
  })

  it('a deadline by a field is a time the engine takes, and none when the field is empty', () => {
    const text = writeDeadline({ kind: 'field', path: 'due_on', isDay: true })
    expect(value(text, { due_on: '2026-05-20' })).toBe('2026-05-20T18:00:00+08:00')
    expect(value(text, { due_on: null })).toBeNull()
    expect(
      value(writeDeadline({ kind: 'within', span: { kind: 'parameter', name: 'd' } }), { parameters: { d: 2 } }),
    ).toBe('2026-05-20T08:00:00+08:00')
  })

  it('a wait for a day begins with that day', () => {
    const text = writeMoment({ kind: 'field', path: 'on', isDay: true })
    expect(readMoment(text)).toEqual({ kind: 'field', path: 'on', isDay: true })
    expect(readDeadline(text)).toBeNull()
  })
})

describe('who', () => {
  it('reads roles, and writes them', () => {
    const items = readCandidates('clerk, reviewer@township')
    expect(items).toEqual([
      { role: 'clerk', level: null },
      { role: 'reviewer', level: 'township' },
    ])
    expect(writeCandidates(items ?? [])).toBe('clerk,reviewer@township')
    expect(readCandidates('=groups')).toBeNull()
  })

  it('says what it is', () => {
    expect(readWho(undefined, undefined)).toEqual({ kind: 'nobody' })
    expect(readWho({ assignee: '=signer.id' }, 'signer')).toEqual({ kind: 'each' })
    expect(readWho({ assignee: '=handler.id' }, undefined)).toEqual({ kind: 'person', field: 'handler' })
    expect(readWho({ assignee: '=pick(a)' }, undefined)).toEqual({ kind: 'formula', text: '=pick(a)' })
    expect(readWho({ candidateUsers: '=["u"]', candidateGroups: 'clerk' }, undefined).kind).toBe('formula')
    expect(readWho({ candidateGroups: '=groups' }, undefined).kind).toBe('formula')
  })
})

describe('lines of a notice', () => {
  const fields: FieldEntry[] = [
    { key: 'title', name: 'Title', kind: 'text', grade: 'public' },
    { key: 'length', name: 'Length', kind: 'number', unit: 'm', grade: 'public' },
    {
      key: 'kind',
      name: 'Kind, "special"',
      kind: 'choice',
      grade: 'public',
      options: [
        { value: 'a', label: 'Road' },
        { value: 'b', label: 'Bridge, {old}' },
      ],
    },
    { key: 'paid', name: 'Paid', kind: 'yesNo', grade: 'public' },
    { key: 'votes', name: 'Votes', kind: 'votes', grade: 'public' },
  ]

  it('are what the engine prints', () => {
    const votes = { present: 9, yes: 7, no: 1, abstain: 1 }
    const lines = value(writeNoticeFields(fields), { title: 'A', length: 12, kind: 'b', paid: true, votes }) as {
      label: string
      value: string
    }[]
    expect(lines.map((line) => line.value)).toEqual(['A', '12 m', 'Bridge, {old}', '是', '7', '1', '1'])
    expect(lines[2]?.label).toBe('Kind, "special"')
  })

  it('are read back with the field they print', () => {
    const lines = readNoticeLines(writeNoticeFields(fields))
    expect(lines?.map((line) => line.field)).toEqual(['title', 'length', 'kind', 'paid', 'votes', 'votes', 'votes'])
    expect(lines && writeLines(lines)).toBe(writeNoticeFields(fields))
  })

  it('keep what they do not know', () => {
    const text = '=[{label: "A", value: case.unit.name}, {label: "B", value: f(x, [1, 2])}]'
    const lines = readNoticeLines(text)
    expect(lines?.map((line) => line.field)).toEqual(['case', null])
    expect(lines && writeLines(lines)).toBe(text)
    expect(readNoticeLines('=x')).toBeNull()
    expect(readNoticeLines('=[{label: "A"}]')).toBeNull()
    expect(readNoticeLines('=[]')).toEqual([])
  })
})
