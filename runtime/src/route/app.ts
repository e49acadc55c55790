import { createHash } from 'node:crypto'
import { Rejection } from '@bihuan/engine'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { invalid, unreadable } from '../contract/fault.ts'
import { storageErrorOf } from '../db/storage-error.ts'
import { storageRefusal } from '../host/refusal.ts'
import { idOnce } from '../host/requests.ts'
import { allows } from '../identity/policy.ts'
import { anonymous, type Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { addressOf } from './address.ts'
import { archivedRoutes } from './archived.ts'
import { wakeAsked } from './asked-cases.ts'
import { readBody } from './body.ts'
import { caseRoutes } from './case.ts'
import { deliveryRoutes } from './delivery.ts'
import { directoryRoutes } from './directory.ts'
import { fileRoutes } from './file.ts'
import { inboxRoutes } from './inbox.ts'
import { metricsRoutes } from './metrics.ts'
import { noticeRoutes } from './notice.ts'
import { notificationRoutes } from './notification.ts'
import { observe } from './observe.ts'
import { operateRoutes } from './operate.ts'
import { checkOrigin } from './origin.ts'
import { packageRoutes } from './package.ts'
import { peopleRoutes } from './people.ts'
import { pickRoutes } from './pick.ts'
import { problemResponse, tellingTo } from './problem-json.ts'
import type { AppContext, Call, Route, Said } from './route.ts'
import { type HeaderTable, secure, securityHeaders } from './security-headers.ts'
import { sessionRoutes } from './session.ts'
import { startRoutes } from './start.ts'
import { systemRoutes } from './system.ts'
import { taskRoutes } from './task.ts'
import { trailRoutes } from './trail.ts'
import { unserved } from './unserved.ts'
import { v2Routes } from './v2/all.ts'
import { unservedBelowV2 } from './v2/unserved.ts'
import { webFiles } from './web.ts'
import { webhookRoutes } from './webhook.ts'

/** Every route, in the order they are tried. */
export function allRoutes(services: Services): readonly Route[] {
  const routes: Route[] = [
    ...sessionRoutes(services),
    ...inboxRoutes(services),
    ...startRoutes(services),
    ...caseRoutes(services),
    ...taskRoutes(services),
    ...fileRoutes(services),
    ...noticeRoutes(services),
    ...notificationRoutes(services),
    ...deliveryRoutes(services),
    ...operateRoutes(services),
    ...peopleRoutes(services),
    ...packageRoutes(services),
    ...directoryRoutes(services),
    ...pickRoutes(services),
    ...trailRoutes(services),
    ...archivedRoutes(services),
    ...webhookRoutes(services),
    ...v2Routes(services),
    ...metricsRoutes(services),
    ...systemRoutes(services, () => routes),
  ]
  return routes
}

/** Where a request came from: the socket's address, set by the server; tests have none. */
export interface Bindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

interface Environment {
  readonly Bindings: Bindings
  readonly Variables: Said
}

/** The application: routes with their policies, and the web app's files for all else. */
export function createApp(services: Services, routes: readonly Route[] = allRoutes(services)) {
  const app = new Hono<Environment>()
  const security = securityHeaders(services.secure)
  app.use(observe(services))
  app.use(finish(security))
  app.use('/api/*', skipStreams(etag()))
  for (const route of routes)
    app.on(route.method, [route.path], (c) => serve(services, route, c as unknown as AppContext, security))
  const notServed = unserved(routes)
  for (const below of ['/api/*', '/hooks/*']) app.all(below, (c) => refuse(c, notServed(c.req.method, c.req.path)))
  const notServedBelowV2 = unservedBelowV2(routes)
  app.all('/v2/*', (c) => refuse(c, notServedBelowV2(c.req.method, c.req.path)))
  if (services.webFolder !== null) app.get('*', webFiles(services.webFolder))
  app.notFound((c) => refuse(c, notServed(c.req.method, c.req.path)))
  app.onError((error, c) => {
    if (error instanceof Rejection) return refuse(c, error)
    const storage = storageErrorOf(error)
    if (storage) return refuse(c, storageRefusal(storage))
    // The words of an unexpected error may hold anything a person typed: the log gets its place, not its text.
    services.log.error({ name: error.name, stack: error.stack?.split('\n').slice(1, 8) }, 'unexpected')
    return refuse(c, new Rejection('UNEXPECTED'))
  })
  return app
}

/** Compresses answers and puts the security headers on them; one without a body has them already (`answered`). */
function finish(security: HeaderTable): MiddlewareHandler<Environment> {
  const compressed = compress()
  return async (c, next) => {
    await next()
    if (c.get('isFinished')) return
    await compressed(c, async () => {})
    secure(c.res, security)
  }
}

/** Tells a refusal to the one who asked, in his language. */
function refuse(c: Context, rejection: Rejection): Response {
  c.set('code', rejection.code)
  return problemResponse(
    rejection,
    tellingTo(c.req.path, (name) => c.req.header(name)),
  )
}

/** An etag needs the whole answer; a stream has none. */
function skipStreams(middleware: ReturnType<typeof etag>): ReturnType<typeof etag> {
  return async (c, next) =>
    c.req.path === '/api/inbox/events' || c.req.path.includes('/files') ? next() : middleware(c, next)
}

/** Serves a request when there is room for it; what watches the server, and what only waits, takes none. */
async function serve(services: Services, route: Route, c: AppContext, security: HeaderTable): Promise<Response> {
  const { load } = services
  if (route.always) return answered(services, route, c, security)
  load.check()
  const isBrief = !route.waits && route.input !== 'upload'
  return isBrief ? load.work(() => answered(services, route, c, security)) : answered(services, route, c, security)
}

async function answered(services: Services, route: Route, c: AppContext, security: HeaderTable): Promise<Response> {
  const { load } = services
  const headers = c.req.raw.headers
  c.set('route', route.path)
  // Signing in with a stale cookie must work: a public route does not mind who asks.
  const who = route.policy === 'public' ? anonymous : askedBy(await services.signIn.whoIs(headers), headers)
  c.set('who', who)
  if (!allows(route.policy, who)) {
    if (who.type !== 'anonymous') {
      const { type, id } = who
      await services.security.refused('request.refused', id, { type, id }, { method: route.method, path: route.path })
    }
    throw new Rejection(who.type === 'anonymous' ? 'NOT_SIGNED_IN' : 'FORBIDDEN')
  }
  checkOrigin(route.method, headers, services.publicHost)
  const body = isHeld(route)
    ? await load.read(bytesOf(headers, route.limit), () => readBody(c.req.raw, route))
    : await readBody(c.req.raw, route)
  const params = pathParameters(c)
  await wakeAsked(services.host, route, params, body)
  const added: [string, string][] = []
  const requestId = requestIdOf(route, who, c)
  c.set('requestId', requestId)
  const call: Call<unknown> = {
    who,
    params,
    query: queryOf(route, c),
    body,
    requestId,
    // Few handlers ask for these, and they cost something each.
    get address() {
      return addressOf(services, this.remote, headers)
    },
    get remote() {
      return (c.env as Bindings | undefined)?.incoming?.socket?.remoteAddress
    },
    headers,
    setHeader: (name, value) => added.push([name, value]),
    get signal() {
      return c.req.raw.signal
    },
  }
  // An upload is read while it is worked on, straight to the disk, and may come from a slow line.
  const answer = await (route.input === 'upload' ? load.read(0, () => route.handler(call)) : route.handler(call))
  if (route.output === null && !(answer instanceof Response) && added.length === 0) {
    c.set('isFinished', true)
    return new Response(null, { status: 204, headers: security })
  }
  const response = answer instanceof Response ? answer : responseOf(route, answer)
  for (const [name, value] of added) response.headers.append(name, value)
  if (c.req.raw.method !== 'HEAD') return response
  // Nobody reads what follows the head: an open file or stream of events is let go.
  await response.body?.cancel()
  return new Response(null, response)
}

/**
 * Who asks, unless the page says that it was opened by somebody else: the cookie is the browser's, and when another person
 * has signed in there, what an older page sends is nobody's. Else it would be done in a name that page never showed.
 */
function askedBy(who: Who, headers: Headers): Who {
  const shown = headers.get('bihuan-person')
  return shown !== null && who.type === 'person' && who.id !== shown ? anonymous : who
}

/** What a handler gave, as its route says. */
function responseOf({ output, status, policy }: Route, answer: unknown): Response {
  if (output === null) return new Response(null, { status: 204 })
  return new Response(JSON.stringify(answer), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': policy === 'public' ? 'no-cache' : 'private, no-cache',
    },
  })
}

/** Whether the body is held in memory as a whole. */
const isHeld = ({ input }: Route): boolean => input !== null && input !== 'upload'

/** Bytes a body may take in memory: as it says, or as many as it may have. */
function bytesOf(headers: Headers, limit: number): number {
  const said = headers.get('content-length')
  return said === null || !/^\d+$/.test(said) ? limit : Math.min(limit, Number(said))
}

/** Text of an address as the database takes it. */
function text(value: string): string {
  if (value.includes('\0') || /\p{Cs}/u.test(value)) throw unreadable('nulCharacter')
  return value
}

const NO_QUERY: Call<unknown>['query'] = {}

/** The query parameters that a route reads. */
function queryOf(route: Route, c: AppContext): Call<unknown>['query'] {
  if (route.query.length === 0) return NO_QUERY
  return Object.fromEntries(
    route.query.flatMap((name) => (c.req.query(name) === undefined ? [] : [[name, text(c.req.query(name)!)]])),
  )
}

function pathParameters(c: AppContext): { readonly [name: string]: string } {
  const parameters = c.req.param() as { [name: string]: string }
  for (const value of Object.values(parameters))
    if (value.includes('\0') || value.length > 200) throw new Rejection('NOT_FOUND')
  return parameters
}

/**
 * The id a command is known by. A repeated `Idempotency-Key` of the same person on the same path gives the same id, and
 * so the first answer; with another content the host refuses it.
 */
function requestIdOf(route: Route, who: Who, c: AppContext): string {
  const key = c.req.header('idempotency-key')
  if (key === undefined || key === '' || !route.keyed) return idOnce()
  if (key.length > 200) throw invalid('Idempotency-Key', 'charactersAtMost', 200)
  const from = who.type === 'anonymous' ? '' : who.id
  return createHash('sha256')
    .update(JSON.stringify([from, route.method, c.req.path, key]))
    .digest('base64url')
}
