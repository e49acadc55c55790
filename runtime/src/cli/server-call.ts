import type { ProblemJson } from '../contract/contract.ts'
import type { Settings } from '../settings.ts'

/** Why a running server did not do what it was asked: its own words, or that it did not answer. */
export class CallError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CallError'
  }
}

/** Requests of a client to `/api/operate` of a running server, and to `/v2` where the path begins so. */
export type ServerCall = <T>(method: 'GET' | 'POST', path: string, body?: object) => Promise<T>

/** How long a server may take for one page of cases. */
const PATIENCE = 120_000

/**
 * Requests as the client of the settings. `url` is where the server is; that of the settings when absent, else this
 * machine. Throws `CallError` without id and secret.
 */
export function serverCall({ port, caller }: Pick<Settings, 'port' | 'caller'>, url: string | undefined): ServerCall {
  const { clientId, clientSecret } = caller
  if (clientId === null || clientSecret === null)
    throw new CallError(
      'Expected BIHUAN_CLIENT_ID and BIHUAN_CLIENT_SECRET to name a client, but they are not set. Make one with: bihuan client add NAME',
    )
  const address = (url ?? caller.url ?? `http://127.0.0.1:${port}`).replace(/\/$/, '')
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new CallError(`Expected --url to be an address that starts with https:// or http://, but it is "${address}".`)
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  return async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${address}${path.startsWith('/v2/') ? '' : '/api/operate'}${path}`, {
      method,
      headers: {
        authorization,
        accept: 'application/json',
        'accept-language': 'en',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      const why = error.cause?.code ?? error.name
      throw new CallError(`Expected a server at ${address} to answer, but it did not (${why}).`)
    })
    const content: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => null)
    if (!answer.ok) throw new CallError(refusal(address, answer.status, content))
    return content as T
  }
}

function refusal(address: string, status: number, content: unknown): string {
  const problem = content as ProblemJson | null
  const words = problem?.messages?.en
  if (!problem || !words) return `Expected ${address} to be this server, but it answered ${status} in another way.`
  const lines = (problem.problems ?? []).map(
    ({ elementId, code, messages }) => `  ${elementId ?? ''} ${code}: ${messages.en?.text} ${messages.en?.todo}`,
  )
  return [`${problem.code}: ${words.text} ${words.todo}`, ...lines].join('\n')
}
