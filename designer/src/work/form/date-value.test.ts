import { describe, expect, it } from 'vitest'
import { fromInput, todayInShanghai, toInput } from './date-value.ts'

describe('values of the date field', () => {
  it('shows a day as it is, and nothing for a day that does not exist', () => {
    expect(toInput('2026-07-01', 'date')).toBe('2026-07-01')
    expect(toInput('2026-02-30', 'date')).toBe('')
    expect(toInput(20260701, 'date')).toBe('')
  })
  it('reads a time in the zone of the house, whatever offset it was written with', () => {
    expect(toInput('09:30+08:00', 'time')).toBe('09:30')
    expect(toInput('01:30Z', 'time')).toBe('09:30')
    expect(toInput('09:30', 'time')).toBe('09:30')
    expect(toInput('2026-05-18T17:00Z', 'datetime')).toBe('2026-05-19T01:00')
  })
  it.each(['utc_offset', 'utc_normalized', 'no_timezone'])('keeps a moment through %s', (format) => {
    const value = fromInput('2026-05-18T00:15', 'datetime', format)
    expect(toInput(value, 'datetime')).toBe('2026-05-18T00:15')
    expect(toInput(fromInput('00:15', 'time', format), 'time')).toBe('00:15')
  })
  it('writes UTC for utc_normalized', () => {
    expect(fromInput('2026-05-18T00:15', 'datetime', 'utc_normalized')).toBe('2026-05-17T16:15Z')
    expect(fromInput('', 'datetime', 'utc_normalized')).toBeNull()
  })
  it('knows that a day begins in Shanghai eight hours before UTC', () => {
    expect(todayInShanghai(Date.parse('2026-05-17T16:00:00Z'))).toBe('2026-05-18')
  })
})
