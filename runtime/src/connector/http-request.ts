import type { Json, Variables } from '@bihuan/engine'
import { drawnSecrets } from './drawn-secrets.ts'
import type { Egress } from './egress.ts'
import type { OutgoingCall } from './http-call.ts'
import { context, optionalText, text, word } from './input.ts'
import { type Secrets, withSecrets, withSecretsIn } from './secrets.ts'
import { type Attempt, InputFault } from './worker.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const
const LARGEST_BODY = 1024 * 1024
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/
const HEADER_VALUE = /^[\t\x20-\x7e]{0,8192}$/
/** Headers that are the connection's own, or the host's to say. */
const RESERVED =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|accept-encoding|idempotency-key|proxy-.*)$/

/** A request as the inputs of a job ask for it, and the secrets that stand in it now. */
export interface HttpRequest {
  readonly call: Omit<OutgoingCall, 'reads'>
  readonly secrets: ReadonlyMap<string, string>
}

/**
 * The request of a `bihuan.http` job: `url`, `method`, `headers`, `body`. Secrets are put into values of headers,
 * texts of the body and the path and query of the address, never into its host. Throws `InputFault`, `SecretFault`,
 * `EgressRefused`.
 */
export async function requestOf(attempt: Attempt, egress: Egress, secrets: Secrets): Promise<HttpRequest> {
  const { variables } = attempt.job
  const method = word(variables, 'method', methods, 'GET')
  const written = text(variables, 'url', 8_000)
  const { host, hostname } = egress.read(written)
  const [inUrl, inHeaders, inBody] = await Promise.all(
    ['url', 'headers', 'body'].map((input) => drawnSecrets(attempt, input, hostname, secrets)),
  )
  const url = egress.read(withSecrets(written, inUrl!, encodeURIComponent))
  if (url.host !== host) throw new InputFault('url: expected no secret in the host')
  const { body, type } = bodyOf(variables, method, inBody!)
  const headers = headersOf(variables, inHeaders!)
  return {
    call: {
      method,
      url,
      headers: {
        accept: 'application/json, text/*;q=0.9, */*;q=0.5',
        'user-agent': 'bihuan',
        ...(type !== null && { 'content-type': type }),
        ...headers,
        'accept-encoding': 'identity',
        'idempotency-key': String(attempt.job.key),
        ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      body,
    },
    secrets: new Map([...inUrl!, ...inHeaders!, ...inBody!]),
  }
}

function headersOf(variables: Variables, secrets: ReadonlyMap<string, string>): { readonly [name: string]: string } {
  const given = Object.entries(context(variables, 'headers')).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  for (const [name, value] of given) {
    if (!HEADER_NAME.test(name)) throw new InputFault('headers: expected names of letters, digits and hyphens')
    if (RESERVED.test(name)) throw new InputFault(`headers: expected no ${name}, which is set by the connector`)
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new InputFault(`headers: expected ${name} to be a text`)
  }
  return Object.fromEntries(
    given.map(([name, value]) => {
      const filled = withSecrets(String(value), secrets)
      if (!HEADER_VALUE.test(filled)) throw new InputFault(`headers: expected ${name} to be one line of ASCII`)
      return [name, filled]
    }),
  )
}

function bodyOf(variables: Variables, method: string, secrets: ReadonlyMap<string, string>) {
  const given: Json = variables.body ?? null
  if (given === null || given === '') return { body: null, type: null }
  if (method === 'GET' || method === 'HEAD') throw new InputFault(`body: expected none with ${method}`)
  const filled = withSecretsIn(given, secrets)
  const body = typeof filled === 'string' ? filled : JSON.stringify(filled)
  if (Buffer.byteLength(body) > LARGEST_BODY) throw new InputFault(`body: expected at most ${LARGEST_BODY} bytes`)
  const otherwise = typeof filled === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  const type = optionalText(variables, 'contentType', 200) ?? otherwise
  if (!HEADER_VALUE.test(type)) throw new InputFault('contentType: expected one line of ASCII')
  return { body, type }
}
