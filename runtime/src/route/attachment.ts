/** How a file is to be shown, and its name (RFC 6266: once in ASCII, once in UTF-8). */
export const disposition = (kind: 'inline' | 'attachment', name: string): string =>
  `${kind}; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"; filename*=UTF-8''${rfc5987(name)}`

/** Bytes to be kept under a name; never sniffed, never run. */
export function attachment(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): Response {
  // A separator of paths or a control character in a name is nothing a browser should be told.
  const safe = name.replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200)
  return new Response(bytes, {
    headers: {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'content-disposition': disposition('attachment', safe),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    },
  })
}

/** RFC 5987: `encodeURIComponent` leaves some signs that a header value may not hold bare. */
const rfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
