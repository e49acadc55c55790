import type { Binding, Key } from '@bihuan/engine'
import { gt } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'

/** What is known of a deployed process without compiling it. */
export type IndexedProcess = Pick<
  Row<'processDefinition'>,
  'key' | 'processId' | 'version' | 'versionTag' | 'deploymentKey'
>

/** Every version of every process, in memory: a call activity asks in the middle of a step, which cannot wait. */
export class ProcessIndex {
  readonly #store: Store
  readonly #byKey = new Map<Key, IndexedProcess>()
  /** By process id, the oldest version first. */
  readonly #versions = new Map<string, IndexedProcess[]>()
  #last = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Reads what has been deployed since the last time. */
  async refresh(): Promise<void> {
    const { processDefinition: t } = this.#store.tables
    const rows = await this.#store.read
      .select({
        key: t.key,
        processId: t.processId,
        version: t.version,
        versionTag: t.versionTag,
        deploymentKey: t.deploymentKey,
      })
      .from(t)
      .where(gt(t.key, this.#last))
      .orderBy(t.key)
    for (const row of rows) {
      if (this.#byKey.has(row.key)) continue
      this.#byKey.set(row.key, row)
      const versions = this.#versions.get(row.processId)
      if (versions) versions.push(row)
      else this.#versions.set(row.processId, [row])
      this.#last = row.key
    }
  }

  get processIds(): Iterable<string> {
    return this.#versions.keys()
  }

  byKey(key: Key): IndexedProcess | null {
    return this.#byKey.get(key) ?? null
  }

  /**
   * The version a call means (Camunda 8: "Resource binding"): the newest, the one deployed together with the caller, or
   * the newest of those with the tag. Those of packages that take no new cases are found too: what runs may call them.
   */
  find(processId: string, binding: Binding, callerKey: Key): IndexedProcess | null {
    const versions = this.#versions.get(processId) ?? []
    if (binding.kind === 'latest') return versions.at(-1) ?? null
    if (binding.kind === 'versionTag')
      return versions.findLast(({ versionTag }) => versionTag === binding.versionTag) ?? null
    const caller = this.#byKey.get(callerKey)
    return versions.findLast(({ deploymentKey }) => deploymentKey === caller?.deploymentKey) ?? null
  }
}
