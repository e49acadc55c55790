import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { connect, type NetConnectOpts } from 'node:net'
import { isAbsolute } from 'node:path'
import type { Readable } from 'node:stream'

/** What judges files before they are kept. */
export type ScanSettings =
  /** A program that is given the path of the file: it ends with 0 for a clean one and 1 for one with malware, as clamdscan does. */
  | { readonly kind: 'program'; readonly path: string }
  /** A clamd that listens on a socket or port, asked by its INSTREAM command. */
  | { readonly kind: 'clamd'; readonly at: NetConnectOpts }

/** Whether a file may be kept. */
export type Verdict = 'clean' | 'infected'

/** Judges the file at a path. Throws when it cannot be judged: such a file is not kept either. */
export type Scan = (path: string) => Promise<Verdict>

const WITHIN_MS = 60_000
const CHUNK_BYTES = 64 * 1024
const MOST_REPLY = 4096

/**
 * Reads `/path/of/a/program`, `clamd:/path/of/its/socket` or `clamd:host:port`; null when it is none of them. A program
 * is run as it is, without a shell and without further arguments.
 */
export function readScanSettings(text: string): ScanSettings | null {
  if (isAbsolute(text)) return { kind: 'program', path: text }
  const at = /^clamd:(.+)$/.exec(text)?.[1]
  if (at === undefined) return null
  if (isAbsolute(at)) return { kind: 'clamd', at: { path: at } }
  const [, host, port] = /^([^\s:]+|\[[0-9A-Fa-f:]+\]):([1-9][0-9]{0,4})$/.exec(at) ?? []
  if (host === undefined || Number(port) > 65535) return null
  return { kind: 'clamd', at: { host: host.replace(/^\[|\]$/g, ''), port: Number(port) } }
}

/** The scan that settings name; `within` are the milliseconds it may take. */
export function makeScan(settings: ScanSettings, within = WITHIN_MS): Scan {
  return settings.kind === 'program'
    ? (path) => byProgram(settings.path, path, within)
    : (path) => byClamd(settings.at, createReadStream(path, { highWaterMark: CHUNK_BYTES }), within)
}

/** The same scan, with what keeps it from judging told to `report` before it is thrown on. */
export const reported =
  (scan: Scan, report: (error: Error) => void): Scan =>
  async (path) => {
    try {
      return await scan(path)
    } catch (error) {
      report(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }

function byProgram(program: string, path: string, within: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [path], { stdio: 'ignore', timeout: within, killSignal: 'SIGKILL' })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (code === 0) resolve('clean')
      else if (code === 1) resolve('infected')
      else reject(new Error(`Expected the scan to end with 0 or 1, but it ended with ${code ?? signal}`))
    })
  })
}

/** clamd(8), INSTREAM: chunks after their length in four bytes, a length of 0 at the end; `OK` or `FOUND` comes back. */
function byClamd(at: NetConnectOpts, content: Readable, within: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const socket = connect(at)
    let reply = ''
    const end = (done: () => void) => {
      content.destroy()
      socket.destroy()
      done()
    }
    const failed = (error: Error) => end(() => reject(error))
    socket.setTimeout(within, () => failed(new Error('Expected clamd to answer in time, but it did not')))
    socket.once('error', failed)
    content.once('error', failed)
    socket.on('data', (chunk) => {
      reply = (reply + chunk).slice(0, MOST_REPLY)
    })
    socket.once('close', () => {
      if (/^stream: OK\0?$/.test(reply)) resolve('clean')
      else if (/^stream: .* FOUND\0?$/s.test(reply)) resolve('infected')
      else reject(new Error('Expected clamd to say OK or FOUND, but it said something else'))
    })
    socket.once('connect', async () => {
      try {
        socket.write('zINSTREAM\0')
        for await (const chunk of content) await send(socket, framed(chunk as Buffer))
        await send(socket, Buffer.alloc(4))
      } catch (error) {
        // clamd may answer and hang up before it has read all: what it said counts.
        if (reply === '') failed(error as Error)
      }
    })
  })
}

function framed(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length)
  return Buffer.concat([length, chunk])
}

const send = (socket: NodeJS.WritableStream, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())))
