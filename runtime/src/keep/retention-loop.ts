import type { Host } from '../host/host.ts'
import { Rest } from './rest.ts'
import { Retention, type RetentionParts } from './retention.ts'

const POLL = 1_000
/** After a turn that failed, the next begins so many polls later. */
const PAUSE = 60

type Report = (what: string, error: unknown) => void
/** Ends it, when the turn under way is done. */
type Stop = () => Promise<void>

/**
 * Lets retention have a turn every second while the host is well; `days: null` keeps every case. `trustsClock` says whether
 * cases may leave by the clock.
 */
export function keepRetaining(
  parts: Omit<RetentionParts, 'host' | 'days'> & {
    readonly host: Host
    readonly days: number | null
    readonly trustsClock: () => boolean
  },
): Stop {
  const { host, days, report, trustsClock } = parts
  if (days === null) return async () => {}
  const retention = new Retention({ ...parts, days })
  return everySecond(host, 'retention', report, async () => trustsClock() && retention.turn())
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
