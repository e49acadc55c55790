import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Fact, Rejection } from '@bihuan/engine'
import type { ScenarioHost } from '@bihuan/engine/testing'
import type { Resource } from '../host/deployment.ts'
import { loaderFor } from '../loader.ts'
import type { Ask, Kill, Reply, Setup } from './file-host-protocol.ts'

export type { Kill } from './file-host-protocol.ts'

/** A scenario host in a process of its own, that is killed and goes on. */
export interface FileHost extends ScenarioHost {
  /** Kills that happened, in order. */
  readonly killed: readonly Kill[]
  /** Kills that are still to come: their point has not been reached. */
  readonly left: readonly Kill[]
}

const CHILD = fileURLToPath(new URL('./file-host-child.ts', import.meta.url))

/**
 * Opens a host on a file database in a child process. `kills` are armed one after the other: each ends the process by a
 * real SIGKILL; it is started anew on the same database, what it had acknowledged is looked for, the chain is verified,
 * and the request that got no answer is repeated with its id.
 * Throws from any method when something acknowledged is missing, a chain is broken, or a table is not what rebuilding it
 * from the trail gives; all of it is looked at once more when it is closed.
 */
export async function fileHost(given: {
  readonly resources: readonly Resource[]
  readonly kills?: readonly Kill[]
  /** Trail rows between snapshots; few, so that snapshots are part of what is killed. */
  readonly rowsPerSnapshot?: number
}): Promise<FileHost> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-file-host-'))
  const left = [...(given.kills ?? [])]
  const killed: Kill[] = []
  const acknowledged: number[] = []
  let now = 0
  let stream: number | null = null
  let requests = 0
  let child: ChildProcess | null = null
  let armed: Kill | null = null

  async function begin(): Promise<ChildProcess> {
    armed = left[0] ?? null
    const setup: Setup = {
      databaseUrl: join(folder, 'bihuan.db'),
      now,
      kill: armed,
      rowsPerSnapshot: given.rowsPerSnapshot ?? 5,
    }
    const started = fork(CHILD, [JSON.stringify(setup)], {
      execArgv: [...loaderFor(CHILD)],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ready = await reply(started)
    if (!ready) throw new Error('Expected the process of the file host to start')
    child = started
    return started
  }

  /** The next message of the process; null when it ended instead. */
  function reply(from: ChildProcess): Promise<Reply | null> {
    return new Promise((resolve) => {
      const onMessage = (message: Reply) => {
        from.off('exit', onExit)
        resolve(message)
      }
      const onExit = () => {
        from.off('message', onMessage)
        resolve(null)
      }
      from.once('message', onMessage)
      from.once('exit', onExit)
    })
  }

  async function ask(request: Ask): Promise<Extract<Reply, { ok: true }>> {
    for (;;) {
      const process = child ?? (await begin())
      const waiting = reply(process)
      process.send(request)
      const got = await waiting
      if (!got) {
        child = null
        if (!armed || process.signalCode !== 'SIGKILL')
          throw new Error(`The file host ended by ${process.signalCode ?? process.exitCode}`)
        killed.push(armed)
        left.shift()
        if (request.op !== 'verify' && request.op !== 'facts') await check()
        continue
      }
      if (got.ok) return got
      if ('fault' in got) throw new Error(got.fault)
      const { code, facts, fields, problems } = got.rejection
      throw new Rejection(code, facts, { fields, problems })
    }
  }

  /** After a kill: every acknowledged row is there once, every chain holds, every table is what the trail says. */
  async function check(): Promise<void> {
    const { broken } = await ask({ op: 'verify' })
    if (broken) throw new Error(`Expected every chain and table to hold after a kill, but ${broken}`)
    if (stream === null) return
    const { rows } = await ask({ op: 'facts', stream })
    const there = new Set(rows?.map(({ sequence }) => sequence))
    for (const sequence of acknowledged)
      if (!there.has(sequence)) throw new Error(`Expected acknowledged row ${sequence} after a kill, but it is lost`)
  }

  const nextRequest = () => {
    requests += 1
    return `scenario-${requests}`
  }
  const resources = given.resources.map(({ name, content }) => ({
    name,
    content: Buffer.from(content).toString('base64'),
  }))

  return {
    name: 'file',
    killed,
    left,
    now: () => now,
    async start(start) {
      now = start.at
      await ask({ op: 'deploy', requestId: nextRequest(), resources })
      const { answer } = await ask({ op: 'start', requestId: nextRequest(), start })
      stream = answer!.stream
      acknowledged.push(answer!.sequence)
    },
    async submit(kind, key, value, actor) {
      const { answer } = await ask({ op: 'submit', requestId: nextRequest(), kind, key, value, actor })
      acknowledged.push(answer!.sequence)
    },
    async advance(at) {
      await ask({ op: 'advance', to: at })
      now = at
    },
    async facts(): Promise<readonly Fact[]> {
      if (stream === null) return []
      const { rows } = await ask({ op: 'facts', stream })
      return (rows ?? []).flatMap(({ facts }) => facts)
    },
    async close() {
      try {
        if (child) {
          await check()
          await ask({ op: 'close' })
        }
      } finally {
        child?.kill('SIGKILL')
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}
