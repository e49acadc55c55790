import type { Actor, Variables } from '@bihuan/engine'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Host } from '../host/host.ts'

/** Refusals of one source that are recorded in a minute; what comes beyond is a flood, and the flood itself is recorded once. */
const A_MINUTE = 60

/** Records what is refused, so much of it that nobody fills the disk with it. */
export class SecurityRecord {
  readonly #host: Pick<Host, 'record'>
  readonly #limit: RateLimiterMemory

  constructor(host: Pick<Host, 'record'>, perMinute = A_MINUTE) {
    this.#host = host
    this.#limit = new RateLimiterMemory({ points: perMinute, duration: 60 })
  }

  /** A refusal. `source` is whom to count it for: an address or a person's id. */
  async refused(kind: string, source: string, actor: Actor, value: Variables): Promise<void> {
    try {
      await this.#limit.consume(source)
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over
      const isFirst = over.consumedPoints === this.#limit.points + 1
      if (isFirst) await this.#host.record('security', 'flood.refused', actor, { kind, source })
      return
    }
    await this.#host.record('security', kind, actor, value)
  }
}
