import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { getRequestListener, type ServerType } from '@hono/node-server'
import { answerFault, hostNamed, refuseBroken } from '../route/listener.ts'
import type { Server } from '../server.ts'

/** Connections at once: pages that listen, workers that wait, and those that work. */
const MAX_CONNECTIONS = 8_192
/** Connections that the kernel keeps until they are taken; it may keep fewer (`net.core.somaxconn`). */
const BACKLOG = 4_096
/**
 * How long a connection is kept for its next request, in ms: longer than proxies keep theirs (a minute, mostly), or a
 * request of theirs would now and then meet a connection that is just being closed.
 */
const KEPT_MS = 75_000

export interface Listening {
  readonly port: number
  readonly host: string
  /** With a certificate: https. */
  readonly tls?: ServerOptions | null
  /** What answers in place of the server's application. */
  readonly fetch?: Server['app']['fetch']
}

/** Has a server listen; `onListening` is told where. What comes in passes its door first. */
export function listen(
  { app, door, services }: Pick<Server, 'app' | 'door' | 'services'>,
  { port, host, tls = null, fetch = app.fetch }: Listening,
  onListening: (at: { readonly address: string; readonly port: number; readonly family: string }) => void,
): ServerType {
  const application = getRequestListener(fetch, { hostname: host, errorHandler: answerFault(services.log) })
  const listener = hostNamed(door.before(application as RequestListener))
  // Node.js would refuse a request without a host by a bare status.
  const options = { ...tls, requireHostHeader: false }
  const http = tls === null ? createServer(options, listener) : createTlsServer(options, listener)
  http.keepAliveTimeout = KEPT_MS
  refuseBroken(http)
  if ('maxConnections' in http) http.maxConnections = MAX_CONNECTIONS
  http.on('connection', door.connected)
  http.on(tls === null ? 'connection' : 'secureConnection', door.opened)
  http.listen({ port, host, backlog: BACKLOG }, () => {
    const at = http.address()
    if (at !== null && typeof at === 'object') onListening(at)
  })
  return http
}
