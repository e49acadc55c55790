import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret of 256 random bits: long enough that one plain hash guards it, so no slow hash per request. */
export const makeSecret = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret. */
export const digestSecret = (secret: string): string => hash('sha256', secret, 'hex')

/** Compares a secret with what is kept, in the same time whatever differs. */
export function secretMatches(secret: string, digest: string): boolean {
  return timingSafeEqual(hash('sha256', secret, 'buffer'), Buffer.from(digest, 'hex'))
}

/** Id and secret out of an `Authorization` header: HTTP Basic (RFC 7617), or bearer (RFC 6750) as `id.secret`. */
export function readAuthorization(header: string): { readonly id: string; readonly secret: string } | null {
  const [scheme, credentials] = header.trim().split(/\s+/, 2)
  if (!scheme || !credentials) return null
  const kind = scheme.toLowerCase()
  const pair =
    kind === 'basic'
      ? split(Buffer.from(credentials, 'base64').toString('utf8'), ':')
      : kind === 'bearer'
        ? split(credentials, '.')
        : null
  return pair && pair.id !== '' && pair.secret !== '' ? pair : null
}

function split(text: string, mark: string): { id: string; secret: string } | null {
  const at = text.indexOf(mark)
  return at < 0 ? null : { id: text.slice(0, at), secret: text.slice(at + 1) }
}
