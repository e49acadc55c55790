/** Headers of an answer by their names. */
export type HeaderTable = { readonly [name: string]: string }

/** Of this site alone; styles also inline, because the form and diagram libraries set `style` attributes. */
const CONTENT = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** A year, as browsers ask for it. */
const BY_HTTPS_ALONE = 'max-age=31536000; includeSubDomains'

/** What every answer says to browsers: nothing from elsewhere, no framing, no sniffing. `secure`: people come by https. */
export const securityHeaders = (secure: boolean): HeaderTable => ({
  'content-security-policy': CONTENT,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=()',
  'referrer-policy': 'no-referrer',
  ...(secure && { 'strict-transport-security': BY_HTTPS_ALONE }),
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
})

/** Puts the security headers on an answer; a file that is taken away has a stricter policy of its own. */
export function secure({ headers }: Response, table: HeaderTable): void {
  for (const name in table) headers.set(name, table[name]!)
  if (headers.get('content-disposition') !== null) headers.set('content-security-policy', "default-src 'none'; sandbox")
}
