import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const CHILD = fileURLToPath(new URL('./server-main.ts', import.meta.url))
const KEPT_OUTPUT = 20_000

/** How long the event loop was held up, in milliseconds, and what all of it cost. */
export interface Lag {
  readonly p999: number
  readonly most: number
  readonly cpuSeconds: number
}

/** A server process that is started again whenever it ends, and counts how often that was. */
export class Server {
  readonly #dataFolder: string
  readonly #onRestart: (output: string) => void
  #process: ChildProcess | null = null
  #output = ''
  #isClosing = false
  #listening: Promise<number> = Promise.resolve(0)
  #line = ''
  restarts = 0
  /** Lines of the log that are no event: what was sent has been taken for a line (I18). */
  readonly forged: string[] = []

  constructor(dataFolder: string, onRestart: (output: string) => void) {
    this.#dataFolder = dataFolder
    this.#onRestart = onRestart
    this.#start()
  }

  /** The port it listens on, once it does. Throws when it does not come up. */
  port(): Promise<number> {
    return this.#listening
  }

  /** What it has printed since it was started, its end. */
  get output(): string {
    return this.#output
  }

  lag(): Promise<Lag> {
    return new Promise((resolve) => {
      this.#process?.once('message', (lag) => resolve(lag as Lag))
      this.#process?.send({})
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    const child = this.#process
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  #read(text: Buffer): void {
    const lines = (this.#line + text).split('\n')
    this.#line = lines.pop()!
    this.forged.push(...lines.filter((line) => !isEvent(line)))
  }

  #start(): void {
    this.#output = ''
    this.#line = ''
    const child = spawn(process.execPath, ['--import', TSX, CHILD], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        BIHUAN_DATA: this.#dataFolder,
        BIHUAN_DISK_LOW: '0',
        // Behind a proxy: each request says where it came from, so that no limit by address stands before what is tried.
        BIHUAN_PUBLIC_URL: 'http://bihuan.test',
        PORT: '0',
      },
    })
    this.#process = child
    this.#listening = new Promise((resolve, reject) => {
      const keep = (text: Buffer) => {
        this.#output = (this.#output + text).slice(-KEPT_OUTPUT)
        const port = /listens on http:\/\/[^\s]+:(\d+)/.exec(this.#output)?.[1]
        if (port !== undefined) resolve(Number(port))
      }
      child.stdout?.on('data', keep)
      child.stderr?.on('data', (text: Buffer) => {
        keep(text)
        this.#read(text)
      })
      child.once('exit', () => {
        reject(new Error(`Expected the server to listen, but it ended:\n${this.#output}`))
        if (this.#isClosing) return
        this.restarts += 1
        this.#onRestart(this.#output)
        this.#start()
      })
    })
    this.#listening.catch(() => {})
  }
}

/** Whether a line is an event of the log as it writes them, printable from end to end. */
function isEvent(line: string): boolean {
  try {
    const { level, time } = JSON.parse(line) as { level?: number; time?: number }
    return typeof level === 'number' && typeof time === 'number' && !/[\p{Cc}\p{Cf}]/u.test(line)
  } catch {
    return false
  }
}
