import { connect, type Socket } from 'node:net'

/** What came back on a connection; null when it was cut off before. */
export type RawAnswer = { readonly status: number; readonly headers: ReadonlyMap<string, string> } | null

/** A request as its bytes. */
export function rawRequest(
  method: string,
  path: string,
  headers: { readonly [name: string]: string } = {},
  body?: unknown,
): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = {
    host: 'localhost',
    ...headers,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`
}

/** One connection of a client without any manners: it sends when it wants to, and reads when it is told to. */
export class RawClient {
  readonly socket: Socket
  #text = ''
  #isClosed = false
  #onNews: () => void = () => {}

  constructor(address: string) {
    this.socket = connect(Number(new URL(address).port), '127.0.0.1')
    this.socket.setEncoding('latin1')
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk: string) => {
      this.#text += chunk
      this.#onNews()
    })
    this.socket.on('close', () => {
      this.#isClosed = true
      this.#onNews()
    })
  }

  /** Sends a request and waits for its whole answer. One at a time. */
  async ask(request: string): Promise<RawAnswer> {
    this.socket.write(request)
    for (;;) {
      const answer = this.#take()
      if (answer !== undefined) return answer
      if (this.#isClosed) return null
      await this.#news()
    }
  }

  /** Sends a request and reads no more than the head of its answer. */
  async head(request: string): Promise<RawAnswer> {
    this.socket.write(request)
    while (!this.#text.includes('\r\n\r\n') && !this.#isClosed) await this.#news()
    this.socket.pause()
    return this.#head()
  }

  #news(): Promise<void> {
    return new Promise((done) => {
      this.#onNews = done
    })
  }

  #head(): RawAnswer {
    const end = this.#text.indexOf('\r\n\r\n')
    if (end < 0) return null
    const [first = '', ...lines] = this.#text.slice(0, end).split('\r\n')
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
    return { status: Number(first.split(' ')[1]), headers: new Map(headers) }
  }

  /** The next answer in what has come; undefined while it is not whole. */
  #take(): RawAnswer | undefined {
    const head = this.#head()
    if (head === null) return undefined
    const { headers } = head
    const from = this.#text.indexOf('\r\n\r\n') + 4
    const length = headers.get('content-length')
    const last = length === undefined ? this.#text.indexOf('0\r\n\r\n', from) + 5 : from + Number(length)
    if (headers.get('transfer-encoding') === 'chunked' && last < from + 5) return undefined
    if (this.#text.length < last) return undefined
    this.#text = this.#text.slice(last)
    return head
  }
}
