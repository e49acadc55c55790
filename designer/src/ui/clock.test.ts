import { describe, expect, it } from 'vitest'
import { dayNumber, daysBetween, lastDay, readClock, shanghaiTime } from './clock.ts'

describe('the clock of Shanghai', () => {
  it('starts its day eight hours before the day of Greenwich', () => {
    expect(shanghaiTime('2026-05-12T16:00:00Z')).toEqual({
      year: 2026,
      month: 5,
      day: 13,
      weekday: 3,
      hour: 0,
      minute: 0,
    })
    expect(dayNumber('2026-05-12T16:00:00Z') - dayNumber('2026-05-12T15:59:59Z')).toBe(1)
  })

  it('gives an end at 24:00 to the day it ends', () => {
    expect(lastDay('2026-05-20T16:00:00Z')).toMatchObject({ month: 5, day: 20 })
    expect(readClock('2026-05-20T16:00:00Z', '2026-05-13T02:00:00Z').daysLeft).toBe(7)
    expect(readClock('2026-05-20T16:00:00Z', '2026-05-20T15:59:59Z')).toMatchObject({ daysLeft: 0, late: false })
  })

  it('is late from the moment it is due, by calendar days', () => {
    expect(readClock('2026-05-13T09:00:00Z', '2026-05-13T09:00:00Z')).toMatchObject({
      late: true,
      daysLate: 0,
      used: 1,
    })
    expect(readClock('2026-05-13T09:00:00Z', '2026-05-13T16:00:00Z')).toMatchObject({
      late: true,
      daysLate: 1,
      tone: 'red',
    })
  })

  it('uses its time up evenly and never beyond', () => {
    const read = (now: string) => readClock('2026-05-20T00:00:00Z', now, '2026-05-10T00:00:00Z').used
    expect(read('2026-05-15T00:00:00Z')).toBeCloseTo(0.5)
    expect(read('2026-05-01T00:00:00Z')).toBe(0)
    expect(read('2026-05-30T00:00:00Z')).toBe(1)
  })

  it('counts days between days, not hours', () => {
    expect(daysBetween('2026-05-12T15:59:00Z', '2026-05-12T16:01:00Z')).toBe(1)
  })
})
