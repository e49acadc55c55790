import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createCamundaClient } from '@camunda8/orchestration-cluster-api'
import { serve } from '@hono/node-server'
import { addApiClient } from '../../src/identity/api-client.ts'
import { openTestApp, type TestApp } from '../../src/route/test-app.ts'
import { type Operation, operationList } from '../../src/route/v2/operations.ts'

export type Client = ReturnType<typeof createCamundaClient>

interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
}

/** A server on a port of its own and the official client, as it comes, signed in by id and secret. */
export interface Walk {
  readonly app: TestApp
  /** Every call that succeeds is remembered by the id of its operation. */
  readonly client: Client
  /** The same, which also holds every answer against the client's own shapes; what is null there is absent here. */
  readonly strict: Client
  /** Operations that have succeeded. */
  readonly called: Set<string>
  /** The problem an operation is refused with, asked with an id for every parameter: by the client, if it knows it. */
  refusalOf(operation: Operation): Promise<Problem>
  close(): Promise<void>
}

export async function openWalk(): Promise<Walk> {
  const app = await openTestApp()
  const { id, secret } = await addApiClient(app.server.host, 'walk', { type: 'system', id: 'test' })
  const server = serve({ fetch: app.server.app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const called = new Set<string>()
  const refused: Response[] = []
  const keeping: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (!answer.ok) refused.push(answer.clone())
    return answer
  }
  const make = (validation: string, fetcher: typeof fetch) =>
    remembering(
      createCamundaClient({
        config: {
          CAMUNDA_REST_ADDRESS: `http://127.0.0.1:${port}`,
          CAMUNDA_AUTH_STRATEGY: 'BASIC',
          CAMUNDA_BASIC_AUTH_USERNAME: id,
          CAMUNDA_BASIC_AUTH_PASSWORD: secret,
          CAMUNDA_SDK_VALIDATION: validation,
          CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS: 1,
        },
        fetch: fetcher,
      }),
      called,
    )
  const client = make('req:none,res:none', keeping)
  return {
    app,
    client,
    strict: make('req:none,res:strict', withoutNulls),
    called,
    async refusalOf({ id: operation, method, path, since }) {
      if (since !== '8.8')
        return (await (await app.client(method, `/v2${path.replace(/\{\w+\}/g, '1')}`)).json()) as Problem
      const member = Reflect.get(client, operation) as (given: object, consistency: object) => Promise<unknown>
      refused.length = 0
      await member(parameters, { consistency: { waitUpToMs: 0 } }).then(
        () => {},
        () => {},
      )
      const [problem] = refused
      if (!problem) throw new Error(`Expected ${operation} to be refused, but it succeeded or was never sent`)
      return (await problem.json()) as Problem
    },
    async close() {
      await new Promise<void>((closed) => {
        server.close(() => closed())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await app.close()
    },
  }
}

/** A value for whatever stands in a path; what a path does not name goes into the body, which is not looked at. */
const parameters = Object.fromEntries(
  operationList.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1'])),
)

/** The client of 8.8 takes an absent value where the interface of 8.9 gives null. */
const withoutNulls: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init)
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) return answer
  const text = JSON.stringify(await answer.json(), (_name, value: unknown) => (value === null ? undefined : value))
  return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } })
}

function remembering(client: Client, called: Set<string>): Client {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || typeof name !== 'string') return member
      return (...given: unknown[]) => {
        const answer: unknown = member.apply(target, given)
        if (!(answer instanceof Promise)) return answer
        return answer.then((value: unknown) => {
          called.add(name)
          return value
        })
      }
    },
  })
}
