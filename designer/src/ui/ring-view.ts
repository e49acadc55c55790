import type { Ring } from '@bihuan/runtime/contract'
import { readClock } from './clock.ts'

export type ArcState = 'done' | 'current' | 'ahead'
export type RingTone = 'idle' | 'plain' | 'green' | 'amber' | 'red' | 'paused' | 'ink'

/** What stands in the middle of a ring: days first, else a sign. */
export type RingCentre =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'late'; readonly days: number }
  | { readonly kind: 'today' }
  | { readonly kind: 'lateToday' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'step'; readonly step: number; readonly total: number }
  | { readonly kind: 'sign'; readonly sign: 'pause' | 'return' | 'stop' | 'check' | 'alert' }

/** A ring ready to be drawn. `look` names one of the states of the component sheet. */
export interface RingView {
  readonly look: 'idle' | 'running' | 'paused' | 'returned' | 'stopped' | 'closed' | 'incident'
  readonly tone: RingTone
  readonly arcs: readonly ArcState[]
  /** How much of the current arcs is filled, 0 to 1. */
  readonly fill: number
  readonly centre: RingCentre
  /** 1-based number of the stage that is open, and its name; null when none is. */
  readonly step: number | null
  readonly stageName: string | null
}

/**
 * How a case looks as a ring.
 * @param ring stages and the clock of what is open, as the server gives them
 * @param now time of the server
 */
export function caseRing(ring: Ring, now: string): RingView {
  const arcs: ArcState[] = ring.stages.length === 0 ? ['current'] : ring.stages.map((stage) => stage.state)
  const index = arcs.indexOf('current')
  const open = { step: index < 0 ? null : index + 1, stageName: ring.stages[index]?.name ?? null }
  if (ring.state === 'completed') {
    return { look: 'closed', tone: 'ink', arcs: arcs.map(() => 'done'), fill: 1, centre: sign('check'), ...open }
  }
  if (ring.state === 'terminated') {
    return { look: 'stopped', tone: 'ink', arcs, fill: 0, centre: sign('stop'), ...open }
  }
  if (ring.state === 'suspended') {
    return { look: 'paused', tone: 'paused', arcs, fill: 0.5, centre: sign('pause'), ...open }
  }
  if (ring.state === 'incident') {
    return { look: 'incident', tone: 'red', arcs, fill: 1, centre: sign('alert'), ...open }
  }
  if (ring.dueAt === null) {
    const centre: RingCentre = { kind: 'step', step: open.step ?? arcs.length, total: arcs.length }
    return { look: 'running', tone: 'plain', arcs, fill: 0.5, centre, ...open }
  }
  const clock = readClock(ring.dueAt, now, ring.since)
  return { look: 'running', tone: clock.tone, arcs, fill: clock.used, centre: clockCentre(clock), ...open }
}

/** The ring of a process in use: ink all round, no clock. */
export function processRing(stages: number): RingView {
  const view = emptyRing(stages)
  return { ...view, tone: 'ink', arcs: view.arcs.map(() => 'done') }
}

/** The empty ring of a process that is not started: as many arcs as it has stages. */
export function emptyRing(stages: number): RingView {
  const count = Math.max(1, stages)
  const arcs: ArcState[] = Array.from({ length: count }, () => 'ahead')
  return { look: 'idle', tone: 'idle', arcs, fill: 0, centre: { kind: 'count', count }, step: null, stageName: null }
}

/**
 * A period as a ring: an arc a day for up to ten days, else ten arcs, with the time used filled in.
 * A period that is over, or that has no end, is a closed ring.
 */
export function periodRing(from: string, until: string | null, now: string): RingView {
  const closed: RingView = {
    ...emptyRing(1),
    look: 'closed',
    tone: 'ink',
    arcs: ['done'],
    fill: 1,
    centre: sign('check'),
  }
  if (until === null) return closed
  const clock = readClock(until, now, from)
  if (clock.late) return closed
  const days = Math.max(1, Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000))
  const count = Math.min(days, 10)
  const at = clock.used * count
  const arcs = Array.from(
    { length: count },
    (_, index): ArcState => (index + 1 <= at ? 'done' : index < at ? 'current' : 'ahead'),
  )
  return {
    look: 'running',
    tone: clock.tone,
    arcs,
    fill: at - Math.floor(at),
    centre: clockCentre(clock),
    step: null,
    stageName: null,
  }
}

function clockCentre(clock: { late: boolean; daysLeft: number; daysLate: number }): RingCentre {
  if (clock.late) return clock.daysLate > 0 ? { kind: 'late', days: clock.daysLate } : { kind: 'lateToday' }
  return clock.daysLeft > 0 ? { kind: 'days', days: clock.daysLeft } : { kind: 'today' }
}

const sign = (name: 'pause' | 'return' | 'stop' | 'check' | 'alert'): RingCentre => ({ kind: 'sign', sign: name })
