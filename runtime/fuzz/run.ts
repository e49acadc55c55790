import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../faults/random.ts'
import { Callers } from './callers.ts'
import { type Digest, differing, digestOf, draftTables } from './digest.ts'
import { operationsOf } from './document.ts'
import { BOUND_MS, faultOf, isRefused } from './judge.ts'
import { readKnown } from './known.ts'
import { bytesOf, type Kind, mayLeaveDraft, type Planned, Requests } from './request.ts'
import { type Lag, Server } from './server.ts'
import { type Answer, Wire } from './wire.ts'
import { settle } from './world.ts'

/** What a run found. */
export interface Found {
  readonly requests: number
  /** Answers of 5xx, but for operations that are not offered. */
  readonly failed: number
  readonly restarts: number
  /** Requests that were refused and changed something all the same. */
  readonly changed: number
  /** Answers that are wrong in another way (late, without a problem, in one language), and lines of the log that are. */
  readonly wrong: number
  readonly statuses: ReadonlyMap<string, number>
  readonly slowestMs: number
  readonly lag: Lag
  readonly seconds: number
  /** Requests that were sent again to see whether those refused had changed something. */
  readonly repeated: number
}

export interface RunOptions {
  readonly count: number
  readonly seed: number
  readonly say: (line: string) => void
}

const BATCH = 500
const LANES = 24
/** Findings that are told in full. */
const TOLD = 25
const LOOK_MS = 25

/**
 * A batch of what may be done, then two of what hardly ever is: after requests that were done, those that were
 * refused have to be sent again by themselves to see that they change nothing.
 */
const hopeless = {
  text: 16,
  type: 8,
  id: 16,
  raw: 6,
  cut: 4,
  near: 0,
  query: 0,
  header: 0,
  method: 0,
  caller: 0,
  fitting: 0,
}
const hopeful = {
  text: 0,
  type: 0,
  id: 0,
  raw: 0,
  cut: 0,
  near: 30,
  query: 8,
  header: 8,
  method: 6,
  caller: 8,
  fitting: 12,
}

const shown = (answer: Answer) => ({
  ms: answer.ms,
  status: answer.outcome === 'answered' ? String(answer.status) : answer.outcome,
})

/** Sends generated requests to a server of its own and judges what comes back. */
export class Run {
  readonly #options: RunOptions
  readonly #statuses = new Map<string, number>()
  readonly #told = new Map<string, number>()
  #server!: Server
  #wire!: Wire
  #callers!: Callers
  #database = ''
  #failed = 0
  #wrong = 0
  #changed = 0
  #repeated = 0
  #slowest = 0

  constructor(options: RunOptions) {
    this.#options = options
  }

  async run(): Promise<Found> {
    const folder = await mkdtemp(join(tmpdir(), 'bihuan-requests-'))
    const { authorization } = await settle(folder).catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    })
    this.#database = join(folder, 'bihuan.db')
    this.#server = new Server(folder, (output) => this.#options.say(`the server ended:\n${output}`))
    this.#wire = new Wire(() => this.#server.port())
    const address = async () => `http://127.0.0.1:${await this.#server.port()}`
    this.#callers = new Callers(authorization, address)
    try {
      const document = await (await fetch(`${await address()}/api/openapi.json`)).json()
      const begin = performance.now()
      await this.#batches(new Requests(operationsOf(document)))
      const seconds = (performance.now() - begin) / 1000
      for (const line of this.#server.forged) this.#options.say(`no event in the log: ${JSON.stringify(line)}`)
      return {
        requests: this.#options.count,
        failed: this.#failed,
        restarts: this.#server.restarts,
        changed: this.#changed,
        wrong: this.#wrong + this.#server.forged.length,
        statuses: this.#statuses,
        slowestMs: this.#slowest,
        lag: await this.#server.lag(),
        seconds,
        repeated: this.#repeated,
      }
    } finally {
      this.#wire.close()
      await this.#server.close()
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #batches(requests: Requests): Promise<void> {
    const { count, seed } = this.#options
    const random = new Random(seed)
    for (let sent = 0, turn = 0; sent < count; sent += BATCH, turn += 1) {
      await this.#callers.signIn()
      const known = await readKnown(this.#database)
      const weights: { readonly [kind in Kind]: number } = turn % 3 === 0 ? hopeful : hopeless
      const planned = Array.from({ length: Math.min(BATCH, count - sent) }, () =>
        requests.make(random, known, random.weighted(weights)),
      )
      await this.#batch(planned)
    }
  }

  /** Sends requests at once, then proves that those refused have changed nothing: together, or again by themselves. */
  async #batch(planned: readonly Planned[]): Promise<void> {
    const before = await this.#settled()
    const answers = await this.#send(planned)
    for (const { ms, status } of answers.map(shown)) {
      if (ms > this.#slowest) this.#slowest = ms
      this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1)
    }
    if (differing(before, digestOf(this.#database)).length === 0) return
    const refused = planned.filter((_, index) => isRefused(answers[index]!))
    await this.#prove(refused.filter((one) => !mayLeaveDraft(one)))
    await this.#prove(refused.filter(mayLeaveDraft))
  }

  /** Sends refused requests again until all are refused, and searches for the one that changes something. */
  async #prove(planned: readonly Planned[]): Promise<void> {
    let refused = planned
    while (refused.length > 0) {
      const { tables, answers } = await this.#changes(refused)
      if (tables.length === 0) return
      const still = refused.filter((_, index) => isRefused(answers[index]!))
      if (still.length === refused.length) return this.#search(refused)
      refused = still
    }
  }

  /** Sends requests again; which tables differ afterwards? */
  async #changes(planned: readonly Planned[]) {
    const before = await this.#settled()
    const answers = await this.#send(planned)
    this.#repeated += planned.length
    const tables = differing(before, await this.#settled())
    const mayDiffer = planned.every(mayLeaveDraft) ? draftTables : []
    return { answers, tables: tables.filter((name) => !mayDiffer.includes(name)) }
  }

  /** Finds which of several refused requests changes something. */
  async #search(planned: readonly Planned[]): Promise<void> {
    const { tables, answers } = await this.#changes(planned)
    if (tables.length === 0 || planned.length === 0) return
    if (planned.length > 1) {
      const half = Math.ceil(planned.length / 2)
      await this.#search(planned.slice(0, half))
      return this.#search(planned.slice(half))
    }
    if (!isRefused(answers[0]!)) return
    this.#changed += 1
    this.#tell(`changed ${tables.join(', ')}`, planned[0]!, answers[0]!)
  }

  async #send(planned: readonly Planned[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    let next = 0
    const lane = async () => {
      for (let index = next++; index < planned.length; index = next++) {
        const one = planned[index]!
        const chunks = bytesOf(one, this.#callers.of(one.caller))
        const sending = { chunks, isCut: one.isCut, isKept: one.raw === null && !one.isCut }
        const answer = await this.#wire.ask(sending, one.raw === null && one.method === 'HEAD', BOUND_MS)
        answers[index] = answer
        this.#judge(one, answer)
        if (process.env.SLOW && answer.ms > 300)
          console.log(
            'SLOW',
            Math.round(answer.ms),
            one.kind,
            one.caller,
            one.method,
            one.target.slice(0, 100),
            'status' in answer ? answer.status : '',
            one.body?.length,
            one.body?.toString('latin1').slice(0, 200),
          )
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    return answers
  }

  #judge(planned: Planned, answer: Answer): void {
    const fault = faultOf(planned, answer)
    if (fault === null) return
    if (answer.outcome === 'answered' && answer.status >= 500) this.#failed += 1
    else this.#wrong += 1
    this.#tell(fault, planned, answer)
  }

  #tell(fault: string, planned: Planned, answer: Answer): void {
    const place = `${fault} ${planned.raw === null ? `${planned.method} ${planned.target.replace(/[?].*|\d+/g, '')}` : ''}`
    const times = (this.#told.get(place) ?? 0) + 1
    this.#told.set(place, times)
    if (times > 1 || this.#told.size > TOLD) return
    const sent = Buffer.concat(bytesOf(planned, this.#callers.of(planned.caller))).toString('latin1')
    const got = answer.outcome === 'answered' ? `${answer.status} ${answer.body.slice(0, 400)}` : answer.outcome
    this.#options.say(
      `${fault} (${planned.kind}, ${planned.caller})\n  > ${JSON.stringify(sent.slice(0, 1500)).replace(/(.)\\1{80,}/g, '$1…')}\n  < ${got}`,
    )
  }

  /** The digest once nothing changes any more: what was done has follow-ups. */
  async #settled(): Promise<Digest> {
    for (let last = digestOf(this.#database); ; ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      const now = digestOf(this.#database)
      if (differing(last, now).length === 0) return now
      last = now
    }
  }
}
