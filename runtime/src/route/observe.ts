import type { MiddlewareHandler } from 'hono'
import type { Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import type { Said } from './route.ts'

/** `00-<trace>-<span>-<flags>` as W3C Trace Context has it. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/**
 * Counts, traces and logs every request once it has been answered: by its route's pattern, never by its path, query or
 * body. Files of the web app are counted and not logged. What was refused weighs more than what went well.
 */
export function observe({ metrics, tracing, log }: Services): MiddlewareHandler<{ Variables: Said }> {
  return async (c, next) => {
    const begin = performance.now()
    const { method } = c.req
    const headers = c.req.raw.headers
    await tracing.span(
      method,
      { 'http.request.method': method },
      async (tell) => {
        await next()
        const { status } = c.res
        const route = c.get('route') ?? (status < 400 ? 'web' : 'unknown')
        const ms = performance.now() - begin
        metrics.request({ method, route, status }, ms / 1000)
        tell({ 'http.route': route, 'http.response.status_code': status }, `${method} ${route}`)
        const level = status < 400 ? 'info' : 'warn'
        if (route === 'web' || !log.isLevelEnabled(level)) return
        const who = c.get('who') as Who | undefined
        log[level](
          {
            method,
            route,
            status,
            code: c.get('code'),
            ms: Math.round(ms * 10) / 10,
            request: c.get('requestId'),
            ...(who && who.type !== 'anonymous' && { who: { type: who.type, id: who.id } }),
            trace: TRACEPARENT.exec(headers.get('traceparent') ?? '')?.[1],
          },
          'request',
        )
      },
      headers,
    )
  }
}
