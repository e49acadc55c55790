import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { line, model, node } from '@bihuan/engine/testing'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import { readOrganisationFile } from '../src/identity/organisation-file.ts'
import { makeLog } from '../src/log.ts'
import { openServer, type Server } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'
import { bencher, inLanes, quantile, startPatiently, tasksOf, timed } from './bench-host.ts'

const SMALL = 1_000
const LARGE = 100_000
const FULL = 1_000_000
/** Open tasks of the person whose inbox is read, in both databases. */
const OWN = 5_000
/** Tasks completed at once; those of one group share a COMMIT. */
const AT_ONCE = 16
const ROUNDS = 40
const WARM_UP = 5
const LANES = 256
const PASSWORD = 'a-long-password'

const units = [
  { id: 'east', name: 'East', level: 'village' },
  { id: 'district', name: 'District', level: 'district' },
]
const organisation = `
levels: [district, village]
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: east, name: East, level: village, parent: district }
roles:
  - { key: clerk, name: Clerk, level: village }
people:
  - { username: busy.clerk, name: Busy, password: ${PASSWORD}, positions: [{ role: clerk, unit: east }] }
  - { username: other.clerk, name: Other, password: ${PASSWORD}, positions: [{ role: clerk, unit: east }] }
`
const drawing = model(
  node('startEvent', 'start') +
    node('userTask', 'a', '<zeebe:assignmentDefinition assignee="=who"/>') +
    node('userTask', 'b', '<zeebe:assignmentDefinition assignee="=who"/>') +
    node('endEvent', 'end') +
    line('start', 'a', 'b', 'end'),
)

/** A server with so many cases, and one person who has 5,000 tasks beside them. */
class Town {
  readonly #server: Server
  readonly #cookie: string
  /** Tasks to complete, spread evenly over all cases. */
  readonly #tasks: number[]

  private constructor(server: Server, cookie: string, tasks: number[]) {
    this.#server = server
    this.#cookie = cookie
    this.#tasks = tasks
  }

  static async open(folder: string, cases: number): Promise<Town> {
    mkdirSync(folder, { recursive: true })
    const settings = readSettings({ BIHUAN_DATA: folder }, folder)
    const server = await openServer(settings, makeLog('silent'), { poll: false })
    const { host, organisation: people } = server
    await people.load(readOrganisationFile(organisation), bencher)
    await host.deploy([{ name: 'p4.bpmn', content: Buffer.from(drawing) }], bencher, 'deploy')
    const signedIn = await request(server, 'POST', '/api/session', { username: 'busy.clerk', password: PASSWORD })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const { id } = (await signedIn.json()) as { id: string }
    // The person's cases lie among those of others.
    const all = cases + OWN
    const step = Math.floor(cases / ((WARM_UP + ROUNDS) * AT_ONCE))
    let others = 0
    const tasks: number[] = []
    await inLanes(all, LANES, async (i) => {
      const isOwn = Math.floor(((i + 1) * OWN) / all) > Math.floor((i * OWN) / all)
      const variables = { who: isOwn ? id : `p${i % 500}` }
      const { facts } = await startPatiently(host, { processId: 'process', units, variables, requestId: `start:${i}` })
      if (isOwn) return
      if (others % step === 0) tasks.push(...tasksOf(facts))
      others += 1
    })
    // In no order: the next to be completed lies somewhere else, and was used long ago.
    for (let i = tasks.length - 1; i > 0; i -= 1) {
      const j = (i * 7_919) % (i + 1)
      ;[tasks[i], tasks[j]] = [tasks[j]!, tasks[i]!]
    }
    // Opened anew, so that no case is in memory in either.
    await server.close()
    return new Town(await openServer(settings, makeLog('silent'), { poll: false }), cookie, tasks)
  }

  /** Completes tasks of cases that lie far apart and are not in memory; gives the milliseconds. */
  async complete(count: number): Promise<number> {
    const { host } = this.#server
    const keys = this.#tasks.splice(-count)
    if (keys.length < count) throw new Error(`Expected ${count} open tasks, but there are ${keys.length}`)
    return timed(() =>
      Promise.all(
        keys.map((key) =>
          host.submit({
            kind: 'userTask.complete',
            key,
            actor: bencher,
            requestId: `complete:${key}`,
            value: { variables: { yes: true }, formKey: null },
          }),
        ),
      ),
    )
  }

  /** Milliseconds of one page of the inbox, as the app asks for it. */
  inbox(): Promise<number> {
    return timed(async () => {
      const answer = await request(this.#server, 'GET', '/api/inbox?view=mine', undefined, { cookie: this.#cookie })
      const { items } = (await answer.json()) as { items: readonly unknown[] }
      if (items.length !== 50) throw new Error(`Expected a page of 50 tasks, but there are ${items.length}`)
    })
  }

  close(): Promise<void> {
    return this.#server.close()
  }
}

async function request(
  { app }: Server,
  method: string,
  path: string,
  body?: unknown,
  headers: { readonly [name: string]: string } = {},
): Promise<Response> {
  const answer = await app.request(path, {
    method,
    headers: {
      host: 'localhost',
      origin: 'http://localhost',
      ...headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`Expected ${path} to be answered, but the answer is ${answer.status}`)
  return answer
}

/**
 * P4: what it costs to complete tasks in a database of 100,000 cases (a million when `full`) against one of 1,000, and a
 * page of the inbox of a person with 5,000 open tasks in both. The databases take turns; medians.
 */
export async function p4(full = false): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-p4-'))
  const towns: Town[] = []
  try {
    const small = await Town.open(join(folder, 'small'), SMALL)
    towns.push(small)
    const large = await Town.open(join(folder, 'large'), full ? FULL : LARGE)
    towns.push(large)
    const complete = { small: [] as number[], large: [] as number[] }
    const inbox = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const times = [
        await small.complete(AT_ONCE),
        await large.complete(AT_ONCE),
        await small.inbox(),
        await large.inbox(),
      ] as const
      if (round < WARM_UP) continue
      complete.small.push(times[0])
      complete.large.push(times[1])
      inbox.small.push(times[2])
      inbox.large.push(times[3])
    }
    return [
      { name: 'P4 complete', value: quantile(complete.large) / quantile(complete.small), goal: '<=1.3' },
      { name: 'P4 inbox', value: quantile(inbox.large) / quantile(inbox.small), goal: '<=1.3' },
    ]
  } finally {
    for (const town of towns) await town.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await p4(process.argv.includes('--full'))) console.log(figureLine(figure))
