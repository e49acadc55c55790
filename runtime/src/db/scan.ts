import { Worker } from 'node:worker_threads'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { bindable } from './libsql-connection.ts'
import { StorageError } from './storage-error.ts'
import type { Database } from './store.ts'

const THREAD = new URL('./scan-thread.mjs', import.meta.url)
/** Statements that wait at once, the most: each may take a second. */
const WAITING = 100
/** Rows of an answer, in MB; a page has a few. */
const MEMORY = 128

type Answer = { readonly rows: unknown[][] } | { readonly message: string; readonly code?: string }
type Waiting = (answer: Answer | StorageError) => void

/**
 * Runs statements that read on a thread and a connection of their own, one after the other: who asks waits for those before
 * him, and nobody else for any. The thread begins with the first statement.
 */
export class Scan {
  readonly #path: string
  #thread: Worker | null = null
  #waiting: Waiting[] = []
  /** drizzle over it. */
  readonly database: Database = drizzle(async (sql, parameters) => ({
    rows: await this.#rows(sql, parameters),
  })) as unknown as Database

  constructor(path: string) {
    this.#path = path
  }

  /** Throws `StorageError`: `QUEUE_FULL` when too many wait, another when the thread has ended. */
  async #rows(sql: string, parameters: unknown[]): Promise<unknown[][]> {
    if (this.#waiting.length >= WAITING) throw new StorageError('QUEUE_FULL', null)
    this.#thread ??= this.#begin()
    const thread = this.#thread
    const answer = await new Promise<Answer | StorageError>((done) => {
      thread.postMessage({ sql, parameters: bindable([...parameters]) })
      this.#waiting.push(done)
      thread.ref()
    })
    if (answer instanceof StorageError) throw answer
    if ('rows' in answer) return answer.rows
    throw Object.assign(new Error(answer.message), { code: answer.code })
  }

  #begin(): Worker {
    const thread = new Worker(THREAD, {
      workerData: { path: this.#path },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    })
    thread.on('message', (answer: Answer) => {
      this.#waiting.shift()?.(answer)
      if (this.#waiting.length === 0) thread.unref()
    })
    let cause: unknown = null
    thread.on('error', (error) => {
      cause = error
    })
    thread.on('exit', () => {
      if (this.#thread === thread) this.#end(new StorageError('UNKNOWN', cause))
    })
    return thread
  }

  /** Nobody waits for a thread that is gone; the next statement begins another. */
  #end(error: StorageError): void {
    const waiting = this.#waiting
    this.#thread = null
    this.#waiting = []
    for (const one of waiting) one(error)
  }

  /** Ends the thread; who still waits for it is told that it is gone. */
  async close(): Promise<void> {
    const thread = this.#thread
    if (!thread) return
    if (this.#waiting.length > 0) return void (await thread.terminate())
    const ended = new Promise((done) => thread.once('exit', done))
    thread.ref()
    thread.postMessage(null)
    await ended
  }
}
