import { expect, it } from 'vitest'
import { safeReturn } from './safe-return.ts'

it.each([
  ['/tasks/5?x=1', '/tasks/5?x=1'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
  [['/a'], '/'],
])('returns from signing in to %s only inside the app', (to, path) => {
  expect(safeReturn(to)).toBe(path)
})
