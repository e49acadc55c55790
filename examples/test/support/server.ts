import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const START_MS = 60_000

/** The real server in a process of its own, on a database of its own, with demo people and a clock that can be pinned. */
export interface RunningServer {
  readonly address: string
  /** Folder of its database and files. */
  readonly data: string
  /** Password of a demo person, as printed at the first start. */
  password(username: string): string
  /** Pins its clock; answers when what became due is done. */
  setClock(at: number): Promise<void>
  /** `npx bihuan verify` on its database: exit code and what it printed. */
  verify(): { readonly code: number; readonly output: string }
  /** Ends it (`SIGKILL` for a crash) and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same data. */
  restart(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** @param settings more of its environment, such as `BIHUAN_RETENTION_DAYS` */
export async function startServer(settings: { readonly [name: string]: string } = {}): Promise<RunningServer> {
  const data = mkdtempSync(join(tmpdir(), 'bihuan-walk-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const environment = {
    ...process.env,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    BIHUAN_DATA: data,
    BIHUAN_DEMO: '1',
    BIHUAN_CLOCK: 'controllable',
    ...settings,
  }
  const entry = ['--import', 'tsx', join(root, 'runtime/src/main.ts')]
  let output = ''
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn(process.execPath, entry, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let ended = false
    child.on('exit', () => {
      ended = true
    })
    const heard = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the server did not start:\n${output}`)), START_MS)
      const hear = (chunk: Buffer) => {
        output += chunk.toString()
        if (!output.includes(`listens on ${address}`)) return
        clearTimeout(late)
        resolve()
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.on('exit', () => {
        clearTimeout(late)
        if (ended) reject(new Error(`the server ended:\n${output}`))
      })
    })
    await heard
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  const command = (words: readonly string[]) =>
    execFileSync(process.execPath, [...entry, ...words], { cwd: root, env: environment, encoding: 'utf8' })

  await start()
  const accounts = output
  const client = JSON.parse(command(['client', 'add', 'walk', '--json'])) as { id: string; secret: string }
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`

  return {
    address,
    data,
    password(username) {
      const found = new RegExp(`^  ${username} +(\\S+)`, 'm').exec(accounts)?.[1]
      if (!found) throw new Error(`no password was printed for ${username}`)
      return found
    },
    async setClock(at) {
      const answer = await fetch(`${address}/v2/clock`, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ timestamp: at }),
      })
      if (!answer.ok) throw new Error(`the clock was not set: ${answer.status} ${await answer.text()}`)
    },
    verify() {
      try {
        return { code: 0, output: command(['verify']) }
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
        return { code: status, output: stdout + stderr }
      }
    },
    stop,
    async restart() {
      output = ''
      await start()
    },
    async remove() {
      await stop('SIGKILL')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
