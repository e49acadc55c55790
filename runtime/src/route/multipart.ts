import { unreadable } from '../contract/fault.ts'

const MAX_HEADER_BYTES = 8 * 1024

/** One part of a multipart body. Its content must be read before the next part is asked for. */
export interface Part {
  readonly name: string
  /** Null for a plain field. */
  readonly fileName: string | null
  readonly content: AsyncIterable<Uint8Array>
}

const CRLF = Buffer.from('\r\n')
const HEADERS_END = Buffer.from('\r\n\r\n')

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it comes: never more of it in memory than a chunk and a delimiter.
 * Throws `BODY_UNREADABLE`.
 */
export async function* readMultipart(stream: AsyncIterable<Uint8Array>, contentType: string): AsyncGenerator<Part> {
  const boundary = boundaryOf(contentType)
  // The first boundary may open the body; every other begins a line.
  const input = new Input(stream, CRLF)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  for await (const _preamble of input.until(delimiter));
  for (;;) {
    const end = await input.take(2)
    if (end.toString('latin1') === '--') return
    if (!end.equals(CRLF)) throw unreadable('notMultipart')
    const { name, fileName } = readHeaders(await input.line(HEADERS_END))
    let isRead = false
    const content = input.until(delimiter)
    yield {
      name,
      fileName,
      content: (async function* () {
        for await (const chunk of content) yield chunk
        isRead = true
      })(),
    }
    if (!isRead) for await (const _rest of content);
  }
}

/** What has come of a stream and is not taken yet. */
class Input {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Buffer

  constructor(stream: AsyncIterable<Uint8Array>, before: Buffer) {
    this.#source = stream[Symbol.asyncIterator]()
    this.#rest = before
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#source.next()
    if (done) throw unreadable('cutOff')
    this.#rest = this.#rest.length === 0 ? Buffer.from(value) : Buffer.concat([this.#rest, value])
  }

  /** Bytes up to a mark, in chunks; the mark itself is taken. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#rest.indexOf(mark)
      const safe = at >= 0 ? at : this.#rest.length - mark.length + 1
      if (safe > 0) {
        const chunk = this.#rest.subarray(0, safe)
        this.#rest = this.#rest.subarray(safe)
        yield chunk
      }
      if (at >= 0) {
        this.#rest = this.#rest.subarray(mark.length)
        return
      }
      await this.#more()
    }
  }

  async take(length: number): Promise<Buffer> {
    while (this.#rest.length < length) await this.#more()
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return taken
  }

  /** Text up to a mark, within the bound of headers. */
  async line(mark: Buffer): Promise<string> {
    while (this.#rest.indexOf(mark) < 0) {
      if (this.#rest.length > MAX_HEADER_BYTES) throw unreadable('notMultipart')
      await this.#more()
    }
    const at = this.#rest.indexOf(mark)
    if (at > MAX_HEADER_BYTES) throw unreadable('notMultipart')
    const text = this.#rest.subarray(0, at).toString('utf8')
    this.#rest = this.#rest.subarray(at + mark.length)
    return text
  }
}

/** RFC 2046 §5.1.1: 1 to 70 characters. */
function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw unreadable('notMultipart')
  return boundary
}

function readHeaders(text: string): { readonly name: string; readonly fileName: string | null } {
  const disposition = text
    .split('\r\n')
    .map((line) => /^content-disposition:\s*form-data\s*(;.*)$/i.exec(line)?.[1])
    .find((found) => found !== undefined)
  const name = disposition === undefined ? null : parameter(disposition, 'name')
  if (disposition === undefined || name === null) throw unreadable('notMultipart')
  return { name, fileName: parameter(disposition, 'filename') }
}

/** A parameter of a content disposition; browsers write a quote and line ends in it as `%22`, `%0D` and `%0A`. */
function parameter(disposition: string, wanted: string): string | null {
  for (const [, name, quoted, plain] of disposition.matchAll(/;\s*([\w*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g)) {
    if (name?.toLowerCase() !== wanted) continue
    return (quoted ?? plain ?? '').replace(/%22/gi, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n')
  }
  return null
}
