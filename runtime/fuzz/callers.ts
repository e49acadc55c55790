import { type CallerName, PASSWORD, people } from './world.ts'

type Headers = (readonly [name: string, value: string])[]

/** Who the callers are, as their headers say. */
export class Callers {
  readonly #address: () => Promise<string>
  readonly #headers = new Map<CallerName, Headers>([['nobody', []]])

  constructor(authorization: string, address: () => Promise<string>) {
    this.#headers.set('client', [['Authorization', authorization]])
    this.#address = address
  }

  /** Headers of a caller; a person writes from this site's page. */
  of(caller: CallerName): Headers {
    return this.#headers.get(caller) ?? []
  }

  /** Signs everybody in who is not, or not any more. */
  async signIn(): Promise<void> {
    const address = await this.#address()
    for (const [username] of people) {
      const cookie = this.of(username).find(([name]) => name === 'Cookie')?.[1]
      if (cookie !== undefined && (await fetch(`${address}/api/session`, { headers: { cookie } })).ok) continue
      const answer = await fetch(`${address}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: PASSWORD }),
      })
      if (!answer.ok) throw new Error(`Expected ${username} to sign in, but ${answer.status} ${await answer.text()}`)
      const fresh = answer.headers.getSetCookie().map((one) => one.split(';')[0]!)
      this.#headers.set(username, [
        ['Cookie', fresh.join('; ')],
        ['Sec-Fetch-Site', 'same-origin'],
      ])
    }
  }
}
