import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { lte, sql } from 'drizzle-orm'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { Child } from './child.ts'
import type { Sabotage } from './child-protocol.ts'
import { mountDisk, unmountDisk } from './disk.ts'
import type { Disturbance } from './disturbance.ts'
import { judge, type Verdict } from './judge.ts'
import { Load } from './load.ts'
import { drains, type Plan, plans } from './plans.ts'
import { Random } from './random.ts'
import { hasStrace } from './synced.ts'
import { databaseOf, settle } from './town.ts'

/** What came of it all. */
export interface Result {
  readonly kills: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly half: number
  readonly unfounded: number
}

/** A loaded server is to listen by then, whatever it finds. */
const START = 10_000
const QUIET = 15_000
const DISK_SIZE = '96m'

/** Attacks servers, database after database, until the time is over. */
export class Siege {
  readonly #random: Random
  readonly #say: (line: string) => void
  readonly #sabotage: Sabotage
  readonly #begin = performance.now()
  #spare: Child | null = null
  #kills = 0
  #acknowledged = 0
  readonly #wrong: Verdict = { lost: [], doubled: [], half: [], unfounded: [] }

  constructor(given: { readonly seed: number; readonly say: (line: string) => void; readonly sabotage?: Sabotage }) {
    this.#random = new Random(given.seed)
    this.#say = given.say
    this.#sabotage = given.sabotage ?? 'none'
  }

  /**
   * Goes through the plans until `milliseconds` are over, but at least through as many as `atLeast` says: each once when
   * absent. `kills` is how many kills are around what each plan is about.
   */
  async run(milliseconds: number, kills: number, atLeast?: number): Promise<Result> {
    const can = { canTrace: hasStrace(), canMount: process.getuid?.() === 0 }
    const until = this.#begin + milliseconds
    try {
      for (let round = 0; ; round += 1) {
        const all = plans(this.#random, kills, can)
        const isEnough = round >= (atLeast ?? all.length)
        // A database takes about a second and a half a kill, and ten seconds to settle and to be judged.
        if (isEnough && performance.now() + 10_000 + kills * 1_500 > until) break
        await this.#attack(all[round % all.length]!)
      }
    } finally {
      await this.#spare?.kill()
      this.#spare = null
    }
    const { lost, doubled, half, unfounded } = this.#wrong
    return {
      kills: this.#kills,
      acknowledged: this.#acknowledged,
      lost: lost.length,
      doubled: doubled.length,
      half: half.length,
      unfounded: unfounded.length,
    }
  }

  async #attack(plan: Plan): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-faults-'))
    const dataFolder = join(folder, 'data')
    mkdirSync(dataFolder)
    const hasOwnDisk = plan.steps.some((step) => step.ownDisk) && mountDisk(dataFolder, DISK_SIZE)
    const steps = plan.steps.filter((step) => !step.ownDisk || hasOwnDisk)
    try {
      await this.#besiege(plan.name, steps, dataFolder)
    } finally {
      if (hasOwnDisk) unmountDisk(dataFolder)
      rmSync(folder, { recursive: true, force: true })
    }
  }

  async #besiege(name: string, steps: readonly Disturbance[], dataFolder: string): Promise<void> {
    const town = await settle(dataFolder)
    const load = new Load()
    const random = this.#random.branch()
    let isReady = false
    let child: Child | null = null
    try {
      for (const step of steps) {
        const opened = await this.#open(step, dataFolder, load)
        child = opened.child
        load.place.opened(opened.address)
        if (!isReady) {
          await load.ready(town, this.#random)
          load.start()
          isReady = true
        }
        const say = (text: string) => this.#line(`${name}: ${text}`)
        const became = await step.disturb({ child, load, random, dataFolder, say })
        load.place.closed()
        if (became === 'killed') this.#kills += 1
      }
      load.place.offset = 0
      const last = await this.#open({ runs: 'plain' }, dataFolder, load)
      child = last.child
      load.place.opened(last.address)
      await load.stop()
      await quiet(dataFolder)
      load.place.closed()
      await drains(child, load)
    } finally {
      await child?.kill()
    }
    const jumped = steps.some((step) => step.jumps)
    this.#count(name, load, await judge(load.history, dataFolder, { now: Date.now() - 1_000, jumped }))
  }

  /** Runs a server as a step wants it, in time. */
  async #open(step: Pick<Disturbance, 'runs'>, dataFolder: string, load: Load) {
    const { runs } = step
    if (runs === 'plain') {
      const child = Child.plain(dataFolder, [], { BIHUAN_DISK_LOW: '0' })
      return { child, address: await child.listening() }
    }
    let child: Child
    if (runs === 'attackable') {
      child = this.#spare ?? Child.attackable()
      this.#spare = Child.attackable()
    } else child = Child.attackable(runs(this.#random))
    await child.ready
    // What counts is what a server does with what it finds, not how long its modules take to load.
    const begin = performance.now()
    const limits = { liveLimit: 20, rowsPerSnapshot: 5 }
    const { offset } = load.place
    const address = await child.open({ dataFolder, offset, ...limits, sabotage: this.#sabotage })
    const took = performance.now() - begin
    if (took > START) load.history.faults.push(`a server took ${Math.round(took)} ms to start`)
    return { child, address }
  }

  #count(name: string, { history, caller }: Load, verdict: Verdict): void {
    this.#acknowledged += history.acknowledged
    for (const kind of ['lost', 'doubled', 'half', 'unfounded'] as const) {
      for (const one of verdict[kind].slice(0, 20)) this.#line(`${kind}: ${one}`)
      this.#wrong[kind].push(...verdict[kind])
    }
    const more = caller.refusedForNow > 0 ? `, ${caller.refusedForNow} answers of "not now"` : ''
    this.#line(`${name}: ${history.acknowledged} acknowledged${more}, judged`)
    if (caller.hasNoRetryAfter > 0) this.#line(`${caller.hasNoRetryAfter} answers of "not now" without Retry-After`)
  }

  #line(text: string): void {
    this.#say(`${((performance.now() - this.#begin) / 1000).toFixed(1).padStart(6)} s  ${text}`)
  }
}

/** Waits until what is due has been done; what is not by then is the judge's to name. */
async function quiet(dataFolder: string): Promise<void> {
  const store = await openLibsqlStore(databaseOf(dataFolder), { lock: false })
  try {
    const { timer, outbox } = store.tables
    const until = performance.now() + QUIET
    for (let calm = 0; calm < 2 && performance.now() < until; ) {
      const now = Date.now()
      const count = async (table: typeof timer | typeof outbox) => {
        const [row] = await store.read.select({ n: sql<number>`count(*)` }).from(table).where(lte(table.dueAt, now))
        return row?.n ?? 0
      }
      calm = (await count(timer)) + (await count(outbox)) === 0 ? calm + 1 : 0
      await pause(200)
    }
  } finally {
    await store.close()
  }
}
