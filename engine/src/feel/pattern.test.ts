import { expect, it } from 'vitest'
import { backtracks } from './pattern.ts'

it.each([
  '(a+)+b',
  '^(a*)*$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^(\\w+\\s?)*$',
  '^([a-zA-Z0-9]+)*@$',
  '(x?y?)*z',
  '^(\\d|[0-9])+$',
  '(.*a){20}',
  '(a?){50}a{50}',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '^(?:\\d{1,18})+$',
  '(?<part>中+)+文',
  '(a)\\1',
  'a(?=b)',
])('FE10 %s may go back without end', (pattern) => {
  expect(backtracks(pattern)).toBe(true)
})

it.each([
  '^1[3-9]\\d{9}$',
  '^[1-9]\\d{16}[\\dXx]$',
  '^(0\\d{2,3}-)?\\d{7,8}(-\\d{1,6})?$',
  '^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$',
  '^([A-Z]{2}-)+\\d+$',
  '^([京津冀晋蒙])[A-Z][·•]?[A-Z0-9]{5,6}$',
  '^[\\u4e00-\\u9fa5·]{2,20}$',
  '^\\p{Script=Han}+(·\\p{Script=Han}+)*$',
  '^(\\d{8})+$',
  '^.{0,500}$',
  '^(a|b|c)*$',
  '^\\d+(,\\d{3})*(\\.\\d{1,2})?$',
  '[]a]x',
])('FE10 %s may not', (pattern) => {
  expect(backtracks(pattern)).toBe(false)
})

// Sync work: the limit is judged when it has ended.
it('FE10 looks at the longest patterns within a moment', { timeout: 2_000 }, () => {
  expect(backtracks(`^(${Array.from({ length: 80 }, (_, i) => `[a-z]{${i}}x`).join('|')})+$`)).toBe(true)
  expect(backtracks('(a|b)'.repeat(190))).toBe(false)
})
