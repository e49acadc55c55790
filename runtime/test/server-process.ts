import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A command of `bihuan` in a process of its own. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** What follows `start` on the first line that begins so; null when the process ends before. */
  printed(start: string): Promise<string | null>
}

const running = new Set<ChildProcess>()

/** Ends what a test that failed has left running. */
export function killAll(): void {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  running.clear()
}

/** Runs `bihuan` on a data folder. */
export function run(
  data: string,
  words: readonly string[],
  environment: { readonly [name: string]: string } = {},
): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, BIHUAN_DATA: data, BIHUAN_DISK_LOW: '0', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code, signal) => done({ code, signal, out, err }))
  })
  const printed = (start: string) =>
    new Promise<string | null>((done) => {
      const look = () => {
        const line = out.split('\n').find((one) => one.startsWith(start))
        if (line) done(line.slice(start.length).trim())
      }
      look()
      child.stdout.on('data', look)
      child.on('close', () => done(null))
    })
  return { child, ended, printed }
}

/** A server that listens, and a client that may do everything. */
export interface ServerProcess extends Running {
  readonly address: string
  request(method: string, path: string, body?: unknown, key?: string): Promise<Response>
}

/** Starts a server on a data folder. Throws with what it printed when it does not come up. */
export async function serve(
  data: string,
  authorization: string,
  environment: { readonly [name: string]: string } = {},
): Promise<ServerProcess> {
  const begun = run(data, [], environment)
  const address = await begun.printed('Bihuan listens on ')
  if (address === null) throw new Error(`Expected the server to listen, but it printed ${(await begun.ended).err}`)
  return {
    ...begun,
    address,
    request: (method, path, body, key) =>
      fetch(`${address}${path}`, {
        method,
        headers: {
          authorization,
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      }),
  }
}

/** Makes a client of a data folder; gives what it signs in with. */
export async function addClient(data: string): Promise<string> {
  const { out, err } = await run(data, ['client', 'add', 'tests', '--json']).ended
  if (out === '') throw new Error(err)
  const { id, secret } = JSON.parse(out) as { readonly id: string; readonly secret: string }
  return `Bearer ${id}.${secret}`
}

export const makeDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'bihuan-process-'))
export const removeDataFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
