import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the time in a signature may lie from now, in milliseconds. */
export const TOLERANCE = 5 * 60_000

/** What a signature covers. */
export interface Signed {
  /** The webhook it is meant for; null in version 1, which does not cover it. */
  readonly name: string | null
  /** The id of the delivery: a copy under another id would count as new. */
  readonly id: string
  readonly body: string | Uint8Array
}

/**
 * The signature of a webhook: `t=SECONDS,v1=HEX`, the HMAC-SHA256 of `t.id.body`, or with a name `t=SECONDS,v2=HEX`, that
 * of time, name, id and body in lines. Neither name nor id holds a line feed, so no text of one version is one of the other.
 */
export function sign(secret: string, signed: Signed, at: number): string {
  const seconds = Math.trunc(at / 1000)
  return `t=${seconds},${versionOf(signed)}=${digest(secret, seconds, signed).toString('hex')}`
}

/** Whether a signature is right and not older or newer than `TOLERANCE`. `at` in milliseconds. */
export function isSigned(header: string, secret: string, signed: Signed, at: number): boolean {
  const [, seconds, version, hex] = /^t=(\d{1,12}),(v[12])=([0-9a-f]{64})$/.exec(header) ?? []
  if (seconds === undefined || hex === undefined) return false
  const isRight = timingSafeEqual(digest(secret, Number(seconds), signed), Buffer.from(hex, 'hex'))
  return isRight && version === versionOf(signed) && Math.abs(at - Number(seconds) * 1000) <= TOLERANCE
}

const versionOf = ({ name }: Signed): 'v1' | 'v2' => (name === null ? 'v1' : 'v2')

function digest(secret: string, seconds: number, { name, id, body }: Signed): Buffer {
  const before = name === null ? `${seconds}.${id}.` : `${seconds}\n${name}\n${id}\n`
  return createHmac('sha256', secret).update(before).update(body).digest()
}
