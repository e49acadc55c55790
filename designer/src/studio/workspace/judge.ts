import type { PackageFiles, Problem } from '@bihuan/engine'
import type { JudgeAnswer, JudgeQuestion, Known } from './judge-messages.ts'

/** As much of a `Worker` as judging needs. */
export interface JudgeWorker {
  postMessage(question: JudgeQuestion): void
  onmessage: ((event: { data: JudgeAnswer }) => void) | null
  onerror: ((event: unknown) => void) | null
  terminate(): void
}

export interface JudgeParts {
  start: () => JudgeWorker
  verdict: (problems: readonly Problem[]) => void
  /** Judging broke down or took too long over these files; it is tried again with the next change. */
  failed: () => void
  timer: { set: (act: () => void, ms: number) => unknown; clear: (timer: unknown) => void }
}

export interface Judge {
  /** Asks for a verdict on these files; of several in quick succession only the last is judged. */
  ask(files: PackageFiles, known: Known): void
  stop(): void
}

const CALM_MS = 350
const PATIENCE_MS = 10_000

/** Judges packages in a worker: one at a time, always the newest; a worker that breaks or hangs is replaced. */
export function createJudge(parts: JudgeParts): Judge {
  let worker: JudgeWorker | null = null
  let turn = 0
  let next: JudgeQuestion | null = null
  let busy = false
  let calm: unknown
  let patience: unknown

  function send(): void {
    if (busy || !next) return
    busy = true
    worker ??= hire()
    patience = parts.timer.set(broken, PATIENCE_MS)
    const question = next
    next = null
    worker.postMessage(question)
  }

  function hire(): JudgeWorker {
    const hired = parts.start()
    hired.onmessage = ({ data }) => {
      done()
      if (data.problems) parts.verdict(data.problems)
      else parts.failed()
      send()
    }
    hired.onerror = broken
    return hired
  }

  function broken(): void {
    done()
    worker?.terminate()
    worker = null
    parts.failed()
    send()
  }

  function done(): void {
    busy = false
    parts.timer.clear(patience)
  }

  return {
    ask(files, known) {
      turn += 1
      const question = { turn, files, known }
      parts.timer.clear(calm)
      calm = parts.timer.set(() => {
        next = question
        send()
      }, CALM_MS)
    },
    stop() {
      parts.timer.clear(calm)
      done()
      next = null
      worker?.terminate()
      worker = null
    },
  }
}
