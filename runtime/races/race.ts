import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Rejection } from '@bihuan/engine'
import { Random } from '../faults/random.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import type { FaultMoment, Store, StoreOptions } from '../src/db/store.ts'
import { controllableClock } from '../src/host/clock.ts'
import type { Host } from '../src/host/host.ts'
import { streamOf } from '../src/host/live-instance.ts'
import { hostOver } from '../src/host/open.ts'
import { type Act, chooseAct, type Surroundings } from './act.ts'
import type { Asked, Outcome } from './asked.ts'
import { Interleaving, queriesTakeTurns } from './interleaving.ts'
import { judge } from './judge.ts'
import { Observer } from './observer.ts'
import { deployedIn, deployRandom, type Places } from './places.ts'

const BEGIN = Date.parse('2026-03-02T09:00:00+08:00')
/** How often a disk fails at each of its moments, while it does. */
const FAILS: { readonly [moment in FaultMoment]: number } = {
  begin: 0.02,
  statement: 0.002,
  commit: 0.03,
  committed: 0.03,
  single: 0.02,
}

/** How a race is run. */
export interface RaceOptions {
  readonly seed: number
  /** What the store is wrapped in, to see that faults are found. */
  readonly spoil?: (store: Store) => Store
}

/** What was wrong, in sentences; and how much was asked. */
export interface Raced {
  readonly findings: readonly string[]
  readonly asked: number
  readonly refused: number
}

const LANES = 5
const ACTS_A_LANE = 8
/** Between them the server is stopped and started again. */
const ROUNDS = 2

/**
 * Lets people, workers, operators and the clock act upon a few cases at once, in an order of turns that the seed decides,
 * and judges what they were answered by what is on disk.
 */
export async function race(places: Places, { seed, spoil }: RaceOptions): Promise<Raced> {
  const random = new Random(seed)
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-race-'))
  const path = join(folder, 'bihuan.db')
  const isDrawn = random.chance(0.4)
  places.copy(isDrawn ? 'drawn' : 'bare', path)
  const clock = controllableClock(BEGIN)
  const interleaving = new Interleaving(random.branch())
  const disk = failingDisk(random)
  let ticks = 0
  const open = async (options: StoreOptions) => {
    const store = inTurn(await openLibsqlStore(path, options), () => interleaving.turn())
    return spoil ? spoil(store) : store
  }
  const openHost = () =>
    hostOver(open, {
      clock,
      poll: false,
      steady: () => clock.now(),
      // Some put cases away and read them again all the time.
      liveLimit: random.pick([1, 2, 2_000])!,
      rowsPerSnapshot: random.pick([2, 5, 100])!,
      fault: disk.fault,
    })
  let host = await openHost()
  const observer = new Observer(path)
  if (!isDrawn) await deployRandom(host, random)
  const deployed = await deployedIn(host.store)
  const putBack = queriesTakeTurns(() => interleaving.turn())
  try {
    const surroundings: Surroundings = {
      random,
      observer,
      ...deployed,
      now: () => clock.now(),
      tick: () => ++ticks,
      pass: (milliseconds) => clock.pin(clock.now() + milliseconds),
    }
    const asked: Asked[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0) {
        await host.close()
        host = await openHost()
      }
      const lane = (i: number) =>
        walk({ host, surroundings, asked, name: `${round}.${i}`, turn: () => interleaving.turn() })
      disk.isFailing = random.chance(0.4)
      await interleaving.until(() => Promise.all(Array.from({ length: LANES }, (_, i) => lane(i))))
      disk.isFailing = false
    }
    await interleaving.until(() => settleAll(host, surroundings))
    const findings = await judge({ host, observer, asked, folder, bundles: deployed.bundles })
    return { findings, asked: asked.length, refused: asked.filter(({ outcome }) => outcome.kind === 'refused').length }
  } finally {
    putBack()
    disk.isFailing = false
    observer.close()
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A disk that fails at a moment now and then, while it is said to. */
function failingDisk(random: Random) {
  const own = random.branch()
  const disk = {
    isFailing: false,
    fault(moment: FaultMoment): void {
      if (!disk.isFailing || !own.chance(FAILS[moment])) return
      throw Object.assign(new Error('Expected the disk to take it, but it failed'), { code: 'SQLITE_IOERR_WRITE' })
    },
  }
  return disk
}

/** A store whose groups wait for a turn before they are written, and before it is said that they are. */
function inTurn(inner: Store, turn: () => Promise<void>): Store {
  return {
    dialect: inner.dialect,
    tables: inner.tables,
    read: inner.read,
    scan: inner.read,
    single: inner.single,
    async write(units) {
      await turn()
      const results = await inner.write(units)
      await turn()
      return results
    },
    close: () => inner.close(),
  }
}

/** Asks one thing after the other; some of it twice at once, and some again later. */
async function walk({
  host,
  surroundings,
  asked,
  name,
  turn,
}: {
  readonly host: Host
  readonly surroundings: Surroundings
  readonly asked: Asked[]
  readonly name: string
  readonly turn: () => Promise<void>
}): Promise<void> {
  const { random } = surroundings
  const once = async (act: Act, requestId: string) => {
    asked.push(await ask(host, surroundings, act, requestId))
  }
  for (let i = 0; i < ACTS_A_LANE; i += 1) {
    await turn()
    const act = chooseAct(surroundings)
    const requestId = `${name}.${i}`
    const isTwice = random.chance(0.15)
    await Promise.all(Array.from({ length: isTwice ? 2 : 1 }, () => once(act, requestId)))
    const earlier = random.chance(0.15) ? random.pick(asked) : undefined
    if (earlier) await once(earlier.act, earlier.requestId)
  }
}

async function ask(host: Host, { observer, now, tick }: Surroundings, act: Act, requestId: string): Promise<Asked> {
  const stream = act.command ? streamOf(act.command.key) : null
  const rows = () => (stream === null ? null : observer.rowsOf(stream))
  const before = rows()
  const begin = [now(), tick()] as const
  const outcome = await act.run(host, requestId).then(
    (answer): Outcome => ({ kind: 'answered', answer }),
    (error): Outcome => refusedBy(error),
  )
  const end = [now(), tick()] as const
  return { act, requestId, before, after: rows(), at: [begin[0], end[0]], order: [begin[1], end[1]], outcome }
}

function refusedBy(error: unknown): Outcome {
  if (!(error instanceof Rejection)) {
    const isDisk = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_IOERR')
    return isDisk ? { kind: 'unknown' } : { kind: 'fault', error }
  }
  // A slow machine turns callers away; what is asked again is not known either.
  const isTurnedAway = error.code === 'STORAGE_UNAVAILABLE' || error.code === 'OVERLOADED'
  return isTurnedAway ? { kind: 'unknown' } : { kind: 'refused', rejection: error }
}

/** Does what is due, and what was put off because it failed. */
async function settleAll(host: Host, { pass }: Surroundings): Promise<void> {
  for (let i = 0; i < 4; i += 1) {
    await host.settle()
    // Longer than anything that failed waits before it is tried again, and shorter than the shortest timer.
    pass(120_000)
  }
  await host.settle()
}
