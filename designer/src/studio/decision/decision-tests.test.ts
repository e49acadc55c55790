import { readFileSync } from 'node:fs'
import { readDecisions } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import {
  type DecisionTest,
  namesRead,
  readsToday,
  readTests,
  runTest,
  typedText,
  typedValue,
  writeTests,
} from './decision-tests.ts'

const body = readFileSync(new URL('../../../../examples/village-decision/decide-body.dmn', import.meta.url), 'utf8')
const decision = (await readDecisions(body, 'decide-body.dmn')).decisions[0]!

const test: DecisionTest = {
  name: '公益事业',
  decision: 'decide_body',
  on: '2026-03-02',
  inputs: {
    matter_kind: 'public_works',
    authorised: 'yes',
    authorisation_until: '2027-03-01',
    assembly_request: 'none',
  },
  expect: { body: 'reps_meeting', within: true },
}

describe('running', () => {
  it('asks for what the table reads, and for the day where it matters', () => {
    expect(namesRead(decision)).toEqual([
      'matter_kind',
      'authorised',
      'authorisation_until',
      'assembly_request',
      'petition_count',
      'petition_base',
      'assembly_mode',
    ])
    expect(readsToday(decision)).toBe(true)
  })
  it('tells the value, the rule, the conditions, and what is not as expected', () => {
    const run = runTest(decision, test, { meeting_notice_days: 10 })
    expect(run).toMatchObject({
      ok: true,
      value: { body: 'reps_meeting' },
      differences: [],
      rules: [expect.any(String)],
    })
    expect(run.ok && run.conditions.map(({ value }) => value)).toEqual(['public_works', true, false, null])
    const late = runTest(decision, { ...test, on: '2027-06-01' }, {})
    expect(late).toMatchObject({
      ok: true,
      differences: [{ result: 'body', expected: 'reps_meeting', found: 'assembly' }],
    })
  })
  it('tells why it cannot be decided', async () => {
    const unique = body.replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"')
    const strict = (await readDecisions(unique, 'a.dmn')).decisions[0]!
    expect(runTest(strict, test, {})).toMatchObject({ ok: false })
  })
})

describe('the file', () => {
  it('comes back as it was written', () => {
    const written = writeTests([test, { name: '', decision: 'd', inputs: {} }])
    expect(readTests(written!)).toEqual({ tests: [test, { name: '', decision: 'd', inputs: {} }], whole: true })
    expect(writeTests([])).toBeNull()
  })
  it('says when something in it could not be read, so that it is not lost', () => {
    expect(readTests('tests: [')).toEqual({ tests: [], whole: false })
    expect(readTests('tests:\n  - name: a')).toEqual({ tests: [], whole: false })
    expect(readTests(undefined)).toEqual({ tests: [], whole: true })
  })
})

it.each([
  ['12.50', 'number', 12.5],
  ['12', 'string', '12'],
  ['"a"', 'string', 'a'],
  ['true', undefined, true],
  ['', undefined, null],
  ['[1, 2]', undefined, [1, 2]],
  ['村民会议', undefined, '村民会议'],
])('reads %s as %s', (text, type, value) => {
  expect(typedValue(text, type)).toEqual(value)
  expect(typedValue(typedText(value), type)).toEqual(value)
})
