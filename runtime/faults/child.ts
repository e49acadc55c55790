import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { News, Order, Setup } from './child-protocol.ts'

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const CHILD = fileURLToPath(new URL('./child-main.ts', import.meta.url))
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const MOST_OUTPUT = 20_000

/** How a process ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A server in a process of its own. */
export class Child {
  readonly #process: ChildProcess
  /** Resolves when the process is gone. */
  readonly ended: Promise<Ended>
  /** Resolves when all it has printed is read, too. */
  readonly closed: Promise<void>
  /** Resolves when an attackable one has loaded its modules, or is gone. */
  readonly ready: Promise<void>
  #output = ''
  #isOver = false

  private constructor(process: ChildProcess) {
    this.#process = process
    this.ended = new Promise((resolve) => {
      process.once('exit', (code, signal) => {
        this.#isOver = true
        resolve({ code, signal })
      })
    })
    this.closed = new Promise((resolve) => process.once('close', () => resolve()))
    this.ready = new Promise((resolve) => {
      process.once('message', () => resolve())
      void this.ended.then(() => resolve())
    })
    const keep = (text: Buffer) => {
      if (this.#output.length < MOST_OUTPUT) this.#output += text
    }
    process.stdout?.on('data', keep)
    process.stderr?.on('data', keep)
  }

  /**
   * A process that has loaded the server and waits for `open`. `before` are words that run it: a tracer that stays
   * beside it, so that its process id is the server's.
   */
  static attackable(before: readonly string[] = []): Child {
    return new Child(
      spawn(before[0] ?? process.execPath, [...wordsAfter(before), '--import', TSX, CHILD], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: plainEnvironment(),
      }),
    )
  }

  /** `npm start` without its preparations: the real entry, told by its environment alone. */
  static plain(
    dataFolder: string,
    before: readonly string[] = [],
    more: { readonly [name: string]: string } = {},
  ): Child {
    return new Child(
      spawn(before[0] ?? process.execPath, [...wordsAfter(before), '--import', TSX, MAIN], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...plainEnvironment(), BIHUAN_DATA: dataFolder, PORT: '0', ...more },
      }),
    )
  }

  /** `npx bihuan` with these words, on the data of a server that may be running. */
  static command(dataFolder: string, words: readonly string[]): Child {
    return new Child(
      spawn(process.execPath, ['--import', TSX, MAIN, ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...plainEnvironment(), BIHUAN_DATA: dataFolder },
      }),
    )
  }

  get pid(): number {
    return this.#process.pid!
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output
  }

  /** Opens the server of an attackable process; gives its address. Throws when it ends instead. */
  async open(setup: Setup): Promise<string> {
    const port = this.#news()
    this.tell({ order: 'open', setup })
    return `http://127.0.0.1:${await port}`
  }

  /** Address of a plain server, once it says that it listens. Throws when it ends instead. */
  async listening(): Promise<string> {
    const found = () => /listens on (http:\/\/\S+)/.exec(this.#output)?.[1]
    const address = await new Promise<string | undefined>((resolve) => {
      const look = () => found() !== undefined && resolve(found())
      this.#process.stdout?.on('data', look)
      void this.ended.then(() => resolve(undefined))
      look()
    })
    if (address === undefined) throw new Error(`Expected the server to start, but it ended:\n${this.#output}`)
    return address
  }

  tell(order: Order): void {
    if (!this.#isOver && this.#process.connected) this.#process.send(order, () => {})
  }

  signal(name: NodeJS.Signals): void {
    if (!this.#isOver) process.kill(this.pid, name)
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.ended
  }

  #news(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#process.on('message', (news: News) => {
        if (news.news === 'listening') resolve(news.port)
      })
      void this.ended.then(() => reject(new Error(`Expected the server to start, but it ended:\n${this.#output}`)))
    })
  }
}

/** The words of a command that come after its first, the server's own command last. */
const wordsAfter = (before: readonly string[]) => (before.length > 0 ? [...before.slice(1), process.execPath] : [])

/** The environment without what would set the server up in another way. */
function plainEnvironment(): { [name: string]: string | undefined } {
  const environment = { ...process.env }
  for (const name of Object.keys(environment))
    if (/^(BIHUAN_|PORT$|HOST$|NODE_ENV$|NODE_OPTIONS$|VITEST)/.test(name)) delete environment[name]
  return environment
}
