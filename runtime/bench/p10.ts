import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Fact, KEYS_PER_STREAM } from '@bihuan/engine'
import type { ScenarioHost, ScenarioStart } from '@bihuan/engine/testing'
import { asc, eq, lte } from 'drizzle-orm'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import { readRecords } from '../src/audit/chain.ts'
import { readStream } from '../src/audit/stream-rows.ts'
import { insert, type RowChange, upsert } from '../src/db/row-change.ts'
import { Rest } from '../src/keep/rest.ts'
import type { PackageFolder } from '../src/package/package-folder.ts'
import { testPackage } from '../src/scenario/index.ts'
import { type TemporaryHost, temporaryHost } from '../src/testing/open.ts'
import { bencher, inLanes, startPatiently } from './bench-host.ts'

const FOLDER = fileURLToPath(new URL('../../examples/village-decision', import.meta.url))
/** Each is played so often in one database: tables and indexes have their first pages anyway. */
const TIMES = 10
const DAY = 86_400_000
const BALLOT = 'party_ballot'
const LIVE = 1_000
const WARM_UP = 50

/** A durable host on which scenarios are played; all of them in one database. */
class Stage {
  readonly #place: TemporaryHost
  readonly #people = new Set<string>()
  #deployed = false
  #areParametersSet = false
  #requests = 0
  /** Ballot papers cast in all cases so far. */
  papers = 0
  /** What the last case was started with. */
  start: ScenarioStart | null = null

  private constructor(place: TemporaryHost) {
    this.#place = place
  }

  static async open(): Promise<Stage> {
    return new Stage(await temporaryHost())
  }

  /** A scenario's host: one case of its own. */
  async begin(folder: PackageFolder): Promise<ScenarioHost> {
    const { host, clock } = this.#place
    if (!this.#deployed) {
      await host.deploy(folder.resources, bencher, 'deploy')
      this.#deployed = true
    }
    let stream = 0
    const next = () => {
      this.#requests += 1
      return `p10:${this.#requests}`
    }
    const played: ScenarioHost = {
      name: 'bench',
      now: () => clock.now(),
      start: async (start) => {
        clock.pin(start.at)
        await this.#putPeople(start)
        await this.#setParameters(start)
        this.start = start
        const { processId, startEventId, units, variables, actor } = start
        const begins = startEventId === undefined ? {} : { startEventId }
        stream = (await host.start({ processId, ...begins, units, variables, actor, requestId: next() })).stream
        await host.settle()
      },
      submit: async (kind, key, value, actor) => {
        await host.submit({ kind, key, value, actor, requestId: next() })
        await host.settle()
      },
      advance: (to) => this.#advance(to),
      facts: () => this.#facts(stream),
      close: async () => {
        this.papers += (await this.#facts(stream)).filter(
          ({ kind, value }) => kind === 'userTask.completed' && (value as { elementId: string }).elementId === BALLOT,
        ).length
        await this.#end(stream, next())
      },
    }
    return played
  }

  /** Cancels a case whose scenario has left it open: only what has ended is put to rest. */
  async #end(stream: number, requestId: string): Promise<void> {
    const { host } = this.#place
    const { processInstance } = host.store.tables
    const key = stream * KEYS_PER_STREAM + 1
    const [found] = await host.store.read.select().from(processInstance).where(eq(processInstance.key, key))
    if (found?.state !== 'active') return
    await host.submit({ kind: 'processInstance.cancel', key, actor: bencher, requestId, value: { reason: 'bench' } })
    await host.settle()
  }

  /** Once: every case here is played with the same ones, which are the package's and no case's. */
  async #setParameters({ at, parameters }: ScenarioStart): Promise<void> {
    if (this.#areParametersSet) return
    this.#areParametersSet = true
    const { host } = this.#place
    const [one] = await host.store.read.select().from(host.store.tables.package)
    const given = { packageId: one?.id ?? '', unitId: '*', effectiveFrom: at, values: parameters }
    await host.setParameters(given, bencher, 'parameters')
  }

  async #putPeople({ people, units }: ScenarioStart): Promise<void> {
    const { host, clock } = this.#place
    const at = new Date(clock.now())
    const changes: RowChange[] = []
    for (const [role, holders] of Object.entries(people)) {
      for (const { id, name } of holders) {
        const account = { username: id, email: `${id}@invalid`, emailVerified: false, image: null }
        if (!this.#people.has(id))
          changes.push(insert('person', { id, name, ...account, createdAt: at, updatedAt: at }))
        this.#people.add(id)
        changes.push(upsert('position', { personId: id, role, unitId: units[0]?.id ?? '', since: clock.now() }))
      }
    }
    if (changes.length > 0) await host.record('organisation', 'people.put', bencher, {}, changes)
  }

  /** Moves the clock from due timer to due timer, so that each fires at its own time. */
  async #advance(to: number): Promise<void> {
    const { host, clock } = this.#place
    const { timer } = host.store.tables
    for (;;) {
      const due = host.store.read.select().from(timer).where(lte(timer.dueAt, to)).orderBy(asc(timer.dueAt)).limit(1)
      const [next] = await due
      if (!next) break
      clock.pin(Math.max(clock.now(), next.dueAt))
      await host.settle()
    }
    clock.pin(to)
    await host.settle()
  }

  async #facts(stream: number): Promise<readonly Fact[]> {
    const lines = await readStream(this.#place.host.store, stream)
    return lines.flatMap(({ row, records }) => readRecords(row.heads, records).slice(1)) as unknown as readonly Fact[]
  }

  /** Bytes of the pages that hold something: those that were given back are taken by what comes next. */
  async bytes(): Promise<number> {
    const { store } = this.#place.host
    const of = async (pragma: string) => {
      const [row] = (await store.single.all(`PRAGMA ${pragma}`)) as { [name: string]: number }[]
      return Object.values(row ?? {})[0] ?? 0
    }
    return ((await of('page_count')) - (await of('freelist_count'))) * (await of('page_size'))
  }

  /** Puts every finished case to rest, as the server does a week after its end; they share a checkpoint, as they do there. */
  async rest(): Promise<void> {
    const { clock, folder } = this.#place
    const host = await this.#place.reopen({ seal: { folder, copyTo: null } })
    await host.seal()
    clock.pin(clock.now() + 8 * DAY)
    await new Rest({ host, days: 7 }).all()
    const { processInstance, restingCase } = host.store.tables
    const cases = (await host.store.read.select().from(processInstance)).length
    const atRest = (await host.store.read.select({ stream: restingCase.stream }).from(restingCase)).length
    if (atRest !== cases) throw new Error(`Expected ${cases} cases at rest, but ${atRest} are`)
    await this.#place.reopen()
  }

  /** Bytes of memory that each of so many cases more takes, all of them live. */
  async memoryOf(cases: number): Promise<number> {
    const host = await this.#place.reopen({ liveLimit: cases * 2, liveBytes: Number.MAX_SAFE_INTEGER })
    const { processId, units, variables } = this.start!
    const start = (i: number) => startPatiently(host, { processId, units, variables, requestId: `live:${i}` })
    await inLanes(WARM_UP, 16, start)
    const before = heap()
    await inLanes(cases, 16, (i) => start(WARM_UP + i))
    return (heap() - before) / cases
  }

  async close(): Promise<void> {
    await this.#place.remove()
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use after what is not needed has been collected. */
function heap(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** What each finished case of a scenario adds to the database, in kB, before it is put to rest and then. */
interface Taken {
  readonly fresh: number
  readonly resting: number
  /** Ballot papers in it. */
  readonly papers: number
}

async function play(stage: Stage, scenario: string): Promise<Taken> {
  const once = async () => {
    const report = await testPackage(FOLDER, { name: 'bench', open: (folder) => stage.begin(folder) }, [scenario])
    const faults = [...report.faults, ...report.scenarios.flatMap(({ failures }) => failures.map(({ text }) => text))]
    if (faults.length > 0 || report.scenarios.length !== 1) throw new Error(faults.join('\n') || 'no such scenario')
  }
  await once()
  await stage.rest()
  stage.papers = 0
  const before = await stage.bytes()
  const more = async () => ((await stage.bytes()) - before) / TIMES / 1000
  for (let i = 0; i < TIMES; i += 1) await once()
  const fresh = await more()
  await stage.rest()
  return { fresh, resting: await more(), papers: stage.papers / TIMES }
}

/**
 * P10: kB on disk of one finished village decision at rest, played through the host by its own scenarios and put to rest
 * as the server does: all records, answers, projections, indexes, the trail and its seal; `ballots` is the same of one with
 * ballot papers, without 2.5 kB for each of them; `fresh` is what it takes before. `memory` is what a live case takes, in kB.
 */
export async function p10(): Promise<Figure[]> {
  const [held, written] = [await Stage.open(), await Stage.open()]
  try {
    const main = await play(held, 'main.yaml')
    const online = await play(written, 'online-ballot.yaml')
    if (online.papers === 0) throw new Error('Expected ballot papers in the scenario with ballots')
    console.log(`P10 fresh ${main.fresh.toFixed(1)} kB`)
    return [
      { name: 'P10 disk', value: main.resting - 2.5 * main.papers, goal: '<=60', unit: 'kB' },
      { name: 'P10 ballots', value: online.resting - 2.5 * online.papers, goal: '<=60', unit: 'kB' },
      { name: 'P10 memory', value: (await held.memoryOf(LIVE)) / 1000, goal: '<=20', unit: 'kB' },
    ]
  } finally {
    await held.close()
    await written.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await p10()) console.log(figureLine(figure))
