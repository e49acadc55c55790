import type { FieldEntry } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { askableAt, askables, askFirst } from './askable.ts'
import { readCondition, writeCondition } from './feel/condition.ts'

const fields: FieldEntry[] = [
  { key: 'budget', name: 'Budget', kind: 'money', grade: 'public' },
  { key: 'legality', name: 'Legal?', kind: 'choice', grade: 'public', options: [{ value: 'legal', label: 'Legal' }] },
  { key: 'votes', name: 'Votes', kind: 'votes', grade: 'public' },
  { key: 'roll', name: 'Roll', kind: 'photo', grade: 'public' },
]
const all = askables(fields, [{ name: 'online', title: 'Online', value: true, unit: null }])

describe('what a condition may ask', () => {
  it('is what has one value; members of counted fields one by one', () => {
    expect(all.map((one) => one.path)).toEqual([
      'budget',
      'legality',
      'votes.yes',
      'votes.no',
      'votes.abstain',
      'parameters.online',
    ])
  })

  it('finds a field that a step has gathered into a variable', () => {
    expect(askableAt(all, 'precheck.legality')).toMatchObject({ path: 'precheck.legality', name: 'Legal?' })
    expect(askableAt(all, 'precheck.unknown')).toBeUndefined()
    expect(askableAt(all, 'a.b.legality')).toBeUndefined()
  })

  it('begins with a clause that can be said', () => {
    for (const one of all) {
      const condition = { join: 'and', clauses: [askFirst(one)] } as const
      expect(readCondition(writeCondition(condition))).toEqual(condition)
    }
  })
})
