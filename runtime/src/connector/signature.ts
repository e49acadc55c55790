import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the time in a signature may lie from now, in milliseconds. */
export const TOLERANCE = 5 * 60_000

/**
 * The signature of a webhook, in or out: `t=SECONDS,v1=HEX`, where v1 is the HMAC-SHA256 of `t.id.body`. The id of the
 * delivery is signed with the rest, or a copy under another id would count as new.
 */
export function sign(secret: string, id: string, body: string | Uint8Array, at: number): string {
  const seconds = Math.trunc(at / 1000)
  return `t=${seconds},v1=${digest(secret, seconds, id, body).toString('hex')}`
}

/** Whether a signature is right and not older or newer than `TOLERANCE`. `at` in milliseconds. */
export function isSigned(header: string, secret: string, id: string, body: Uint8Array, at: number): boolean {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (seconds === undefined || hex === undefined) return false
  const isRight = timingSafeEqual(digest(secret, Number(seconds), id, body), Buffer.from(hex, 'hex'))
  return isRight && Math.abs(at - Number(seconds) * 1000) <= TOLERANCE
}

function digest(secret: string, seconds: number, id: string, body: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.${id}.`).update(body).digest()
}
