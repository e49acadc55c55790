import { describe, expect, it } from 'vitest'
import { arcBetween, divide } from './ring-geometry.ts'

const TURN = Math.PI * 2

describe('the ring', () => {
  it('gives each stage the same share of the turn, from twelve o’clock on', () => {
    const arcs = divide(8, 45, 5)
    expect(arcs).toHaveLength(8)
    const lengths = arcs.map((arc) => arc.to - arc.from)
    for (const length of lengths) expect(length).toBeCloseTo(TURN / 8 - 5 / 45, 10)
    expect(arcs[0]?.from).toBeCloseTo(5 / 90, 10)
    expect(arcs[7]?.to).toBeCloseTo(TURN - 5 / 90, 10)
  })

  it('keeps half of every share when the gaps would eat the arcs', () => {
    for (const arc of divide(60, 45, 8)) expect(arc.to - arc.from).toBeCloseTo(TURN / 120, 10)
  })

  it('starts at the top and goes clockwise', () => {
    expect(arcBetween(0, Math.PI / 2, 40).path).toBe('M50.00 10.00A40 40 0 0 1 90.00 50.00')
  })

  it('takes the long way round for more than half a turn', () => {
    expect(arcBetween(0, Math.PI * 1.5, 40).path).toContain('40 40 0 1 1')
  })
})
