import { Rejection } from '@bihuan/engine'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often one may try to sign in. */
export interface SignInLimit {
  /**
   * Counts an attempt and refuses the one too many: `TOO_MANY_REQUESTS` with the seconds to wait. Per account and
   * address, so that nobody locks a colleague out by typing his name; and per address over all accounts, against
   * spraying.
   */
  attempt(account: string, address: string): Promise<void>
  /** Forgets the failures of an account from an address, once the right password came. */
  succeed(account: string, address: string): Promise<void>
}

async function consume(limiter: RateLimiterMemory, one: string): Promise<void> {
  try {
    await limiter.consume(one)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new Rejection('TOO_MANY_REQUESTS', { seconds: Math.ceil(refused.msBeforeNext / 1000) })
  }
}

/** Limits requests by whom they come from, so many a minute, in this process's memory. Refuses with `TOO_MANY_REQUESTS`. */
export function requestLimit(perMinute: number): { attempt(source: string): Promise<void> } {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return { attempt: (source) => consume(limiter, source) }
}

/** Limits in this process's memory: 10 failures an account and address in 15 minutes, 100 an address. */
export function signInLimit(limits: { perAccount?: number; perAddress?: number } = {}): SignInLimit {
  const account = new RateLimiterMemory({ points: limits.perAccount ?? 10, duration: 15 * 60 })
  const address = new RateLimiterMemory({ points: limits.perAddress ?? 100, duration: 15 * 60 })
  const key = (name: string, from: string) => `${from} ${name.toLowerCase()}`
  return {
    async attempt(name, from) {
      // The address first: one that is stopped fills no memory with made-up names.
      await consume(address, from)
      await consume(account, key(name, from))
    },
    async succeed(name, from) {
      await account.delete(key(name, from))
      await address.reward(from)
    },
  }
}
