import type { Clock } from '../host/clock.ts'
import { ClockWatch } from '../host/clock-watch.ts'
import type { Host } from '../host/host.ts'
import { Rest } from './rest.ts'
import { Retention, type RetentionParts } from './retention.ts'

const POLL = 1_000
/** After a turn that failed, the next begins so many polls later. */
const PAUSE = 60
/** So long the clock has to have gone on evenly after a jump before a case leaves by it. */
const EVEN = 60 * 60_000

type Report = (what: string, error: unknown) => void
/** Ends it, when the turn under way is done. */
type Stop = () => Promise<void>

/**
 * Lets retention have a turn every second while the host is well; `days: null` keeps every case. `steady` gives milliseconds
 * that only go on, null where the clock is set by tests: by one that somebody has set ahead by mistake all cases would leave.
 */
export function keepRetaining(
  parts: Omit<RetentionParts, 'host' | 'days'> & {
    readonly host: Host
    readonly days: number | null
    readonly steady: (() => number) | null
  },
): Stop {
  const { host, days, report, steady } = parts
  if (days === null) return async () => {}
  const retention = new Retention({ ...parts, days })
  const isEven = steady === null ? () => true : evenness(host.clock, steady)
  return everySecond(host, 'retention', report, async () => isEven() && retention.turn())
}

/** Tells, asked every second, whether a clock has gone on evenly for a while. */
function evenness(clock: Clock, steady: () => number): () => boolean {
  const watch = new ClockWatch(clock, steady)
  let jumpedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (watch.look()) jumpedAt = steady()
    return steady() - jumpedAt >= EVEN
  }
}

/** Lets cases that ended so many days ago be put to rest, some every second; `days: null` lets all as they are. */
export function keepResting({
  host,
  days,
  report,
}: {
  readonly host: Host
  readonly days: number | null
  readonly report: Report
}): Stop {
  if (days === null) return async () => {}
  const rest = new Rest({ host, days })
  return everySecond(host, 'rest', report, () => rest.turn())
}

function everySecond(host: Host, what: string, report: Report, work: () => Promise<unknown>): Stop {
  let turn: Promise<void> | null = null
  let pauses = 0
  const polling = setInterval(() => {
    if (turn || host.health().status !== 'up') return
    pauses -= 1
    if (pauses > 0) return
    turn = work()
      .catch((error: unknown) => {
        pauses = PAUSE
        report(what, error)
      })
      .then(() => {
        turn = null
      })
  }, POLL)
  polling.unref()
  return async () => {
    clearInterval(polling)
    await turn
  }
}
