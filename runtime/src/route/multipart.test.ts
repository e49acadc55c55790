import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMultipart } from './multipart.ts'

const inChunks = async function* (bytes: Buffer, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function readAll(bytes: Buffer, size: number, type: string) {
  const parts: { name: string; fileName: string | null; content: Buffer }[] = []
  for await (const { name, fileName, content } of readMultipart(inChunks(bytes, size), type)) {
    const chunks: Uint8Array[] = []
    for await (const chunk of content) chunks.push(Buffer.from(chunk))
    parts.push({ name, fileName, content: Buffer.concat(chunks) })
  }
  return parts
}

test('what a browser sends is read back, however it comes in chunks', async () => {
  const bytesLikeABoundary = fc
    .array(fc.constantFrom('\r', '\n', '-', '--', 'x', '\r\n--', '\0', 'boundary'), { maxLength: 40 })
    .map((pieces) => Buffer.from(pieces.join('')))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ content: bytesLikeABoundary, name: fc.constantFrom('a.png', '照片 1.jpg', 'a"b.pdf') }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.integer({ min: 1, max: 64 }),
      async (files, size) => {
        const form = new FormData()
        for (const one of files) form.append('file', new File([one.content], one.name))
        const sent = new Response(form)
        const type = sent.headers.get('content-type')!
        const parts = await readAll(Buffer.from(await sent.arrayBuffer()), size, type)
        expect(parts).toEqual(files.map((one) => ({ name: 'file', fileName: one.name, content: one.content })))
      },
    ),
    { numRuns: 300 },
  )
})

test('what is no multipart body, or ends too soon, is refused', async () => {
  const type = 'multipart/form-data; boundary=x'
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
  const bodies = [
    '',
    'x',
    '--x',
    '--x\r\n',
    `${head}abc`,
    `${head}abc\r\n--x`,
    '--x\r\nContent-Type: a/b\r\n\r\nx\r\n--x--',
  ]
  for (const body of [...bodies, `--x\r\n${'a'.repeat(9000)}\r\n\r\n\r\n--x--`])
    await expect(readAll(Buffer.from(body), 7, type), body.slice(0, 40)).rejects.toThrow()
  for (const bad of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
  ])
    await expect(readAll(Buffer.from(head), 7, bad)).rejects.toThrow()
})

test('a part that is not read is passed over', async () => {
  const form = new FormData()
  form.append('a', 'x'.repeat(1000))
  form.append('b', 'y')
  const sent = new Response(form)
  const names: string[] = []
  const body = inChunks(Buffer.from(await sent.arrayBuffer()), 10)
  for await (const { name } of readMultipart(body, sent.headers.get('content-type')!)) names.push(name)
  expect(names).toEqual(['a', 'b'])
})
