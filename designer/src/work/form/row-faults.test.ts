import { expect, it } from 'vitest'
import { countFaults, withoutRow } from './row-faults.ts'

const missing = ['missing']

it('faults are counted by fields and rows', () => {
  // biome-ignore lint/suspicious/noSparseArray: form-js keeps them so
  expect(countFaults({ title: missing, who: [, missing, , missing], kid: [[missing, missing]] })).toBe(5)
  expect(countFaults({})).toBe(0)
})

it('a row that goes takes its fault along, and no other row shows it', () => {
  // biome-ignore lint/suspicious/noSparseArray: form-js keeps them so
  expect(withoutRow([missing, , missing, ['other']], [], 0)).toEqual({ 1: missing, 2: ['other'] })
  expect(withoutRow({ 0: { 1: missing }, 1: { 1: missing } }, [1], 0)).toEqual({ 0: { 1: missing }, 1: { 0: missing } })
})
