import { count, desc, eq, inArray } from 'drizzle-orm'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { HostFigures } from '../host/figures.ts'
import type { Host } from '../host/host.ts'

/** Seconds for which figures that cost a query are given again. */
const KEPT_MS = 5_000
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type Labels = { readonly [name: string]: string }

/** What of a host's figures is shown, under which name. */
const shown: { readonly [figure in keyof HostFigures]?: { readonly name: string; readonly help: string } } = {
  queued: { name: 'bihuan_writer_queued', help: 'Units that wait to be written' },
  queuedBytes: { name: 'bihuan_writer_queued_bytes', help: 'Bytes of the units that wait to be written' },
  queuedFor: { name: 'bihuan_writer_queued_milliseconds', help: 'How long the oldest of them has been waiting' },
  inFlight: { name: 'bihuan_requests_in_flight', help: 'Requests of callers that are being worked on' },
  liveInstances: { name: 'bihuan_live_cases', help: 'Cases whose actor is in memory' },
  liveBytes: { name: 'bihuan_live_cases_bytes', help: 'Bytes their states have as text' },
  walBytes: { name: 'bihuan_wal_bytes', help: 'Size of the write-ahead log' },
  freeBytes: { name: 'bihuan_disk_free_bytes', help: 'Bytes free where the database lies' },
  timersDue: { name: 'bihuan_timers_due', help: 'Timers that are due and have not fired' },
  outboxDue: { name: 'bihuan_outbox_due', help: 'Entries of the outbox that are due' },
  outboxWaiting: { name: 'bihuan_outbox_waiting', help: 'Entries of the outbox' },
  retrying: { name: 'bihuan_retrying', help: 'What failed and is tried again later' },
}
/** Those that only grow. */
const counted: { readonly [figure in keyof HostFigures]?: { readonly name: string; readonly help: string } } = {
  shed: { name: 'bihuan_requests_shed_total', help: 'Requests that were turned away because too much was under way' },
  conflicts: { name: 'bihuan_conflicts_total', help: 'Writes that somebody else was faster with' },
  groups: { name: 'bihuan_groups_total', help: 'Groups of commands that were committed together' },
  units: { name: 'bihuan_units_total', help: 'Commands and other units in them' },
  failedGroups: { name: 'bihuan_groups_failed_total', help: 'Groups that did not reach the disk' },
}

/** What an operator's monitoring reads: a registry of its own, in the text format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #http: Histogram<'method' | 'route' | 'status'>
  readonly #commands: Histogram<'kind' | 'outcome'>
  readonly #groupUnits: Histogram
  readonly #groupSeconds: Histogram
  /** How many facts of each kind there have been: there are several a command, and a counter of the library costs more. */
  readonly #facts = new Map<string, number>()
  #host: Host | null = null
  #left: { readonly at: number; readonly values: ReadonlyMap<string, number> } | null = null

  /** `ofProcess` adds figures of the process: memory, CPU, event loop. */
  constructor({ ofProcess }: { readonly ofProcess: boolean }) {
    const registers = [this.#registry]
    if (ofProcess) collectDefaultMetrics({ register: this.#registry })
    this.#http = new Histogram({
      name: 'bihuan_http_seconds',
      help: 'Requests by route and status, and how long their answers took',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    })
    this.#commands = new Histogram({
      name: 'bihuan_command_seconds',
      help: 'Commands of callers by kind and outcome, until they were on disk',
      labelNames: ['kind', 'outcome'],
      buckets: SECONDS,
      registers,
    })
    this.#groupUnits = new Histogram({
      name: 'bihuan_group_units',
      help: 'Commands in a group',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
      registers,
    })
    this.#groupSeconds = new Histogram({
      name: 'bihuan_group_seconds',
      help: 'How long a group took to be on disk',
      buckets: SECONDS,
      registers,
    })
    const facts = this.#facts
    new Counter({
      name: 'bihuan_facts_total',
      help: 'Facts of cases by kind, whoever caused them',
      labelNames: ['kind'],
      registers,
      collect() {
        this.reset()
        for (const [kind, n] of facts) this.inc({ kind }, n)
      },
    })
  }

  /** Reads the figures of this host from now on, and of what turns requests away before they come to it. */
  watch(host: Host, load: { readonly figures: { readonly shed: number } }): void {
    this.#host = host
    host.onCommitted(({ facts }) => {
      for (const { kind } of facts) this.#facts.set(kind, (this.#facts.get(kind) ?? 0) + 1)
    })
    const registers = [this.#registry]
    let figures: Promise<HostFigures> | null = null
    // Asked once a scrape, whichever gauge comes first.
    const figure = (name: keyof HostFigures) => {
      figures ??= host.figures().finally(() => {
        figures = null
      })
      return figures.then((all) => all[name] ?? 0)
    }
    for (const [name, { name: metric, help }] of entries(shown))
      new Gauge({
        name: metric,
        help,
        registers,
        collect: async function () {
          this.set(await figure(name))
        },
      })
    for (const [name, { name: metric, help }] of entries(counted))
      new Counter({
        name: metric,
        help,
        registers,
        async collect() {
          this.reset()
          this.inc((await figure(name)) + (name === 'shed' ? load.figures.shed : 0))
        },
      })
    new Gauge({
      name: 'bihuan_writable',
      help: '1 while writes reach the disk, 0 while the server only reads or the disk refuses',
      registers,
      collect() {
        this.set(host.health().status === 'up' ? 1 : 0)
      },
    })
    const kept = (name: string) => this.#kept(name)
    for (const [name, help] of leftOver)
      new Gauge({
        name,
        help,
        registers,
        collect: async function () {
          this.set(await kept(name))
        },
      })
  }

  /** Counts a request that has been answered. `route` is its pattern, never its path. */
  request(labels: { readonly method: string; readonly route: string; readonly status: number }, seconds: number): void {
    this.#http.observe({ ...labels, status: String(labels.status) }, seconds)
  }

  /** Counts a command that has been answered; `outcome` is `written` or the code of its refusal. */
  command(kind: string, outcome: string, seconds: number): void {
    this.#commands.observe({ kind, outcome } satisfies Labels, seconds)
  }

  /** Counts a group of commands that were written together. */
  group(units: number, milliseconds: number): void {
    this.#groupUnits.observe(units)
    this.#groupSeconds.observe(milliseconds / 1000)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** All of it as text. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  async #kept(name: string): Promise<number> {
    const now = performance.now()
    if (this.#left === null || now - this.#left.at > KEPT_MS)
      this.#left = { at: now, values: this.#host === null ? new Map() : await countLeft(this.#host) }
    return this.#left.values.get(name) ?? 0
  }
}

const leftOver = [
  ['bihuan_incidents_open', 'Incidents nobody has resolved'],
  ['bihuan_jobs_waiting', 'Jobs that no worker has completed'],
  ['bihuan_checkpoint_age_seconds', 'Since the trail was last sealed by a signed checkpoint; 0 when it never was'],
] as const

async function countLeft({ store, clock }: Host): Promise<ReadonlyMap<string, number>> {
  const { incident, job, checkpoint } = store.tables
  const [incidents] = await store.read.select({ n: count() }).from(incident).where(eq(incident.state, 'active'))
  const [jobs] = await store.read
    .select({ n: count() })
    .from(job)
    .where(inArray(job.state, ['created', 'failed']))
  const [sealed] = await store.read
    .select({ at: checkpoint.at })
    .from(checkpoint)
    .orderBy(desc(checkpoint.number))
    .limit(1)
  return new Map([
    ['bihuan_incidents_open', incidents?.n ?? 0],
    ['bihuan_jobs_waiting', jobs?.n ?? 0],
    ['bihuan_checkpoint_age_seconds', sealed === undefined ? 0 : Math.max(0, clock.now() - sealed.at) / 1000],
  ])
}

function entries(described: { readonly [figure: string]: { readonly name: string; readonly help: string } }) {
  return Object.entries(described) as [keyof HostFigures, { readonly name: string; readonly help: string }][]
}
