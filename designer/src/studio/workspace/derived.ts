import {
  emptyDictionary,
  type FieldDictionary,
  type PackageFiles,
  type Problem,
  readDictionary,
  readSteps,
  type Step,
} from '@bihuan/engine'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createJudge, type JudgeWorker } from './judge.ts'
import type { Known } from './judge-messages.ts'
import { processFiles } from './process-files.ts'
import { timer } from './timer.ts'

export interface DerivedParts {
  /** The files as they are; reactive. */
  readonly files: PackageFiles
  readonly plain: () => PackageFiles
  readonly drawn: Accessor<string>
  readonly known: Accessor<Known>
  readonly worker: () => JudgeWorker
  /** Steps were read anew from models that changed. */
  readonly stepsRead: (steps: readonly Step[]) => void
}

export interface Derived {
  readonly dictionary: Accessor<FieldDictionary>
  readonly steps: Accessor<readonly Step[]>
  readonly problems: Accessor<readonly Problem[] | undefined>
  /** Judging broke down over the files as they are. */
  readonly judgeFailed: Accessor<boolean>
}

const READ_MS = 120
const FIELDS = 'fields.yaml'

/** Steps of all models of a package, the drawn one first, the others in the order of their names. */
export async function stepsOf(files: PackageFiles, drawn: string): Promise<Step[]> {
  const names = processFiles(files).sort((a, b) => Number(b === drawn) - Number(a === drawn))
  return (await Promise.all(names.map((name) => readSteps(files[name] ?? '', name)))).flat()
}

/** What is read from the files of an open package, and read again when they change: fields, steps, findings. */
export function createDerived(first: readonly Step[], parts: DerivedParts): Derived {
  const { files } = parts
  const [steps, setSteps] = createSignal(first)
  const [problems, setProblems] = createSignal<readonly Problem[]>()
  const [judgeFailed, setJudgeFailed] = createSignal(false)

  const dictionary = createMemo<FieldDictionary>((last) => {
    const text = files[FIELDS]
    return text === undefined ? emptyDictionary : (readDictionary(text, FIELDS).dictionary ?? last)
  }, emptyDictionary)

  let turn = 0
  let waiting: unknown
  async function readAgain(): Promise<void> {
    turn += 1
    const mine = turn
    const read = await stepsOf(parts.plain(), parts.drawn())
    if (mine !== turn) return
    if (JSON.stringify(read) !== JSON.stringify(steps())) setSteps(read)
    parts.stepsRead(read)
  }
  createEffect(
    on(
      () => [parts.drawn(), ...processFiles(files).map((name) => files[name])],
      () => {
        timer.clear(waiting)
        waiting = timer.set(() => void readAgain(), READ_MS)
      },
      { defer: true },
    ),
  )

  const judge = createJudge({
    start: parts.worker,
    verdict(found) {
      setJudgeFailed(false)
      setProblems(found)
    },
    failed: () => setJudgeFailed(true),
    timer,
  })
  // Each save brings the same names anew; only others are judged again.
  const known = createMemo(parts.known, undefined, {
    equals: (one, other) => JSON.stringify(one) === JSON.stringify(other),
  })
  createEffect(() => judge.ask({ ...files }, known()))

  onCleanup(() => {
    turn += 1
    timer.clear(waiting)
    judge.stop()
  })
  return { dictionary, steps, problems, judgeFailed }
}
