import { Rejection } from '@bihuan/engine'
import { readJson } from './json-body.ts'
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
  const header = request.headers.get('content-type') ?? ''
  const type = header.split(';')[0]!.trim().toLowerCase()
  if (input === 'multipart') {
    if (type !== 'multipart/form-data') throw new Rejection('BODY_UNREADABLE', { why: 'not multipart/form-data' })
    const bytes = await readBytes(request.body, limit)
    try {
      return await new Response(bytes, { headers: { 'content-type': header } }).formData()
    } catch {
      throw new Rejection('BODY_UNREADABLE', { why: 'not multipart/form-data' })
    }
  }
  if (bodyOptional && type === '' && request.body === null) return {}
  if (type !== 'application/json') throw new Rejection('BODY_UNREADABLE', { why: 'not application/json' })
  const bytes = await readBytes(request.body, limit)
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw new Rejection('BODY_UNREADABLE', { why: 'not UTF-8' })
  }
  if (bodyOptional && text === '') return {}
  const value = readJson(text)
  checkShape(input, value)
  return value
}

/** All bytes of a stream, at most `limit`; more is `BODY_TOO_LARGE`, told before the rest is read. */
async function readBytes(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (stream === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > limit) throw new Rejection('BODY_TOO_LARGE', { limit })
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Rejection) throw error
    throw new Rejection('BODY_UNREADABLE', { why: 'cut off' })
  }
  return new Uint8Array(Buffer.concat(chunks))
}
