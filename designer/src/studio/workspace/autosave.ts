import type { FilesSaved, SaveFiles } from '@bihuan/runtime/contract'
import type { SaveState } from './workspace.ts'

/** What the server's answer to a refused save means. */
export type Refusal = 'conflict' | 'signed-out' | 'refused' | 'unreachable'

export interface AutosaveParts {
  /** What is not saved now; empty when all is. */
  unsaved: () => SaveFiles['files']
  /** Whether files wait for somebody to decide between two versions. */
  clashing: () => boolean
  send: (files: SaveFiles['files']) => Promise<FilesSaved>
  /** The server took them. */
  saved: (sent: SaveFiles['files'], answer: FilesSaved) => void
  /** Reads the cause of a failure. */
  judge: (error: unknown) => Refusal
  /** Somebody else saved first: brings both together, or marks what clashes. Rejects when it cannot. */
  resolve: () => Promise<void>
  /** The server will not take these files as they are. */
  refused: (error: unknown) => void
  state: (state: SaveState) => void
  timer: { set: (act: () => void, ms: number) => unknown; clear: (timer: unknown) => void }
}

export interface Autosave {
  /** Something changed: it is saved shortly after the last change. */
  touch(): void
  /** Saves now. Resolves when all is saved; rejects when it cannot be: unreachable, refused, or a clash undecided. */
  flush(): Promise<void>
  /** Tries again what could not be sent: the network is back, the person signed in again. */
  resume(): void
  stop(): void
}

const CALM_MS = 800
/** Others who save again and again meanwhile: then it waits a little, as without a network. */
const MOST_CONFLICTS = 5
const BACKOFF_MS = [2_000, 5_000, 15_000, 30_000]

/**
 * Keeps what is typed: one save at a time, the next when there is something new, again and again with growing pauses
 * while the server is not reached. A refused file is not sent again until it changes.
 */
export function createAutosave(parts: AutosaveParts): Autosave {
  let timer: unknown
  let running: Promise<void> | null = null
  let failures = 0
  let stopped = false

  const later = (ms: number) => {
    parts.timer.clear(timer)
    if (!stopped) timer = parts.timer.set(() => void run().catch(() => undefined), ms)
  }
  const rest = () => parts.state(parts.clashing() ? 'conflict' : parts.unsaved().length > 0 ? 'unsaved' : 'saved')

  const run = (): Promise<void> => {
    parts.timer.clear(timer)
    running ??= saveAll().finally(() => {
      running = null
    })
    return running
  }

  async function saveAll(): Promise<void> {
    let conflicts = 0
    for (let files = parts.unsaved(); files.length > 0 && !stopped; files = parts.unsaved()) {
      parts.state('saving')
      try {
        const answer = await parts.send(files)
        failures = 0
        parts.saved(files, answer)
      } catch (error) {
        if (parts.judge(error) === 'conflict') conflicts += 1
        await failed(error, conflicts)
      }
    }
    rest()
    if (parts.clashing()) throw new Error('DRAFT_CONFLICT')
  }

  /** Returns when saving can go on at once, else throws. */
  async function failed(error: unknown, conflicts: number): Promise<void> {
    const why = parts.judge(error)
    if (why === 'conflict' && conflicts <= MOST_CONFLICTS) {
      try {
        await parts.resolve()
        return
      } catch (unread) {
        if (parts.judge(unread) !== 'refused') return wait(unread)
        parts.state('unsaved')
        throw unread
      }
    }
    if (why === 'refused') {
      parts.state('unsaved')
      parts.refused(error)
      throw error
    }
    return wait(error)
  }

  function wait(error: unknown): never {
    parts.state('offline')
    // Nobody can save before signing in again; `resume` follows that.
    if (parts.judge(error) !== 'signed-out') later(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0)
    failures += 1
    throw error
  }

  return {
    touch() {
      if (!running) rest()
      later(CALM_MS)
    },
    async flush() {
      // What runs may have begun before the last change: it goes on until nothing is left.
      await run()
    },
    resume() {
      failures = 0
      if (parts.unsaved().length > 0) void run().catch(() => undefined)
    },
    stop() {
      stopped = true
      parts.timer.clear(timer)
    },
  }
}
