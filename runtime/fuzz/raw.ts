import type { Random } from '../faults/random.ts'

/** HTTP that is none, or that two servers would read in two ways (RFC 9112 §11). `auth` are whole header lines. */
const shapes: { readonly [name: string]: (auth: string, random: Random) => readonly string[] } = {
  bothLengths: (auth) => [
    `POST /api/cases HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nDELETE /api/session HTTP/1.1\r\nHost: a\r\n${auth}\r\n`,
  ],
  twoLengths: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}`,
  ],
  hiddenChunked: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}`,
  ],
  chunkedTwice: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
  ],
  hugeChunk: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}`,
  ],
  badChunk: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  ],
  chunkExtension: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  ],
  negativeLength: (auth) => [`POST /api/cases HTTP/1.1\r\nHost: a\r\n${auth}Content-Length: -1\r\n\r\n`],
  hugeLength: (auth) => [
    `POST /api/cases HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nContent-Length: 999999999999999999999\r\n\r\n{}`,
  ],
  largeLength: (auth) => [
    `POST /api/cases HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}`,
  ],
  folded: (auth) => [`GET /api/health HTTP/1.1\r\nHost: a\r\n${auth}X-Long: a\r\n b\r\n\r\n`],
  bareLineFeeds: () => ['GET /api/health HTTP/1.1\nHost: a\n\n'],
  spaceBeforeColon: (auth) => [`GET /api/session HTTP/1.1\r\nHost : a\r\n${auth}\r\n`],
  splitHeader: (auth) => [
    `GET /api/session HTTP/1.1\r\nHost: a\r\n${auth}X-A: b\r\nSet-Cookie: bihuan=x\rX-C: d\r\n\r\n`,
  ],
  nulInHeader: (auth) => [`GET /api/session HTTP/1.1\r\nHost: a\r\n${auth}X-A: b\0c\r\n\r\n`],
  noHost: (auth) => [`GET /api/session HTTP/1.1\r\n${auth}\r\n`],
  twoHosts: (auth) => [`GET /api/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n${auth}\r\n`],
  emptyHost: (auth) => [`GET /api/session HTTP/1.1\r\nHost:\r\n${auth}\r\n`],
  badHost: (auth) => [`GET /api/session HTTP/1.1\r\nHost: a/../b?@\r\n${auth}\r\n`],
  bracketHost: (auth) => [`GET /api/session HTTP/1.1\r\nHost: [::1\r\n${auth}\r\n`],
  version: () => ['GET /api/health HTTP/9.9\r\nHost: a\r\n\r\n'],
  version09: () => ['GET /api/health\r\n\r\n'],
  preface: () => ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  upgrade: (auth) => [
    `GET /api/inbox/events HTTP/1.1\r\nHost: a\r\n${auth}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
  ],
  absolute: (auth) => [`GET http://elsewhere.example/api/session HTTP/1.1\r\nHost: a\r\n${auth}\r\n`],
  authority: () => ['CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n'],
  asterisk: () => ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
  backslash: (auth) => [`GET /api\\..\\..\\etc HTTP/1.1\r\nHost: a\r\n${auth}\r\n`],
  dots: (auth) => [`GET /../../../etc/passwd HTTP/1.1\r\nHost: a\r\n${auth}\r\n`],
  bytesInPath: (auth) => [`GET /api/\x80\xff\x01 HTTP/1.1\r\nHost: a\r\n${auth}\r\n`],
  longPath: (auth) => [`GET /api/${'x'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n${auth}\r\n`],
  manyHeaders: (auth) => [
    `GET /api/session HTTP/1.1\r\nHost: a\r\n${auth}${Array.from({ length: 3000 }, (_, i) => `X-${i}: y\r\n`).join('')}\r\n`,
  ],
  longHeader: (auth) => [`GET /api/session HTTP/1.1\r\nHost: a\r\n${auth}X-Long: ${'x'.repeat(40_000)}\r\n\r\n`],
  expect: (auth) => [
    `POST /v2/signals/broadcast HTTP/1.1\r\nHost: a\r\n${auth}Content-Type: application/json\r\nExpect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}`,
  ],
  gifts: (_, random) => [Array.from({ length: 300 }, () => String.fromCharCode(random.between(0, 255))).join('')],
  tls: () => ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(200, '\0')],
}

/** One of those shapes as bytes. */
export function brokenHttp(random: Random, auth: readonly (readonly [string, string])[]): readonly Buffer[] {
  const way = random.pick(Object.keys(shapes))!
  const lines = auth.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return shapes[way]!(lines, random).map((text) => Buffer.from(text, 'latin1'))
}
