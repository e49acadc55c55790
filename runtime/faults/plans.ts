import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { killPoints } from '../src/host/kill-point.ts'
import { fullBackupDisk } from './backup-disk.ts'
import { Child } from './child.ts'
import { fillDisk } from './disk.ts'
import type { Disturbance } from './disturbance.ts'
import type { Load } from './load.ts'
import type { Random } from './random.ts'
import { recovers, until } from './recovery.ts'

const SOON = 2_500
const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
/** What a server may take to end once it is asked to. */
const DRAIN = 10_000

/** Kill points in turn, so that a run comes to each. */
let nextPoint = 0

const randomKill: Disturbance = {
  name: 'kill',
  runs: 'attackable',
  async disturb({ child, random, say }) {
    const after = random.between(50, 1_500)
    await pause(after)
    await child.kill()
    say(`killed after ${after} ms`)
    return 'killed'
  },
}

const plainKill: Disturbance = { ...randomKill, name: 'kill of the real entry', runs: 'plain' }

const pointKill: Disturbance = {
  name: 'kill at a point',
  runs: 'attackable',
  async disturb({ child, random, say }) {
    const point = killPoints[nextPoint++ % killPoints.length]!
    // Some are rare; what comes often is left to come a while.
    const time = /^(deployment|snapshot|timer)/.test(point) ? random.between(1, 2) : random.between(1, 30)
    child.tell({ order: 'kill', point, time })
    const isReached = await Promise.race([child.ended.then(() => true), pause(SOON, false, { ref: false })])
    await child.kill()
    say(isReached ? `killed at ${point}, the ${time}. time` : `killed, ${point} not reached ${time} times`)
    return 'killed'
  },
}

/** SIGTERM under load: everything in flight is answered, and the process ends by itself with 0. */
const terminate: Disturbance = {
  name: 'SIGTERM',
  runs: 'plain',
  async disturb({ child, load, random, dataFolder, say }) {
    await refusesASecond(load, dataFolder)
    await pause(random.between(200, 800))
    load.place.closed()
    await drains(child, load)
    say('terminated under load')
    return 'ended'
  },
}

/** Asks a server to end and looks that it does, in time and with 0. */
export async function drains(child: Child, load: Load): Promise<void> {
  child.signal('SIGTERM')
  const ended = await Promise.race([child.ended, pause(DRAIN + 2_000, null, { ref: false })])
  if (ended?.code !== 0)
    load.history.faults.push(
      ended
        ? `a server ended by ${ended.signal ?? ended.code} after SIGTERM:\n${child.output.slice(-2_000)}`
        : `a server was still there ${DRAIN} ms after SIGTERM`,
    )
  await child.kill()
}

/** A second server on the same data must say so and end. */
async function refusesASecond(load: Load, dataFolder: string): Promise<void> {
  const second = Child.plain(dataFolder)
  const { code } = await second.ended
  if (code === 0 || !/another one is running/.test(second.output))
    load.history.faults.push(`a second server on the same data ended with ${code}: ${second.output.slice(0, 500)}`)
}

const sleep: Disturbance = {
  name: 'SIGSTOP',
  runs: 'attackable',
  async disturb({ child, load, random, say }) {
    const time = random.between(500, 2_500)
    await pause(300)
    child.signal('SIGSTOP')
    await pause(time)
    child.signal('SIGCONT')
    await recovers(load, 'a stop')
    await child.kill()
    say(`stopped for ${time} ms, then killed`)
    return 'killed'
  },
}

const clockJumps: Disturbance = {
  name: 'clock',
  runs: 'attackable',
  jumps: true,
  async disturb({ child, load, random, say }) {
    for (const offset of [HOUR, -HOUR, 0, YEAR, 0]) {
      load.place.offset = offset
      child.tell({ order: 'clock', offset })
      await pause(random.between(200, 500))
    }
    await recovers(load, 'clock jumps')
    await child.kill()
    say('clock +1 h, -1 h, +1 year and back, then killed')
    return 'killed'
  },
}

/** The database may not grow: SQLite answers that it is full. */
const pages: Disturbance = {
  name: 'full database',
  runs: 'attackable',
  async disturb({ child, load, say }) {
    await pause(300)
    const before = load.caller.refusedForNow
    child.tell({ order: 'pages', full: true })
    await until(() => load.caller.refusedForNow > before, SOON)
    await pause(300)
    child.tell({ order: 'pages', full: false })
    await recovers(load, 'a full database')
    await child.kill()
    say(`database full, ${load.caller.refusedForNow - before} refused for now, then killed`)
    return 'killed'
  },
}

/** The disk itself is full, for the database, its log and uploads alike. */
const disk: Disturbance = {
  name: 'full disk',
  runs: 'attackable',
  ownDisk: true,
  async disturb({ child, load, dataFolder, say }) {
    await pause(500)
    const before = load.caller.refusedForNow
    const ballast = join(dataFolder, 'ballast')
    fillDisk(ballast)
    // What is written first may find room in the log as it is.
    await until(() => load.caller.refusedForNow > before, SOON)
    await pause(500)
    rmSync(ballast, { force: true })
    await recovers(load, 'a full disk')
    await child.kill()
    say(`disk full, ${load.caller.refusedForNow - before} refused for now, then killed`)
    return 'killed'
  },
}

/** Calls of the system fail, each so often: by a tracer that answers in its place. */
const failing = (call: 'fsync' | 'pwrite64', error: 'EIO' | 'ENOSPC', least: number, most: number): Disturbance => ({
  name: `failing ${call}`,
  runs(random) {
    const first = random.between(least, most)
    const inject = `inject=${call}:error=${error}:when=${first}+${random.between(least, most)}`
    return ['strace', '-D', '-f', '-qq', '--seccomp-bpf', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject]
  },
  async disturb({ child, load, random, say }) {
    const before = load.caller.refusedForNow
    await pause(random.between(1_500, 3_000))
    await child.kill()
    say(`${call} failed with ${error}, ${load.caller.refusedForNow - before} refused for now, then killed`)
    return 'killed'
  },
})

/** What is done to the servers of one database, in order. */
export interface Plan {
  readonly name: string
  readonly steps: readonly Disturbance[]
}

/** The plans in turn; `kills` is how many kills are around what each is about. `canTrace` and `canMount`: what there is. */
export function plans(
  random: Random,
  kills: number,
  { canTrace, canMount }: { readonly canTrace: boolean; readonly canMount: boolean },
): readonly Plan[] {
  const around = (...special: Disturbance[]): Disturbance[] => {
    const all = Array.from({ length: kills }, (_, i) => (i % 3 === 2 ? randomKill : pointKill))
    for (const one of special) all.splice(random.between(0, all.length), 0, one)
    return all
  }
  return [
    { name: 'kills', steps: around(pages, terminate) },
    ...(canTrace
      ? [
          {
            name: 'failing calls',
            steps: around(failing('fsync', 'EIO', 5, 60), failing('pwrite64', 'ENOSPC', 50, 600)),
          },
        ]
      : []),
    { name: 'clock', steps: around(clockJumps, sleep) },
    ...(canMount ? [{ name: 'full disk', steps: around(disk, fullBackupDisk, plainKill) }] : []),
  ]
}
