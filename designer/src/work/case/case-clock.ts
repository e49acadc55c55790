import type { Case } from '@bihuan/runtime/contract'
import { type ClockTone, dayNumber, readClock } from '../../ui/clock.ts'

/** The clock a case page shows: the one of the whole case, else the one of what is open. */
export interface CaseClock {
  /** Name of the step that is timed; null for the whole case. */
  readonly step: string | null
  readonly from: string
  readonly until: string
  readonly tone: ClockTone
  readonly late: boolean
  /** Calendar days; the day it began is not counted. */
  readonly total: number
  readonly used: number
}

/** More days than this are a bar, not cells. */
export const MAX_CELLS = 31

/** Which clock runs for this case, or null when nothing is timed or the case has ended. */
export function clockOf(item: Case): CaseClock | null {
  if (item.endedAt !== null) return null
  if (item.dueAt !== null) return timed(null, item.startedAt, item.dueAt, item.now)
  const steps = [
    ...item.tasks.map((task) => ({ name: task.name, since: task.createdAt, dueAt: task.dueAt })),
    ...item.waits,
  ].flatMap((step) => (step.dueAt === null ? [] : [{ ...step, dueAt: step.dueAt }]))
  const first = steps.sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))[0]
  return first ? timed(first.name, first.since, first.dueAt, item.now) : null
}

function timed(step: string | null, from: string, until: string, now: string): CaseClock {
  const clock = readClock(until, now, from)
  const total = Math.max(1, dayNumber(Date.parse(until) - 1) - dayNumber(from))
  const used = Math.max(0, dayNumber(now) - dayNumber(from))
  return { step, from, until, tone: clock.tone, late: clock.late, total, used }
}
