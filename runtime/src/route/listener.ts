import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ProblemCode, Rejection } from '@bihuan/engine'
import { RequestError, type ServerType } from '@hono/node-server'
import type { Logger } from 'pino'
import { languageOf } from './language.ts'
import { problemHeaders, problemJson, problemResponse, type Telling } from './problem-json.ts'

/** What the parser of HTTP says, and the problem it is; all else is a request that cannot be read. */
const problems: { readonly [code: string]: ProblemCode } = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'BODY_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TOO_SLOW',
}
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'

const TELLING: Telling = { language: languageOf(undefined), isCamunda: false, instance: null }

const told = (rejection: Rejection, language = TELLING.language): Response =>
  problemResponse(rejection, { ...TELLING, language })

/**
 * Answers to requests that no route gets to see. An address or host that is none is `REQUEST_UNREADABLE`; any other
 * error here is one of ours: it is logged by its place, never by its words.
 */
export function answerFault(log: Logger): (error: unknown) => Response {
  return (error) => {
    if (error instanceof RequestError) return told(new Rejection('REQUEST_UNREADABLE'))
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined }
    log.error({ name, stack: stack?.split('\n').slice(1, 8) }, 'unexpected')
    return told(new Rejection('UNEXPECTED'))
  }
}

/**
 * Has a listener refuse what is no request as it refuses all else (RFC 9457), where Node.js would give a bare status or
 * hang up: HTTP that cannot be read, tunnels, and expectations, which may be passed over (RFC 9110 §10.1.1).
 */
export function refuseBroken(http: ServerType): void {
  const server = http as Server
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    void write(socket, told(new Rejection(problems[error.code ?? ''] ?? 'REQUEST_UNREADABLE')))
  })
  server.on('connect', ({ headers }: IncomingMessage, socket: Duplex) => {
    const rejection = new Rejection('METHOD_NOT_ALLOWED', { method: 'CONNECT', allowed: METHODS })
    void write(socket, told(rejection, languageOf(headers['accept-language'])))
  })
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response)
  })
}

/** Refuses a request of HTTP/1.1 that names no host (RFC 9112 §3.2); older ones need not, and checks of health do not. */
export function hostNamed(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (request.headers.host !== undefined || request.httpVersion !== '1.1') return listener(request, response)
    const rejection = new Rejection('REQUEST_UNREADABLE')
    const telling = { ...TELLING, language: languageOf(request.headers['accept-language']) }
    response.writeHead(400, { ...problemHeaders(rejection, telling), connection: 'close' })
    response.end(JSON.stringify(problemJson(rejection, telling)))
  }
}

/** Writes an answer to a bare connection and ends it. */
async function write(socket: Duplex, answer: Response): Promise<void> {
  socket.on('error', () => socket.destroy())
  const body = Buffer.from(await answer.arrayBuffer())
  answer.headers.set('content-length', String(body.length))
  answer.headers.set('connection', 'close')
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines}\r\n`
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]), () => socket.destroy())
}
