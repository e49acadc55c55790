import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { KnownResources, PackageFiles } from '@bihuan/engine'
import type { DraftSummary } from '../db/schema/package-draft.ts'
import { loaderFor } from '../loader.ts'

export interface Asked {
  readonly number: number
  readonly files: PackageFiles
  readonly known: KnownResources
}

/** `summary` is null when the files could not be judged at all. */
export interface Answered {
  readonly number: number
  readonly summary: DraftSummary | null
}

const MAIN = fileURLToPath(new URL('./judging-child-main.ts', import.meta.url))
/** Megabytes the process may take. */
const MEMORY = 512

/**
 * A process of its own that judges drafts, so that nobody waits for the judging of another's, and no draft ends the
 * server. One draft at a time; one that takes too long or too much memory has no summary, and the process begins anew.
 */
export class JudgingChild {
  readonly #limit: number
  #child: ChildProcess | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #number = 0
  #isClosed = false

  /** @param limit milliseconds a draft may take, the start of the process included */
  constructor(limit = 30_000) {
    this.#limit = limit
  }

  /** The summary of files; null when they cannot be judged within the limits, or this is closed. */
  summarise(files: PackageFiles, known: KnownResources): Promise<DraftSummary | null> {
    const mine = this.#turn.then(() => this.#ask(files, known))
    this.#turn = mine
    return mine
  }

  close(): void {
    this.#isClosed = true
    this.#end()
  }

  #end(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  #ask(files: PackageFiles, known: KnownResources): Promise<DraftSummary | null> {
    if (this.#isClosed) return Promise.resolve(null)
    this.#child ??= begin()
    const child = this.#child
    this.#number += 1
    const number = this.#number
    return new Promise((resolve) => {
      const settle = (summary: DraftSummary | null, isBroken: boolean): void => {
        clearTimeout(timer)
        child.off('message', onMessage)
        child.off('exit', onBroken)
        if (isBroken && this.#child === child) this.#end()
        resolve(summary)
      }
      const onBroken = () => settle(null, true)
      const onMessage = (answer: Answered) => {
        if (answer.number === number) settle(answer.summary, false)
      }
      const timer = setTimeout(onBroken, this.#limit)
      timer.unref()
      child.on('message', onMessage)
      child.on('exit', onBroken)
      child.send({ number, files, known } satisfies Asked, (error) => error && onBroken())
    })
  }
}

function begin(): ChildProcess {
  const child = fork(MAIN, [], {
    execArgv: [`--max-old-space-size=${MEMORY}`, ...loaderFor(MAIN)],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  })
  // A process that does not come up is told by its exit.
  child.on('error', () => {})
  // It keeps nobody from ending.
  child.unref()
  child.channel?.unref()
  return child
}
