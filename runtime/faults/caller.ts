import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Call, Entry, History, Sender } from './history.ts'
import type { Place } from './place.ts'

/** A request that is not answered by then has got no answer; longer than a server that was stopped sleeps. */
const PATIENCE = 15_000
const RETRY = 50
const LONGEST_WAIT = 1_000
/** Answers that say "not now": the server is full, closing, or its disk does not take it. */
const notNow = new Set([429, 503, 507])

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

/** Sends requests as a careful client does: what got no answer is sent again with the same key until it gets one. */
export class Caller {
  readonly #place: Place
  readonly #history: History
  /** Answers of "not now" without a `Retry-After`. */
  hasNoRetryAfter = 0
  refusedForNow = 0

  constructor(place: Place, history: History) {
    this.#place = place
    this.#history = history
  }

  /** Sends a command until it is acknowledged or refused. */
  async command(entry: Entry): Promise<Entry> {
    const answer = await this.#untilAnswered(entry.call, { 'idempotency-key': entry.key }, () => {
      entry.attempts += 1
    })
    if (answer.status < 300) entry.outcome = { type: 'acknowledged', body: answer.body }
    else {
      const code = codeOf(answer.body)
      entry.outcome = { type: 'refused', status: answer.status, code, before: this.#place.now() }
      if (answer.status >= 500)
        this.#history.faults.push(`${answer.status} ${code} for ${entry.call.method} ${entry.call.path}`)
    }
    return entry
  }

  /** Sends what may be repeated without harm, until it is answered. */
  ask(call: Call): Promise<Answer> {
    return this.#untilAnswered(call, {}, () => {})
  }

  /** Signs a person in; the session is kept over all restarts. Throws when the answer is no. */
  async signIn(given: { readonly username: string; readonly password: string }): Promise<Sender> {
    const nobody = { id: '', headers: {} }
    const answer = await this.ask({ sender: nobody, method: 'POST', path: '/api/session', body: given })
    if (answer.status !== 200)
      throw new Error(`Expected ${given.username} to sign in, but the answer is ${answer.status}`)
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    return { id: (answer.body as { id: string }).id, headers: { cookie } }
  }

  async #untilAnswered(call: Call, more: { [name: string]: string }, onAttempt: () => void): Promise<Answer> {
    for (;;) {
      const address = await this.#place.address()
      onAttempt()
      const answer = await send(address, call, more).catch(() => null)
      if (answer === null) await pause(RETRY)
      else if (!notNow.has(answer.status)) return answer
      else {
        this.refusedForNow += 1
        const after = answer.headers.get('retry-after')
        if (after === null) this.hasNoRetryAfter += 1
        await pause(Math.min(LONGEST_WAIT, Number(after ?? 1) * 1000))
      }
    }
  }
}

/** One attempt. Throws when there is no whole answer. */
export async function send(
  address: string,
  { sender, method, path, body }: Call,
  more: { readonly [name: string]: string } = {},
): Promise<Answer> {
  const isForm = typeof body === 'function'
  const response = await fetch(address + path, {
    method,
    headers: {
      origin: address,
      ...sender.headers,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body !== undefined && { body: isForm ? (body() as FormData) : JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? null : (JSON.parse(text) as unknown),
    headers: response.headers,
  }
}

const codeOf = (body: unknown): string =>
  body && typeof body === 'object' && 'code' in body ? String(body.code) : JSON.stringify(body)?.slice(0, 200)

/** The id under which the trail keeps a keyed request: what the server makes of sender, route and key. */
export function requestIdOf(sender: Sender, method: string, path: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([sender.id, method, path, key]))
    .digest('base64url')
}
