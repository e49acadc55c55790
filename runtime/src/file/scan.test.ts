import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeScan, readScanSettings } from './scan.ts'

const BAD = 'a bad word'
let folder: string
let clean: string
let bad: string
let large: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-scan-'))
  clean = join(folder, 'clean')
  bad = join(folder, 'bad')
  large = join(folder, 'large')
  await writeFile(clean, 'nothing to see')
  await writeFile(bad, `x${BAD}x`)
  await writeFile(large, Buffer.concat([Buffer.alloc(3_000_000), Buffer.from(BAD)]))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What clamd does with a stream: reads chunks up to the empty one, then says what it found. */
function clamd(say: (content: Buffer) => string): Promise<{ server: Server; path: string }> {
  const path = join(folder, `clamd-${Math.random().toString(16).slice(2)}`)
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      const parts: Buffer[] = []
      for (let at = 'zINSTREAM\0'.length; at + 4 <= bytes.length; ) {
        const length = bytes.readUInt32BE(at)
        if (length === 0) return void socket.end(say(Buffer.concat(parts)))
        parts.push(bytes.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
  return new Promise((resolve) => server.listen(path, () => resolve({ server, path })))
}

async function program(script: string): Promise<string> {
  const path = join(folder, `scan-${Math.random().toString(16).slice(2)}`)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o700)
  return path
}

test('I13 clamd is given the whole file and its word is taken', async () => {
  const { server, path } = await clamd((content) =>
    content.includes(BAD) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0',
  )
  const scan = makeScan({ kind: 'clamd', at: { path } })
  expect(await scan(clean)).toBe('clean')
  expect(await scan(bad)).toBe('infected')
  expect(await scan(large)).toBe('infected')
  server.close()
})

test.each(['INSTREAM size limit exceeded. ERROR\0', '', 'stream: OK and more', 'stream: a.b ERROR\0'])(
  'I13 a clamd that says "%s" has judged nothing',
  async (reply) => {
    const { server, path } = await clamd(() => reply)
    await expect(makeScan({ kind: 'clamd', at: { path } })(clean)).rejects.toThrow('Expected clamd')
    server.close()
  },
)

test('I13 a clamd that is away, or never answers, has judged nothing', async () => {
  await expect(makeScan({ kind: 'clamd', at: { path: join(folder, 'none') } })(clean)).rejects.toThrow('ENOENT')
  const silent = createServer((socket) => socket.resume())
  const path = join(folder, 'silent')
  await new Promise<void>((resolve) => silent.listen(path, resolve))
  await expect(makeScan({ kind: 'clamd', at: { path } }, 50)(clean)).rejects.toThrow('in time')
  silent.close()
})

test('I13 a program judges by how it ends', async () => {
  const scan = makeScan({ kind: 'program', path: await program(`! grep -q '${BAD}' "$1"`) })
  expect(await scan(clean)).toBe('clean')
  expect(await scan(bad)).toBe('infected')
  const broken = makeScan({ kind: 'program', path: await program('exit 2') })
  await expect(broken(clean)).rejects.toThrow('ended with 2')
  const slow = makeScan({ kind: 'program', path: await program('exec sleep 30') }, 50)
  await expect(slow(clean)).rejects.toThrow('SIGKILL')
  await expect(makeScan({ kind: 'program', path: join(folder, 'none') })(clean)).rejects.toThrow('ENOENT')
})

test('settings of the scan', () => {
  expect(readScanSettings('/usr/bin/clamdscan')).toEqual({ kind: 'program', path: '/usr/bin/clamdscan' })
  expect(readScanSettings('clamd:/run/clamd.ctl')).toEqual({ kind: 'clamd', at: { path: '/run/clamd.ctl' } })
  expect(readScanSettings('clamd:[::1]:3310')).toEqual({ kind: 'clamd', at: { host: '::1', port: 3310 } })
  for (const text of ['clamdscan', 'clamd:', 'clamd:host', 'clamd:host:99999', 'sh -c x', 'http://x'])
    expect(readScanSettings(text), text).toBeNull()
})
