import { describe, expect, it } from 'vitest'
import { Holding, namesIn, STRUCK } from './holding.ts'

const created = { processId: 'petition', title: '张三：路灯不亮', units: [{ id: 'v1', name: '东村' }], key: 1024 }
const completed = {
  elementId: 'write',
  name: '填写',
  variables: { applicant: '张三', village: 'v1', phone: 13800000000, note: '去过张三家' },
}
const told = { headers: { variables: { target: '13800000000', at: 'v1' } }, why: { inputs: { 'applicant.age': 34 } } }

describe('T06 data in records', () => {
  it('is found by name and wherever it was copied to, and the course of the case stays', () => {
    const holding = new Holding((name) => name === 'applicant' || name === 'phone')
    for (const value of [created, completed, told]) holding.learn(value)
    expect(holding.redacted(created)).toEqual({ ...created, title: STRUCK })
    expect(holding.redacted(completed)).toEqual({ ...completed, variables: { village: 'v1', note: STRUCK } })
    expect(holding.redacted(told)).toEqual({
      headers: { variables: { target: STRUCK, at: 'v1' } },
      why: { inputs: {} },
    })
    expect([created, completed, told, { elementId: 'judge' }].map((value) => holding.holds(value))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('a value that is also the name of a place or an element does not take those out', () => {
    const holding = new Holding((name) => name === 'village' || name === 'step')
    holding.learn({ variables: { village: '东村', step: 'write' } })
    expect(holding.redacted(created)).toEqual(created)
    expect(holding.redacted({ elementId: 'write' })).toEqual({ elementId: 'write' })
  })

  it('what a multi-instance goes over, what it collects and why are values too', () => {
    const records = [
      { variables: { applicants: [{ name: '张三', phone: 13800000000 }], village: '东村' } },
      { elementId: 'visit', items: [{ name: '张三', phone: 13800000000 }, '东村', 7], outputVariable: 'reports' },
      { elementId: 'visit', index: 0, value: '张三在家' },
      { elementId: 'visit', why: { rule: 'phone', inputs: {}, result: 13800000000 } },
    ]
    const named = new Holding((name) => name === 'applicants')
    for (const record of records) named.learn(record)
    const [, items, value, why] = records.map((record) => named.redacted(record))
    expect(items).toMatchObject({ items: [{ name: STRUCK, phone: 0 }, '东村', 7], outputVariable: 'reports' })
    expect(value).toEqual({ elementId: 'visit', index: 0, value: STRUCK })
    expect(why).toMatchObject({ why: { rule: 'phone', result: 0 } })
    const all = new Holding(() => true, { texts: 'all' })
    for (const record of records) all.learn(record)
    expect(all.redacted(records[1])).toEqual({ ...records[1], items: [{}, STRUCK, 0] })
    expect(all.holds(all.redacted(records[1]))).toBe(false)
  })

  it('all of it: every variable and every free text', () => {
    const names = namesIn([created, completed, told])
    expect([...names].sort()).toEqual(['applicant', 'at', 'note', 'phone', 'target', 'village'])
    const holding = new Holding((name) => names.has(name), { texts: 'all' })
    expect(holding.redacted({ reason: 'whatever', elementId: 'a' })).toEqual({ reason: STRUCK, elementId: 'a' })
    expect(holding.redacted(holding.redacted(completed))).toEqual(holding.redacted(completed))
    expect(holding.holds(holding.redacted({ reason: 'whatever' }))).toBe(false)
  })
})
