import type { Host } from '../host/host.ts'
import { Retention, type RetentionParts } from './retention.ts'

const POLL = 1_000
/** After a turn that failed, the next begins so many polls later. */
const REST = 60

/**
 * Lets retention have a turn every second while the host is well; `days: null` keeps every case. Gives what ends it, when
 * the turn under way is done.
 */
export function keepRetaining(
  parts: Omit<RetentionParts, 'host' | 'days'> & { readonly host: Host; readonly days: number | null },
): () => Promise<void> {
  const { host, days, report } = parts
  if (days === null) return async () => {}
  const retention = new Retention({ ...parts, days })
  let turn: Promise<void> | null = null
  let rests = 0
  const polling = setInterval(() => {
    if (turn || host.health().status !== 'up') return
    rests -= 1
    if (rests > 0) return
    turn = retention
      .turn()
      .catch((error: unknown) => {
        rests = REST
        report('retention', error)
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
