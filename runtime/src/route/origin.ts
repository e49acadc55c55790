import { Rejection } from '@bihuan/engine'

/**
 * Refuses a write that another site's page may have caused (A09). A browser names the site of the page in
 * `Sec-Fetch-Site` or `Origin`; a request that carries our cookie and names neither is refused too. Systems that sign
 * in by header carry no ambient authority and need none of it.
 */
export function checkOrigin(method: string, headers: Headers, publicHost: string | null): void {
  if (method === 'GET' || method === 'HEAD' || headers.has('authorization')) return
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') throw new Rejection('ORIGIN_REFUSED')
  const origin = headers.get('origin')
  if (origin !== null) {
    const host = hostOf(origin)
    if (host === null || (host !== headers.get('host') && host !== publicHost)) throw new Rejection('ORIGIN_REFUSED')
    return
  }
  if (site === null && headers.has('cookie')) throw new Rejection('ORIGIN_REFUSED')
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
