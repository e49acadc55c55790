import { Rejection } from '@bihuan/engine'
import { expect, test } from 'vitest'
import { Retries } from './retries.ts'

test('OP2 what a suspended case refuses does not wait longer than the case rests, and is no failure', () => {
  const reported: string[] = []
  const retries = new Retries((what) => reported.push(what))
  retries.failed('timer:1', 1000, new Rejection('STORAGE_UNAVAILABLE'))
  retries.failed('timer:2', 1000, new Rejection('PROCESS_INSTANCE_SUSPENDED'))
  expect([retries.isReady('timer:1', 1000), retries.isReady('timer:2', 1000)]).toEqual([false, true])
  expect(reported).toEqual(['timer:1'])
})

test('what failed and then went away is not counted for ever', () => {
  const retries = new Retries(() => {})
  retries.failed('timer:1', 1000, new Rejection('STORAGE_UNAVAILABLE'))
  retries.failed('timer:2', 300_000, new Rejection('STORAGE_UNAVAILABLE'))
  retries.forgetGone(300_000)
  expect(retries.size).toBe(2)
  retries.forgetGone(302_001)
  expect(retries.size).toBe(1)
  expect(retries.isReady('timer:2', 300_500)).toBe(false)
})
