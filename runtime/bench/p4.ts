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

/** Of whoever has the 5,000 tasks, and of who has begun every case. */
interface Cookies {
  readonly busy: string
  readonly starter: string
}

/** A server with so many cases, one person who has 5,000 tasks beside them, and one who has begun every case. */
class Town {
  readonly #server: Server
  readonly #cookies: Cookies
  /** Tasks to complete, spread evenly over all cases. */
  readonly #tasks: number[]

  private constructor(server: Server, cookies: Cookies, tasks: number[]) {
    this.#server = server
    this.#cookies = cookies
    this.#tasks = tasks
  }

  static async open(folder: string, cases: number): Promise<Town> {
    mkdirSync(folder, { recursive: true })
    const settings = readSettings({ BIHUAN_DATA: folder }, folder)
    const server = await openServer(settings, makeLog('silent'), { poll: false })
    const { host, organisation: people } = server
    await people.load(readOrganisationFile(organisation), bencher)
    await host.deploy([{ name: 'p4.bpmn', content: Buffer.from(drawing) }], bencher, 'deploy')
    const busy = await signIn(server, 'busy.clerk')
    const starter = await signIn(server, 'other.clerk')
    const actor = { type: 'person', id: starter.id } as const
    // The person's cases lie among those of others.
    const all = cases + OWN
    const step = Math.floor(cases / ((WARM_UP + ROUNDS) * AT_ONCE))
    let others = 0
    const tasks: number[] = []
    await inLanes(all, LANES, async (i) => {
      const isOwn = Math.floor(((i + 1) * OWN) / all) > Math.floor((i * OWN) / all)
      const variables = { who: isOwn ? busy.id : `p${i % 500}` }
      const asked = { processId: 'process', units, variables, actor, requestId: `start:${i}` }
      const { facts } = await startPatiently(host, asked)
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
    const cookies = { busy: busy.cookie, starter: starter.cookie }
    return new Town(await openServer(settings, makeLog('silent'), { poll: false }), cookies, tasks)
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

  /** Milliseconds of one page of a person's list, as the app asks for it. */
  page(who: keyof Cookies, path: string): Promise<number> {
    return timed(async () => {
      const answer = await request(this.#server, 'GET', path, undefined, { cookie: this.#cookies[who] })
      const { items } = (await answer.json()) as { items: readonly unknown[] }
      if (items.length !== 50) throw new Error(`Expected a page of 50 rows, but there are ${items.length}`)
    })
  }

  close(): Promise<void> {
    return this.#server.close()
  }
}

/** Signs somebody in; gives his id and the cookies of his session. */
async function signIn(server: Server, username: string) {
  const signedIn = await request(server, 'POST', '/api/session', { username, password: PASSWORD })
  const cookies = signedIn.headers.getSetCookie().map((one) => one.split(';')[0])
  const { id } = (await signedIn.json()) as { id: string }
  return { id, cookie: cookies.join('; ') }
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

/** What is measured, in the order of its turns. */
const measures: { readonly [name: string]: (town: Town) => Promise<number> } = {
  complete: (town) => town.complete(AT_ONCE),
  inbox: (town) => town.page('busy', '/api/inbox?view=mine'),
  waiting: (town) => town.page('starter', '/api/inbox?view=waiting'),
  cases: (town) => town.page('starter', '/api/cases'),
}

/**
 * P4: what it costs to complete tasks in a database of 100,000 cases (a million when `full`) against one of 1,000, and a
 * page of the inbox of a person with 5,000 open tasks in both; and pages of a person who has begun every case, of those
 * that wait for others and of all. The databases take turns; medians.
 */
export async function p4(full = false): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-p4-'))
  const towns: Town[] = []
  try {
    const small = await Town.open(join(folder, 'small'), SMALL)
    towns.push(small)
    const large = await Town.open(join(folder, 'large'), full ? FULL : LARGE)
    towns.push(large)
    const times = Object.entries(measures).map(([name, measure]) => ({
      name,
      measure,
      small: [] as number[],
      large: [] as number[],
    }))
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
      for (const { measure, ...of } of times) {
        const [inSmall, inLarge] = [await measure(small), await measure(large)]
        if (round < WARM_UP) continue
        of.small.push(inSmall)
        of.large.push(inLarge)
      }
    return times.map((of) => ({
      name: `P4 ${of.name}`,
      value: quantile(of.large) / quantile(of.small),
      goal: '<=1.3',
    }))
  } finally {
    for (const town of towns) await town.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await p4(process.argv.includes('--full'))) console.log(figureLine(figure))
