import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ballotDrawing } from '../../engine/bench/p7.ts'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import type { Host } from '../src/host/host.ts'
import { type TemporaryHost, temporaryHost } from '../src/testing/open.ts'
import { bencher, quantile, startPatiently, timed } from './bench-host.ts'

const MANY = 3_000
const FEW = 30
/** Votes that come at once, as in the hour after a village has been told; those of one group share a COMMIT. */
const AT_ONCE = 20

/**
 * P7 through the host, on disk: a ballot of 3,000 households. `create` is the time until every task is there, in seconds;
 * `vote` what 20 votes at once cost against 20 in a ballot of 30, in time and in bytes of the write-ahead log; `tally`
 * the last vote, which ends the ballot and counts, in seconds.
 */
export async function p7Host(): Promise<Figure[]> {
  const place = await temporaryHost()
  try {
    const { host } = place
    await host.deploy([{ name: 'ballot.bpmn', content: Buffer.from(ballotDrawing) }], bencher, 'deploy')
    await Ballot.open(host, 'warm', MANY)
    let large!: Ballot
    const create = await timed(async () => {
      large = await Ballot.open(host, 'large', MANY)
    })
    const times = { many: [] as number[], few: [] as number[] }
    const bytes = { many: 0, few: 0 }
    // To the end: what is written once in a while is part of what a vote costs.
    for (let round = 0; large.left > AT_ONCE + 2; round += 1) {
      const small = await Ballot.open(host, `small:${round}`, FEW)
      bytes.few += await written(place, async () => times.few.push(await timed(() => small.vote(AT_ONCE))))
      bytes.many += await written(place, async () => times.many.push(await timed(() => large.vote(AT_ONCE))))
    }
    await large.vote(large.left - 2)
    const tally = await timed(() => large.vote(1))
    if (!(await large.hasEnded())) throw new Error('Expected the ballot to end with its last vote')
    return [
      { name: 'P7 host create', value: create / 1000, goal: '<=2', unit: 's' },
      { name: 'P7 host vote', value: quantile(times.many) / quantile(times.few), goal: '<=1.3' },
      { name: 'P7 host bytes', value: bytes.many / bytes.few, goal: '<=1.3' },
      { name: 'P7 host tally', value: tally / 1000, goal: '<=0.5', unit: 's' },
    ]
  } finally {
    await place.remove()
  }
}

/** Bytes that some work added to the write-ahead log, which is empty before. */
async function written({ host, folder }: TemporaryHost, work: () => Promise<unknown>): Promise<number> {
  await host.store.single.all('PRAGMA wal_checkpoint(TRUNCATE)')
  await work()
  return statSync(join(folder, 'bihuan.db-wal')).size
}

class Ballot {
  readonly #host: Host
  readonly #key: number
  readonly #tasks: number[]

  private constructor(host: Host, key: number, tasks: number[]) {
    this.#host = host
    this.#key = key
    this.#tasks = tasks
  }

  /** Starts a ballot and waits until every household has its task. */
  static async open(host: Host, name: string, households: number): Promise<Ballot> {
    const tasks: number[] = []
    const stop = host.onCommitted(({ facts }) => {
      for (const { kind, key } of facts) if (kind === 'userTask.created') tasks.push(key)
    })
    const variables = { households: Array.from({ length: households }, (_, i) => `h${i}`) }
    const { instanceKey } = await startPatiently(host, { processId: 'process', units: [], variables, requestId: name })
    await host.settle()
    stop()
    if (tasks.length !== households) throw new Error(`Expected ${households} tasks, but there are ${tasks.length}`)
    return new Ballot(host, instanceKey, tasks)
  }

  get left(): number {
    return this.#tasks.length
  }

  /** So many votes at once. */
  async vote(count: number): Promise<void> {
    await Promise.all(
      this.#tasks.splice(-count).map((key) =>
        this.#host.submit({
          kind: 'userTask.complete',
          key,
          actor: bencher,
          requestId: `vote:${key}`,
          value: { variables: { vote: true }, formKey: null },
        }),
      ),
    )
  }

  async hasEnded(): Promise<boolean> {
    const { processInstance } = this.#host.store.tables
    const rows = await this.#host.store.read.select().from(processInstance)
    return rows.find(({ key }) => key === this.#key)?.state === 'completed'
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await p7Host()) console.log(figureLine(figure))
