import { connect, type Socket } from 'node:net'
import { gunzipSync, inflateSync } from 'node:zlib'

/** What is sent to the server, byte by byte. */
export interface Sending {
  /** Sent one after another; the second and later ones after a pause. */
  readonly chunks: readonly Buffer[]
  /** Whether the line is cut after the last chunk, without waiting for an answer. */
  readonly isCut: boolean
  /** Whether the connection may have served a request before and may serve another. */
  readonly isKept: boolean
}

/** An answer of HTTP. */
interface Answered {
  readonly outcome: 'answered'
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** What came back. `cut`: nothing but the end of the connection. `late`: nothing in the time given. */
type Received = Answered | { readonly outcome: 'cut' } | { readonly outcome: 'late' }

/** The same with the milliseconds it took. */
export type Answer = Received & { readonly ms: number }

const PAUSE_MS = 20

/** A connection as a client of our own making has it: nothing is checked, nothing is mended. */
class Line {
  readonly #socket: Socket
  #bytes: Buffer[] = []
  #isOver = false
  #wake = () => {}

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk) => {
      this.#bytes.push(chunk)
      this.#wake()
    })
    this.#socket.on('close', () => {
      this.#isOver = true
      this.#wake()
    })
    this.#socket.on('error', () => {})
  }

  get isOver(): boolean {
    return this.#isOver
  }

  async send({ chunks }: Sending): Promise<void> {
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      if (this.#isOver) return
      await new Promise<void>((resolve) => this.#socket.write(chunk, () => resolve()))
    }
  }

  /** The next answer, whole. */
  async receive(isHead: boolean, within: number): Promise<Received> {
    const end = performance.now() + within
    for (;;) {
      const bytes = Buffer.concat(this.#bytes)
      const read = readAnswer(bytes, isHead, this.#isOver)
      if (read !== null) {
        this.#bytes = [bytes.subarray(read.length)]
        return read.answer
      }
      if (this.#isOver) return { outcome: 'cut' }
      const left = end - performance.now()
      if (left <= 0) return { outcome: 'late' }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** Sends requests over connections of its own; a few are kept for the next request. */
export class Wire {
  readonly #port: () => Promise<number>
  #idle: Line[] = []

  constructor(port: () => Promise<number>) {
    this.#port = port
  }

  async ask(sending: Sending, isHead: boolean, within: number): Promise<Answer> {
    const port = await this.#port()
    const begin = performance.now()
    const old = sending.isKept ? this.#takeIdle() : undefined
    const first = await this.#over(old ?? new Line(port), sending, isHead, within)
    // A kept connection may be closed at the moment it is used.
    const answer =
      old !== undefined && first.outcome === 'cut' ? await this.#over(new Line(port), sending, isHead, within) : first
    return { ...answer, ms: performance.now() - begin }
  }

  close(): void {
    for (const line of this.#idle.splice(0)) line.close()
  }

  #takeIdle(): Line | undefined {
    this.#idle = this.#idle.filter((line) => !line.isOver)
    return this.#idle.pop()
  }

  async #over(line: Line, sending: Sending, isHead: boolean, within: number): Promise<Received> {
    await line.send(sending)
    if (sending.isCut) {
      line.close()
      return { outcome: 'cut' }
    }
    const answer = await line.receive(isHead, within)
    if (sending.isKept && answer.outcome === 'answered' && isReusable(answer)) this.#idle.push(line)
    else line.close()
    return answer
  }
}

/** Whether the connection may serve another request: the answer had an end of its own. */
const isReusable = ({ headers }: Answered) =>
  (headers.has('content-length') || headers.has('transfer-encoding')) &&
  headers.get('connection') !== 'close' &&
  !isEvents(headers)

const isEvents = (headers: ReadonlyMap<string, string>) =>
  headers.get('content-type')?.startsWith('text/event-stream') ?? false

/** An answer at the beginning of these bytes, and how many are its; null while it is not all there. */
function readAnswer(bytes: Buffer, isHead: boolean, isOver: boolean): { answer: Answered; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0)
  const start = end + 4
  if (status >= 100 && status < 200) {
    const next = readAnswer(bytes.subarray(start), isHead, isOver)
    return next && { answer: next.answer, length: next.length + start }
  }
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const answered = (body: Buffer, length: number): { answer: Answered; length: number } => ({
    answer: { outcome: 'answered', status, headers, body: unpacked(body, headers.get('content-encoding')) },
    length,
  })
  if (isHead || status === 204 || status === 304 || isEvents(headers)) return answered(Buffer.alloc(0), start)
  if (headers.get('transfer-encoding') === 'chunked') {
    const body = readChunks(bytes, start)
    return body && answered(body.content, body.end)
  }
  const said = headers.get('content-length')
  if (said !== undefined) {
    const length = start + Number(said)
    return bytes.length < length ? null : answered(bytes.subarray(start, length), length)
  }
  return isOver ? answered(bytes.subarray(start), bytes.length) : null
}

function unpacked(body: Buffer, encoding: string | undefined): string {
  if (body.length === 0) return ''
  if (encoding === 'gzip') return gunzipSync(body).toString('utf8')
  return (encoding === 'deflate' ? inflateSync(body) : body).toString('utf8')
}

function readChunks(bytes: Buffer, start: number): { content: Buffer; end: number } | null {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return null
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return { content: Buffer.concat(parts), end: next }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
