import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, DefinitionBundle, Key } from '@bihuan/engine'
import { modelOf, plans, TABLE } from '@bihuan/engine/testing/random'
import fc from 'fast-check'
import type { Random } from '../faults/random.ts'
import type { Store } from '../src/db/store.ts'
import { controllableClock } from '../src/host/clock.ts'
import { Definitions } from '../src/host/definitions.ts'
import type { Resource } from '../src/host/deployment.ts'
import type { Host } from '../src/host/host.ts'
import { openHost } from '../src/host/open.ts'
import { files } from './processes.ts'

const seed: Actor = { type: 'system', id: 'seed' }
const bpmn = (name: string, text: string): Resource => ({ name: `${name}.bpmn`, content: Buffer.from(text) })

/** What is deployed where a race is run. */
export interface Deployed {
  /** Versions of the process, the first one first. */
  readonly versions: readonly Key[]
  readonly bundles: ReadonlyMap<Key, DefinitionBundle>
}

/** Databases that races begin with a copy of: in one the drawn processes are deployed, in the other none. */
export class Places {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bihuan-races-'))

  static async make(): Promise<Places> {
    const places = new Places()
    await places.#prepare('bare', async (host) => {
      await host.deploy([{ name: 'random.dmn', content: Buffer.from(TABLE) }], seed, 'table')
    })
    await places.#prepare('drawn', async (host) => {
      for (const [name, text] of Object.entries(files)) await host.deploy([bpmn(name, text)], seed, name)
    })
    return places
  }

  async #prepare(name: string, fill: (host: Host) => Promise<void>): Promise<void> {
    const clock = controllableClock(Date.parse('2026-03-01T09:00:00+08:00'))
    const host = await openHost({ databaseUrl: join(this.#folder, name), clock, poll: false })
    await fill(host)
    await host.close()
  }

  /** Puts a copy at a path: of the drawn processes, or one for a random model. */
  copy(name: 'drawn' | 'bare', path: string): void {
    cpSync(join(this.#folder, name), path)
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Deploys two versions, which are alike, of a random model; of another one where the server refuses it. */
export async function deployRandom(host: Host, random: Random): Promise<void> {
  for (;;) {
    const [plan] = fc.sample(fc.noBias(plans), { seed: random.between(0, 2 ** 31), numRuns: 1 })
    const text = modelOf(plan!)
    try {
      for (const version of ['one', 'two'])
        await host.deploy([bpmn('random', `${text}<!-- ${version} -->`)], seed, `${version}`)
      return
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Rejection') throw error
    }
  }
}

/** The processes of a store, compiled. */
export async function deployedIn(store: Store): Promise<Deployed> {
  const definitions = new Definitions(store, () => {})
  await definitions.refresh()
  const { processDefinition } = store.tables
  const found = await store.read
    .select({ key: processDefinition.key, processId: processDefinition.processId })
    .from(processDefinition)
    .orderBy(processDefinition.key)
  const bundles = new Map<Key, DefinitionBundle>()
  for (const { key } of found) bundles.set(key, (await definitions.get(key)).bundle)
  return { versions: found.filter(({ processId }) => processId === 'process').map(({ key }) => key), bundles }
}
