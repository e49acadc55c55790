import { Rejection } from '@bihuan/engine'
import { unreadable } from '../contract/fault.ts'
import { readJson } from './json-body.ts'
import { readMultipart } from './multipart.ts'
import type { Route } from './route.ts'
import { checkShape } from './schema-check.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads the body a route declares. JSON must say that it is JSON (a plain form of another site cannot), be UTF-8 and
 * fit the shape. Throws `BODY_UNREADABLE`, `BODY_TOO_LARGE`, `BODY_INVALID`.
 */
export async function readBody(
  request: Request,
  { input, limit, bodyOptional }: Pick<Route, 'input' | 'limit' | 'bodyOptional'>,
): Promise<unknown> {
  if (input === null) return null
  const { headers } = request
  const header = headers.get('content-type') ?? ''
  const type = header.split(';')[0]!.trim().toLowerCase()
  // What says that it is too large is refused before any of it is read.
  if (Number(headers.get('content-length')) > limit) throw new Rejection('BODY_TOO_LARGE', { limit })
  if (input === 'multipart' || input === 'upload') {
    if (type !== 'multipart/form-data') throw unreadable('notMultipart')
    if (input === 'upload') return readMultipart(bounded(request.body, limit), header)
    const bytes = await readBytes(request.body, limit)
    try {
      return await new Response(bytes, { headers: { 'content-type': header } }).formData()
    } catch {
      throw unreadable('notMultipart')
    }
  }
  // Who signs what he sends signs the bytes.
  if (input === 'bytes') return readBytes(request.body, limit)
  if (bodyOptional && type !== 'application/json') {
    // Clients that send nothing name any type, or none.
    if ((await readBytes(request.body, limit)).byteLength === 0) return {}
    throw unreadable('notJsonType')
  }
  if (type !== 'application/json') throw unreadable('notJsonType')
  const bytes = await readWhole(request, limit)
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw unreadable('notUtf8')
  }
  if (bodyOptional && text === '') return {}
  const value = readJson(text)
  checkShape(input, value)
  return value
}

/** The bytes of a stream as they come; one more than `limit` is `BODY_TOO_LARGE`. */
async function* bounded(stream: ReadableStream<Uint8Array> | null, limit: number): AsyncGenerator<Uint8Array> {
  if (stream === null) return
  let size = 0
  try {
    for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > limit) throw new Rejection('BODY_TOO_LARGE', { limit })
      yield chunk
    }
  } catch (error) {
    throw error instanceof Rejection ? error : unreadable('cutOff')
  }
}

/**
 * The same of a body that has said how long it is, read at once: a stream of its own costs as much as all else about a
 * small request.
 */
async function readWhole(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^\d+$/.test(request.headers.get('content-length') ?? '')) return readBytes(request.body, limit)
  let bytes: ArrayBuffer
  try {
    bytes = await request.arrayBuffer()
  } catch {
    throw unreadable('cutOff')
  }
  if (bytes.byteLength > limit) throw new Rejection('BODY_TOO_LARGE', { limit })
  return new Uint8Array(bytes)
}

async function readBytes(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bounded(stream, limit)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
