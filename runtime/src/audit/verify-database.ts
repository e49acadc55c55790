import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { asc } from 'drizzle-orm'
import { openReader, type Reader } from '../db/libsql-reader.ts'
import { loaderFor } from '../loader.ts'
import type { Break } from './chain-walk.ts'
import type { Signed } from './statement.ts'
import { allStreams, type Range, type Verification, verifyStreams } from './verify.ts'
import { type SealVerification, verifySeal } from './verify-seal.ts'

/** A part of a verification: some streams, or the seal. */
export type Part =
  | { readonly kind: 'streams'; readonly range: Range }
  | { readonly kind: 'seal'; readonly outside: readonly Signed[] }

export type PartResult = Verification | SealVerification

/** What a process is given. */
export interface PartRequest {
  readonly path: string
  readonly part: Part
}

export interface DatabaseVerification {
  /** Everything holds. */
  readonly intact: boolean
  readonly trail: Verification
  readonly seal: SealVerification
  /** Rows that no checkpoint proves yet. */
  readonly unsealed: number
}

/** Below this many rows a process would take longer to begin than to verify. */
const WORTH_A_PROCESS = 20_000
/** The most processes: each reads, hashes and compares, and others want to work too. */
const PROCESSES = 4
const MAIN = fileURLToPath(new URL('./verify-child-main.ts', import.meta.url))

/**
 * Verifies a whole database: every chain, the trees, checkpoints and keys, and checkpoints that were kept outside. Reads
 * alone, in processes of its own when there is much to read; a server may go on writing meanwhile. Each stream is judged as it was at
 * one moment.
 */
export async function verifyDatabase(path: string, outside: readonly Signed[] = []): Promise<DatabaseVerification> {
  const ranges = await plan(path)
  const parts: Part[] = [{ kind: 'seal', outside }, ...ranges.map((range) => ({ kind: 'streams', range }) as const)]
  const run = ranges.length > 1 ? inProcess : inPlace
  const results = await Promise.all(parts.map((part) => run({ path, part })))
  const [seal, ...chains] = results as [SealVerification, ...Verification[]]
  const trail = chains.reduce(together)
  const unsealed = Math.max(0, trail.rows + trail.archived.rows - seal.sealed)
  return { intact: trail.intact && seal.breaks.length === 0, trail, seal, unsealed }
}

/** Ranges of streams that have about as many rows each. */
async function plan(path: string): Promise<readonly Range[]> {
  const reader = openReader(path)
  try {
    const { stream } = reader.tables
    const heads: { stream: number; sequence: number }[] = await reader.read
      .select({ stream: stream.stream, sequence: stream.sequence })
      .from(stream)
      .orderBy(asc(stream.stream))
    const rows = heads.reduce((sum, head) => sum + head.sequence, 0)
    const count = rows < WORTH_A_PROCESS ? 1 : Math.min(PROCESSES, Math.max(2, availableParallelism()))
    const ends: number[] = []
    let sum = 0
    for (const head of heads) {
      sum += head.sequence
      if (ends.length < count - 1 && sum >= (rows / count) * (ends.length + 1)) ends.push(head.stream)
    }
    const starts = [allStreams.from, ...ends.map((end) => end + 1)]
    return starts.map((from, i) => ({ from, to: ends[i] ?? allStreams.to }))
  } finally {
    reader.close()
  }
}

/** Verifies a part in this process. */
export async function inPlace({ path, part }: PartRequest): Promise<PartResult> {
  const reader: Reader = openReader(path)
  try {
    return part.kind === 'seal' ? await verifySeal(reader, part.outside) : await verifyStreams(reader, part.range)
  } finally {
    reader.close()
  }
}

function inProcess(request: PartRequest): Promise<PartResult> {
  return new Promise((done, failed) => {
    const child = fork(MAIN, [], {
      execArgv: [...loaderFor(MAIN)],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {},
    })
    child.once(
      'message',
      (answer: { readonly found: PartResult } | { readonly error: string; readonly code: string }) =>
        'found' in answer ? done(answer.found) : failed(Object.assign(new Error(answer.error), { code: answer.code })),
    )
    child.once('error', failed)
    child.once('exit', (code) => failed(new Error(`Expected a process to verify its part, but it ended with ${code}`)))
    child.send(request, (error) => error && failed(error))
  })
}

function together(a: Verification, b: Verification): Verification {
  const breaks: readonly Break[] = [...a.breaks, ...b.breaks]
  return {
    intact: a.intact && b.intact,
    streams: a.streams + b.streams,
    rows: a.rows + b.rows,
    erased: a.erased + b.erased,
    archived: { streams: a.archived.streams + b.archived.streams, rows: a.archived.rows + b.archived.rows },
    breaks,
  }
}
