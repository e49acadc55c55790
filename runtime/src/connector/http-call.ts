import type { LookupAddress } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Egress, EgressRefused } from './egress.ts'

/** How long each part of a call may take, in milliseconds, and how many bytes an answer may have. */
export interface CallLimits {
  readonly connect: number
  readonly headers: number
  readonly total: number
  readonly bytes: number
}

export const callLimits: CallLimits = { connect: 10_000, headers: 30_000, total: 30_000, bytes: 1024 * 1024 }

export interface OutgoingCall {
  readonly method: string
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body: string | null
  /** Whether the body of an answer of a status is read; of the others it may be of any size and kind. */
  readonly reads: (status: number) => boolean
}

export interface CallAnswer {
  readonly status: number
  /** Names in lower case; several of one name are joined as RFC 9110 §5.3 says. */
  readonly headers: { readonly [name: string]: string }
  readonly body: Buffer
}

export type CallFaultCode =
  | EgressRefused['code']
  | 'HOST_NOT_FOUND'
  | 'UNREACHABLE'
  | 'TLS_FAILED'
  | 'CONNECT_TIMEOUT'
  | 'ANSWER_TIMEOUT'
  | 'TIMEOUT'
  | 'CONNECTION_RESET'
  | 'ANSWER_TRUNCATED'
  | 'ANSWER_TOO_LARGE'
  | 'ANSWER_MALFORMED'
  | 'ANSWER_ENCODED'
  | 'STOPPED'

/** A call without a whole answer. The text names host and cause: nothing that was sent or received. */
export class CallFault extends Error {
  readonly code: CallFaultCode

  constructor(code: CallFaultCode, message: string) {
    super(message)
    this.name = 'CallFault'
    this.code = code
  }
}

const resolveCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'])
const resetCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])

function faultOf(error: unknown, host: string): CallFault {
  if (error instanceof CallFault) return error
  if (error instanceof EgressRefused) return new CallFault(error.code, error.message)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (resolveCodes.has(code)) return new CallFault('HOST_NOT_FOUND', `${host} has no address (${code})`)
  if (resetCodes.has(code)) return new CallFault('CONNECTION_RESET', `${host} closed the connection without an answer`)
  if (code.startsWith('HPE_')) return new CallFault('ANSWER_MALFORMED', `${host} gave no answer of HTTP (${code})`)
  if (/CERT|SSL|TLS|SELF_SIGNED|ISSUER|ALTNAME/.test(code))
    return new CallFault('TLS_FAILED', `${host} could not be proved to be itself (${code})`)
  return new CallFault('UNREACHABLE', `${host} could not be reached${code === '' ? '' : ` (${code})`}`)
}

/**
 * Makes one call: to an address that egress judged and no other (a name that changes its address in between changes
 * nothing), following no redirect, with every wait and the answer bounded. Throws `CallFault`.
 */
export async function makeCall(
  call: OutgoingCall,
  egress: Egress,
  limits: CallLimits,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const { host } = call.url
  const ending = new AbortController()
  const end = (fault: CallFault) => ending.abort(fault)
  const total = setTimeout(
    () => end(new CallFault('TIMEOUT', `${host} took longer than ${limits.total} ms`)),
    limits.total,
  )
  const stop = () => end(new CallFault('STOPPED', 'the server stops'))
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    const addresses = await unlessAborted(egress.addresses(call.url), ending.signal)
    return await unlessAborted(exchange(call, addresses, limits, ending), ending.signal)
  } catch (error) {
    throw faultOf(error, host)
  } finally {
    clearTimeout(total)
    signal.removeEventListener('abort', stop)
    // Whatever is still open of this call is closed.
    ending.abort(new CallFault('STOPPED', 'the call is over'))
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, failed) => {
    const stop = () => failed(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(done, failed).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Sends the request over a connection of its own. */
function exchange(
  { method, url, headers, body, reads }: OutgoingCall,
  addresses: readonly LookupAddress[],
  limits: CallLimits,
  ending: AbortController,
): Promise<CallAnswer> {
  const phase = new Phase(ending)
  const { host } = url
  return new Promise<CallAnswer>((done, failed) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const sent: ClientRequest = send(url, { method, headers, agent: false, lookup: judged(addresses) })
    ending.signal.addEventListener('abort', () => sent.destroy())
    phase.wait(
      limits.connect,
      () => new CallFault('CONNECT_TIMEOUT', `${host} took no connection in ${limits.connect} ms`),
    )
    const connected = () =>
      phase.wait(
        limits.headers,
        () => new CallFault('ANSWER_TIMEOUT', `${host} gave no answer in ${limits.headers} ms`),
      )
    sent.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected))
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy()
      failed(new CallFault('ANSWER_MALFORMED', `${host} wants to speak another protocol`))
    })
    sent.on('error', failed)
    sent.on('response', (answer) => {
      phase.over()
      const status = answer.statusCode ?? 0
      // The answer to HEAD tells of a body and has none (RFC 9110 §9.3.2).
      const isRead = method !== 'HEAD' && reads(status)
      const read = isRead ? readBody(answer, limits.bytes, host) : Promise.resolve(Buffer.alloc(0))
      read.then((bytes) => done({ status, headers: joined(answer.headers), body: bytes }), failed)
    })
    sent.end(body ?? undefined)
  }).finally(() => phase.over())
}

/** The one thing a call waits for now. */
class Phase {
  readonly #ending: AbortController
  #timer: NodeJS.Timeout | null = null

  constructor(ending: AbortController) {
    this.#ending = ending
  }

  wait(milliseconds: number, fault: () => CallFault): void {
    this.over()
    this.#timer = setTimeout(() => this.#ending.abort(fault()), milliseconds)
  }

  over(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** Gives the addresses that were judged, whatever the name says by now. */
function judged(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, done) => {
    if (options.all) done(null, [...addresses])
    else done(null, addresses[0]!.address, addresses[0]!.family)
  }
}

async function readBody(answer: IncomingMessage, limit: number, host: string): Promise<Buffer> {
  const tooLarge = () => new CallFault('ANSWER_TOO_LARGE', `${host} answered with more than ${limit} bytes`)
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw new CallFault('ANSWER_ENCODED', `${host} compressed an answer that was not to be`)
  if (Number(answer.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const truncated = () => new CallFault('ANSWER_TRUNCATED', `${host} cut its answer off`)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof CallFault ? error : truncated()
  }
  if (!answer.complete) throw truncated()
  return Buffer.concat(chunks)
}

const joined = (headers: IncomingMessage['headers']): CallAnswer['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
