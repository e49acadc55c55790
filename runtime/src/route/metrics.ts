import { createHash, timingSafeEqual } from 'node:crypto'
import { Rejection } from '@bihuan/engine'
import type { Services } from '../services.ts'
import { isLoopbackAddress } from './address.ts'
import { type Route, route } from './route.ts'

/** Headers a proxy adds: what carries one does not come from this machine, whatever the socket says. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/** Figures for the operator's monitoring. Others are told that there is no such address. */
export function metricsRoutes({ metrics, metricsToken }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/metrics',
      always: true,
      policy: 'public',
      summary: 'Figures in the text format of Prometheus; for this machine, or whoever shows the token',
      input: null,
      output: 'stream',
      async handler({ headers, remote }) {
        const isHere = metricsToken === null && isLocal(remote, headers)
        if (!isHere && !shows(headers, metricsToken)) throw new Rejection('NOT_FOUND')
        return new Response(await metrics.text(), {
          headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
        })
      },
    }),
  ]
}

/** Names that only this machine asks by: a proxy passes on the one people ask by, even if it says nothing else. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

const isLocal = (remote: string | undefined, headers: Headers): boolean =>
  remote !== undefined &&
  isLoopbackAddress(remote) &&
  !FORWARDED.some((name) => headers.has(name)) &&
  LOOPBACK_HOST.test(headers.get('host') ?? 'localhost')

function shows(headers: Headers, token: string | null): boolean {
  const shown = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (token === null || shown === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(shown), digest(token))
}
