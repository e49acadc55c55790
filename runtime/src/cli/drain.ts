import type { ServerType } from '@hono/node-server'
import type { Server } from '../server.ts'

/** How long requests that have come in are given to be answered; what then is left is cut off. */
const ANSWERED_WITHIN_MS = 7_000
const LOOK_MS = 50
/** What was on its way when the server was told to end has come in by then. */
const ON_ITS_WAY_MS = 500

/**
 * Ends a server that is under way: takes nothing new, ends what only waits (events, long polls) with answers after which
 * it is safe to ask again, lets requests that have come in be answered, writes what is queued and closes the database.
 * Resolves within the time given to requests and that of the last writes.
 */
export async function drain(http: ServerType, server: Server, within = ANSWERED_WITHIN_MS): Promise<void> {
  const { door, services } = server
  const { load, events } = services
  const closed = new Promise<void>((done) => {
    http.close(() => done())
  })
  load.close()
  events.end()
  // A connection that was answered after `close` would be kept for its next request.
  const idle = setInterval(() => 'closeIdleConnections' in http && http.closeIdleConnections(), LOOK_MS)
  const silent = setTimeout(() => door.closeSilent(), ON_ITS_WAY_MS)
  const late = setTimeout(() => 'closeAllConnections' in http && http.closeAllConnections(), within)
  await closed
  clearInterval(idle)
  clearTimeout(silent)
  clearTimeout(late)
  await server.close()
}
