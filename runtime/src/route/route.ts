import type { Context } from 'hono'
import type { Static, TSchema } from 'typebox'
import type { Policy } from '../identity/policy.ts'
import type { Who } from '../identity/who.ts'
import type { Part } from './multipart.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * What a route takes for a body: a JSON shape, a small form with files, parts as they come, bytes as they are, or
 * nothing.
 */
export type Input = TSchema | 'multipart' | 'upload' | 'bytes' | null
/** What it gives: a JSON shape, bytes or events that the handler answers itself, or nothing (204). */
export type Output = TSchema | 'stream' | null

// Words first: to the compiler a word is also a schema.
type BodyOf<I extends Input> = I extends 'multipart'
  ? FormData
  : I extends 'upload'
    ? AsyncIterable<Part>
    : I extends 'bytes'
      ? Uint8Array
      : I extends TSchema
        ? Static<I>
        : null
type AnswerOf<O extends Output> = O extends 'stream' ? Response : O extends TSchema ? Static<O> : unknown

/** What a handler is given: everything checked, nothing raw. */
export interface Call<B> {
  readonly who: Who
  /** Path parameters. */
  readonly params: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string }
  readonly body: B
  /** The same for a repeated `Idempotency-Key`, new otherwise. */
  readonly requestId: string
  /** Where the request came from, for the rate limit. */
  readonly address: string
  /** The socket's own address, whatever a proxy says; undefined in tests. */
  readonly remote: string | undefined
  readonly headers: Headers
  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void
  readonly signal: AbortSignal
}

export interface Spec<I extends Input, O extends Output> {
  readonly method: Method
  /** With `:name` parameters. */
  readonly path: string
  /** Without one nothing compiles: there is no open door by default. */
  readonly policy: Policy
  /** One line for the OpenAPI document. */
  readonly summary: string
  readonly input: I
  readonly output: O
  /** Largest body in bytes; 1 MB when absent. */
  readonly limit?: number
  /** Whether no body at all stands for `{}`. */
  readonly bodyOptional?: boolean
  /**
   * Whether a repeated `Idempotency-Key` gives the first answer: true for commands. Not for what only reads, nor for what
   * may be repeated without harm (a draft, an upload, signing in).
   */
  readonly keyed?: boolean
  readonly status?: 200 | 201 | 202
  /** Whether it is answered however busy the server is: what watches it. */
  readonly always?: boolean
  /** Whether an answer may be held back until there is something to say: it takes no place of those that are worked on. */
  readonly waits?: boolean
  /** Names of query parameters it reads. */
  readonly query?: readonly string[]
  readonly handler: (call: Call<BodyOf<I>>) => Promise<AnswerOf<O>>
}

/** A route with its types forgotten, as the application mounts it. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly policy: Policy
  readonly summary: string
  readonly input: Input
  readonly output: Output
  readonly limit: number
  readonly bodyOptional: boolean
  readonly keyed: boolean
  readonly always: boolean
  readonly waits: boolean
  readonly status: 200 | 201 | 202
  readonly query: readonly string[]
  readonly handler: (call: Call<unknown>) => Promise<unknown>
}

const MEGABYTE = 1024 * 1024

/** Declares a route. The one way in: what is not declared here does not exist. */
export function route<I extends Input, O extends Output>(spec: Spec<I, O>): Route {
  return {
    method: spec.method,
    path: spec.path,
    policy: spec.policy,
    summary: spec.summary,
    input: spec.input,
    output: spec.output,
    limit: spec.limit ?? MEGABYTE,
    bodyOptional: spec.bodyOptional ?? false,
    keyed: spec.keyed ?? (spec.method !== 'GET' && !spec.path.endsWith('/search')),
    status: spec.status ?? 200,
    always: spec.always ?? false,
    waits: spec.waits ?? false,
    query: spec.query ?? [],
    handler: spec.handler as Route['handler'],
  }
}

/** What is known of a request by those who stand around its handler. */
export interface Said {
  who: Who
  requestId: string
  /** Pattern of its route. */
  route: string
  /** Code of the refusal it was answered with. */
  code: string
  /** The answer has all the headers it is to have. */
  isFinished: boolean
}

/** Hono's context as this application fills it. */
export type AppContext = Context<{ Variables: Said }>
