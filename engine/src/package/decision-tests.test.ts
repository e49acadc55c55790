import { describe, expect, it } from 'vitest'
import { readDecisions } from '../dmn/index.ts'
import { type DecisionTest, readDecisionTests, runDecisionTest, writeDecisionTests } from './decision-tests.ts'

const tableOf = (hitPolicy: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <decision id="who" name="Who decides">
    <decisionTable id="t" hitPolicy="${hitPolicy}">
      <input id="i1" label="Sum"><inputExpression id="e1"><text>amount</text></inputExpression></input>
      <input id="i2" label="In force"><inputExpression id="e2"><text>date(until) &gt;= today()</text></inputExpression></input>
      <output id="o1" name="body" />
      <output id="o2" name="days" />
      <rule id="small">
        <inputEntry id="c1"><text>&lt; 1000</text></inputEntry>
        <inputEntry id="c2"><text>true</text></inputEntry>
        <outputEntry id="r1"><text>"board"</text></outputEntry>
        <outputEntry id="r2"><text>parameters.days</text></outputEntry>
      </rule>
      <rule id="rest">
        <inputEntry id="c3"><text></text></inputEntry>
        <inputEntry id="c4"><text></text></inputEntry>
        <outputEntry id="r3"><text>"assembly"</text></outputEntry>
        <outputEntry id="r4"><text>10</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>`
const decisionOf = async (hitPolicy: string) => (await readDecisions(tableOf(hitPolicy), 'who.dmn')).decisions[0]!

const test: DecisionTest = {
  name: 'a small sum',
  decision: 'who',
  on: '2026-03-02',
  inputs: { amount: 500, until: '2027-03-01' },
  expect: { body: 'board', days: 3 },
}

describe('running', () => {
  it('tells the value, the rule, the conditions, and what is not as expected', async () => {
    const decision = await decisionOf('FIRST')
    expect(runDecisionTest(decision, test, { days: 3 })).toEqual({
      ok: true,
      value: { body: 'board', days: 3 },
      rules: ['small'],
      differences: [],
      conditions: [
        { label: 'Sum', value: 500 },
        { label: 'In force', value: true },
      ],
      misfits: [],
    })
    expect(runDecisionTest(decision, { ...test, on: '2027-06-01' }, { days: 3 })).toMatchObject({
      rules: ['rest'],
      differences: [
        { result: 'body', expected: 'board', found: 'assembly' },
        { result: 'days', expected: 3, found: 10 },
      ],
    })
  })
  it('DM14 tells which results did not fit their type', async () => {
    const typed = tableOf('FIRST').replace('name="days"', 'name="days" typeRef="number"')
    const [decision] = (await readDecisions(typed, 'who.dmn')).decisions
    expect(runDecisionTest(decision!, test, { days: 'three' })).toMatchObject({
      value: { body: 'board', days: null },
      misfits: [{ decisionId: 'who', name: 'days', type: 'number' }],
    })
  })
  it('tells why it cannot be decided', async () => {
    expect(runDecisionTest(await decisionOf('UNIQUE'), test, { days: 3 })).toMatchObject({ ok: false })
  })
  it('checks nothing where nothing is expected', async () => {
    const { expect: _, ...open } = test
    expect(runDecisionTest(await decisionOf('FIRST'), open, {})).toMatchObject({ ok: true, differences: [] })
  })
})

describe('the file', () => {
  it('comes back as it was written', () => {
    const written = writeDecisionTests([test, { name: '', decision: 'd', inputs: {} }])
    expect(readDecisionTests(written!)).toEqual({ tests: [test, { name: '', decision: 'd', inputs: {} }], whole: true })
    expect(writeDecisionTests([])).toBeNull()
  })
  it('says when something in it could not be read, so that it is not lost', () => {
    expect(readDecisionTests('tests: [')).toEqual({ tests: [], whole: false })
    expect(readDecisionTests('tests:\n  - name: a')).toEqual({ tests: [], whole: false })
    expect(readDecisionTests('tests:\n  - decision: d\n    decision: e')).toEqual({ tests: [], whole: false })
    expect(readDecisionTests(undefined)).toEqual({ tests: [], whole: true })
  })
})
