import type { Ring } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { caseRing, emptyRing, periodRing } from './ring-view.ts'

const now = '2026-05-13T02:00:00Z'
const ring = (change: Partial<Ring> = {}): Ring => ({
  stages: [
    { elementId: 'a', name: 'A', state: 'done' },
    { elementId: 'b', name: 'B', state: 'current' },
    { elementId: 'c', name: 'C', state: 'ahead' },
  ],
  state: 'running',
  since: '2026-05-12T02:00:00Z',
  dueAt: '2026-05-18T09:00:00Z',
  ...change,
})

describe('the states of a ring', () => {
  it('counts the days that are left in green', () => {
    const view = caseRing(ring(), now)
    expect(view).toMatchObject({
      look: 'running',
      tone: 'green',
      centre: { kind: 'days', days: 5 },
      step: 2,
      stageName: 'B',
    })
    expect(view.fill).toBeCloseTo(24 / 151, 3)
  })

  it('turns amber when three days are left, and says today on the last', () => {
    expect(caseRing(ring({ dueAt: '2026-05-16T09:00:00Z' }), now)).toMatchObject({ tone: 'amber', centre: { days: 3 } })
    expect(caseRing(ring({ dueAt: '2026-05-17T09:00:00Z' }), now).tone).toBe('green')
    expect(caseRing(ring({ dueAt: '2026-05-13T09:00:00Z' }), now)).toMatchObject({
      tone: 'amber',
      centre: { kind: 'today' },
    })
  })

  it('counts the days past the limit in red', () => {
    expect(caseRing(ring({ dueAt: '2026-05-11T09:00:00Z' }), now)).toMatchObject({
      tone: 'red',
      centre: { kind: 'late', days: 2 },
      fill: 1,
    })
    expect(caseRing(ring({ dueAt: '2026-05-13T01:00:00Z' }), now)).toMatchObject({
      tone: 'red',
      centre: { kind: 'lateToday' },
    })
  })

  it('shows the step when nothing is timed', () => {
    expect(caseRing(ring({ dueAt: null }), now)).toMatchObject({
      tone: 'plain',
      centre: { kind: 'step', step: 2, total: 3 },
    })
  })

  it('closes in ink when the case is completed', () => {
    expect(caseRing(ring({ state: 'completed' }), now)).toMatchObject({
      look: 'closed',
      tone: 'ink',
      arcs: ['done', 'done', 'done'],
    })
  })

  it('pauses where a case is suspended, whatever its clock says', () => {
    expect(caseRing(ring({ state: 'suspended', dueAt: now }), now)).toMatchObject({
      look: 'paused',
      tone: 'paused',
      centre: { sign: 'pause' },
    })
  })

  it('stays open where a case was stopped, and warns where it is stuck', () => {
    expect(caseRing(ring({ state: 'terminated' }), now)).toMatchObject({ look: 'stopped', centre: { sign: 'stop' } })
    expect(caseRing(ring({ state: 'incident' }), now)).toMatchObject({
      look: 'incident',
      tone: 'red',
      centre: { sign: 'alert' },
    })
  })

  it('is empty before the start', () => {
    expect(emptyRing(3)).toMatchObject({
      look: 'idle',
      arcs: ['ahead', 'ahead', 'ahead'],
      centre: { kind: 'count', count: 3 },
    })
    expect(emptyRing(0).arcs).toHaveLength(1)
  })
})

describe('a period as a ring', () => {
  const from = '2026-05-13T02:00:00Z'

  it('has an arc a day and fills with time', () => {
    const view = periodRing(from, '2026-05-20T16:00:00Z', '2026-05-16T02:00:00Z')
    expect(view.arcs).toHaveLength(8)
    expect(view.arcs.filter((arc) => arc === 'done')).toHaveLength(3)
    expect(view.centre).toEqual({ kind: 'days', days: 4 })
  })

  it('closes when it is over or has no end', () => {
    expect(periodRing(from, '2026-05-20T16:00:00Z', '2026-05-20T16:00:00Z').look).toBe('closed')
    expect(periodRing(from, null, from).look).toBe('closed')
  })
})
