import { expect, it } from 'vitest'
import { shortText } from './short-text.ts'

it('cuts endless texts only, and never within a sign', () => {
  expect(shortText('党员大会审议')).toBe('党员大会审议')
  expect(shortText('长'.repeat(600))).toHaveLength(600)
  expect(shortText('长'.repeat(100_000))).toBe(`${'长'.repeat(600)}…`)
  expect(shortText(`${'长'.repeat(599)}𠮷𠮷`)).toBe(`${'长'.repeat(599)}…`)
})
