import { zipSync } from 'fflate'
import type { Random } from '../faults/random.ts'
import { resources } from './world.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const bytes = (text: string) => Buffer.from(text)

/** Contents that are sent as files: a good one, those that pretend, those that are broken. */
const contents: readonly Buffer[] = [
  png,
  Buffer.alloc(0),
  bytes('MZ\u0090\0\u0003 a program'),
  bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  Buffer.concat([png, bytes('PK\u0003\u0004<script>1</script>')]),
  png.subarray(0, 20),
  bytes('%PDF-1.7 but no more'),
  Buffer.from(zipSync({ 'a.txt': bytes('x') })),
  Buffer.from(zipSync({ '../../x': bytes('x'), 'package.yaml': bytes('id: x\n') })),
  bytes(resources[0]!.text),
  bytes(resources[2]!.text),
  bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  Buffer.alloc(300_000, 0x20),
]

const fileNames: readonly string[] = [
  'a.png',
  'a.pdf',
  'a.docx',
  'petition.bpmn',
  'petition.form',
  'a.zip',
  '../../x.png',
  'a\0.png',
  'cod\u202egnp.exe',
  `${'长'.repeat(400)}.png`,
  'CON',
  '',
  '.',
  "a'b%22c.png",
]

/** A multipart body with the boundary it names: well formed, or with one thing wrong about it. */
export function multipart(random: Random): { readonly type: string; readonly content: Buffer } {
  const boundary = random.chance(0.9) ? 'boundary' : random.pick(['', ' ', 'x'.repeat(71), 'a"b'])!
  const parts = Array.from({ length: random.weighted({ 1: 8, 2: 1, 0: 1 }) === '2' ? 2 : 1 }, () => onePart(random))
  const whole = [
    ...parts.flatMap((part) => [bytes(`--${boundary}\r\n`), part, bytes('\r\n')]),
    bytes(random.chance(0.95) ? `--${boundary}--\r\n` : `--${boundary}`),
  ]
  const content = Buffer.concat(whole)
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    content: random.chance(0.9) ? content : content.subarray(0, random.between(0, content.length)),
  }
}

function onePart(random: Random): Buffer {
  const name = random.pick(['file', 'file', 'resources', 'resources', 'tenantId', 'x', '', '__proto__'])!
  const fileName = random.pick(fileNames)!
  const disposition = random.weighted({ file: 9, plain: 1, star: 1, none: 1 })
  const head = {
    file: `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n`,
    plain: `Content-Disposition: form-data; name="${name}"\r\n`,
    star: `Content-Disposition: form-data; name="${name}"; filename*=UTF-8''%2e%2e%2fx\r\n`,
    none: 'Content-Type: image/png\r\n',
  }[disposition]
  const more = random.chance(0.05) ? `X-Long: ${'x'.repeat(10_000)}\r\n` : ''
  return Buffer.concat([bytes(`${head}${more}\r\n`), random.pick(contents)!])
}
