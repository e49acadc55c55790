import type { FieldDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { judgeCheck, judgeEntry, stepsWith } from './judge-entry.ts'

const dictionary: FieldDictionary = {
  fields: [
    { key: 'roll', name: 'Roll', kind: 'attendance', grade: 'public' },
    { key: 'votes', name: 'Votes', kind: 'votes', grade: 'public', attendance: 'roll' },
  ],
  access: { a: { roll: 'write' }, b: { roll: 'none', votes: 'read' }, c: {} },
}
const votes = dictionary.fields[1]!

describe('a field before it is kept', () => {
  it('passes when it can be read again, with the attendance it names', () => {
    expect(judgeEntry(votes, dictionary)).toEqual([])
  })
  it('is refused as its reader would refuse it', () => {
    const reasons = (more: object) => judgeEntry({ ...votes, ...more }, dictionary).map(({ facts }) => facts.reason)
    expect(reasons({ name: ' ' })).toEqual(['noName'])
    expect(reasons({ attendance: 'nobody' })).toEqual(['attendanceUnknown'])
    expect(reasons({ check: 'votes.yes >', checkMessage: 'x' })).toEqual(['checkInvalid'])
    expect(reasons({ kind: 'text', attendance: undefined, pattern: '(?=x)' })).toEqual(['pattern'])
  })
})

describe('a check while it is typed', () => {
  it('is told where it cannot be read and what nothing is called', () => {
    expect(judgeCheck('votes.yes <= roll.present', dictionary)).toBeNull()
    expect(judgeCheck('', dictionary)).toBeNull()
    expect(judgeCheck('votes.yes > (', dictionary)).toMatchObject({ at: expect.any(Number) })
    expect(judgeCheck('yes <= roll.present and yes > no', dictionary)).toEqual({ unknown: ['yes', 'no'] })
    expect(judgeCheck('roll.present < parameters.limit', dictionary)).toBeNull()
  })
})

it('counts the steps that show a field', () => {
  expect(stepsWith(dictionary, 'roll')).toBe(1)
})
