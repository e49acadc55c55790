import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, send } from './caller.ts'
import { Child } from './child.ts'
import type { Call } from './history.ts'
import { settle, UNIT } from './town.ts'

/** What the system saw of commands that came one after the other. */
export interface Synced {
  /** Commands that were answered. */
  readonly answered: number
  /** Of these, those whose rows were written to the log before the answer. */
  readonly written: number
  /** Of these, those for which a sync of the log ended after its last write and before the answer. */
  readonly synced: number
  /** Syncs of the log. */
  readonly syncs: number
}

/** Whether this machine can trace the calls of a process. */
export const hasStrace = (): boolean => spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0

/** A whole page of the database, so that a row's text is seen wherever it lies. */
const SEEN = 4_200
const CALLS = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg'

/**
 * Runs a server under `strace`, gives it commands one after the other, and reads from its calls of the system whether each
 * was on disk when it was answered. `OFF` opens its database with `synchronous=OFF`, which must show.
 */
export async function watchSyncs(commands: number, synchronous: 'FULL' | 'OFF'): Promise<Synced> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-synced-'))
  const dataFolder = join(folder, 'data')
  const trace = join(folder, 'trace')
  mkdirSync(dataFolder)
  const town = await settle(dataFolder)
  const tracer = ['strace', '-D', '-f', '-y', '-qq', '--seccomp-bpf', '-s', String(SEEN), '-e', CALLS, '-o', trace]
  const child = synchronous === 'FULL' ? Child.plain(dataFolder, tracer) : Child.attackable(tracer)
  try {
    const address =
      synchronous === 'FULL' ? await child.listening() : await child.open({ ...unlimited, dataFolder, synchronous })
    const tokens = Array.from({ length: commands }, (_, i) => `traced-command-${i}-`)
    for (const token of tokens) await succeeds(send(address, start(town.clients[0]!, token)))
    child.signal('SIGTERM')
    await child.kill()
    return readTrace(readFileSync(trace, 'latin1'), tokens)
  } finally {
    await child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const unlimited = { offset: 0, liveLimit: 1_000, rowsPerSnapshot: 100, sabotage: 'none' } as const

const start = (sender: Call['sender'], token: string): Call => ({
  sender,
  method: 'POST',
  path: '/v2/process-instances',
  body: { processDefinitionId: 'work', tenantId: UNIT, variables: { ref: token } },
})

async function succeeds(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`Expected a case to start, but the answer is ${status} ${JSON.stringify(body)}`)
}

/** Whether a line is the end of a call that succeeded; a call that others interrupt is written on two lines. */
const hasEnded = (line: string) => !line.includes('<unfinished ...>') && !/= -1 E/.test(line)

/** Reads the calls in their order. Answers come in the order of the commands, since each waited for the one before. */
export function readTrace(text: string, tokens: readonly string[]): Synced {
  let syncs = 0
  let answered = 0
  let written = 0
  let synced = 0
  let isDirty = false
  const seen = new Set<string>()
  for (const line of text.split('\n')) {
    if (/pwrite64\(\d+<[^>]*-wal>/.test(line)) {
      isDirty = true
      const token = tokens[answered]
      if (token !== undefined && line.includes(token)) seen.add(token)
    } else if (/(fsync|fdatasync)\(\d+<[^>]*-wal>|<\.\.\. (fsync|fdatasync) resumed>/.test(line) && hasEnded(line)) {
      syncs += 1
      isDirty = false
    } else if (/(write|writev|sendto|sendmsg)\(\d+<(socket|TCP)/.test(line) && line.includes('"HTTP/1.1 ')) {
      const token = tokens[answered]
      answered += 1
      if (token === undefined || !seen.has(token)) continue
      written += 1
      if (!isDirty) synced += 1
    }
  }
  return { answered, written, synced, syncs }
}
