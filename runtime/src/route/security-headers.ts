import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * Nothing from elsewhere, no framing, no sniffing. Scripts only as files of this site; styles also inline, because the
 * form and diagram libraries set `style` attributes.
 */
export function securityHeaders(secure: boolean): MiddlewareHandler {
  const middleware = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: secure ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: ['self'], geolocation: ['self'], microphone: [], payment: [] },
  })
  return async (c, next) => {
    await middleware(c, async () => {
      await next()
    })
    // A file's own, stricter policy stays.
    const own = c.res.headers.get('content-disposition') !== null
    if (own) c.res.headers.set('content-security-policy', "default-src 'none'; sandbox")
  }
}
