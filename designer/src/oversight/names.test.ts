import { expect, it } from 'vitest'
import { caseName } from './names.ts'

it('cases of a unit that have no number are told apart', () => {
  const one = { unit: { name: '花园村' }, caseNumber: null, caseKey: '1074790401' }
  expect(caseName(one)).toBe('花园村 没有编号（1074790401）')
  expect(caseName({ ...one, caseKey: '1075838977' })).not.toBe(caseName(one))
  expect(caseName({ ...one, caseNumber: 'JZ-2026-0001' })).toBe('花园村 JZ-2026-0001')
})
