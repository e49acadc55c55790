import type { ProblemJson } from '@bihuan/runtime/contract'
import { personHeader } from './person.ts'
import { setSessionEnded } from './session-ended.ts'

/** The server's refusal (RFC 9457). `problem.messages` holds the words in each language. */
export class ApiProblem extends Error {
  readonly problem: ProblemJson

  constructor(problem: ProblemJson) {
    super(problem.code)
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }
}

/** No answer came: the network is gone, or what answered was not this server. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('UNREACHABLE', { cause })
    this.name = 'Unreachable'
  }
}

/** Whether the same request may succeed later: no answer came, or the server had no room for it just then. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && (error.status === 429 || error.status >= 500))

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

interface Options {
  body?: unknown
  query?: Record<string, string | undefined>
  signal?: AbortSignal
  /** One key per intent: a repeated press or a retry after a lost answer is then answered once. */
  idempotencyKey?: string
}

function address(path: string, query: Options['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value) search.set(name, value)
  const text = search.toString()
  return `/api${path}${text ? `?${text}` : ''}`
}

function isProblem(value: unknown): value is ProblemJson {
  return typeof value === 'object' && value !== null && 'code' in value && 'messages' in value && 'status' in value
}

async function refusal(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null)
  return isProblem(body) ? new ApiProblem(body) : new Unreachable(`HTTP ${response.status}`)
}

async function send(method: Method, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...personHeader() }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['Idempotency-Key'] = options.idempotencyKey ?? newKey()
  let response: Response
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    throw new Unreachable(error)
  }
  // Asking who is signed in may well be answered with nobody; any other request was made by somebody.
  if (response.status === 401 && path !== '/session') setSessionEnded(true)
  if (!response.ok) throw await refusal(response)
  return response
}

/**
 * One request to `/api`, JSON in and out.
 * @throws ApiProblem when the server refuses; Unreachable when no usable answer comes.
 */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** The bytes that an address of `/api` gives. @throws ApiProblem and Unreachable as `request` does */
export async function requestBytes(path: string): Promise<Blob> {
  const response = await send('GET', path, {})
  return response.blob().catch((error: unknown) => {
    throw new Unreachable(error)
  })
}

/** A fresh idempotency key. `crypto.randomUUID` exists on https and localhost only, so it is not relied on. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export { isProblem }
