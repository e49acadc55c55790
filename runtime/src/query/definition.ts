import { eq, inArray } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'

/** What lists need of a definition. */
export type DefinitionRow = Pick<
  Row<'processDefinition'>,
  'key' | 'processId' | 'name' | 'version' | 'stages' | 'startFormId' | 'bound'
>

/** Deployed definitions never change: rows are kept. */
export class Definitions {
  readonly #store: Store
  readonly #rows = new Map<number, DefinitionRow>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Rows by key; unknown keys are left out. */
  async rows(keys: Iterable<number>): Promise<ReadonlyMap<number, DefinitionRow>> {
    const wanted = [...new Set(keys)]
    const missing = wanted.filter((key) => !this.#rows.has(key))
    if (missing.length > 0) {
      const { processDefinition: t } = this.#store.tables
      const rows = await this.#store.read
        .select({
          key: t.key,
          processId: t.processId,
          name: t.name,
          version: t.version,
          stages: t.stages,
          startFormId: t.startFormId,
          bound: t.bound,
        })
        .from(t)
        .where(inArray(t.key, missing))
      for (const row of rows) this.#rows.set(row.key, row)
    }
    return new Map(wanted.flatMap((key) => (this.#rows.has(key) ? [[key, this.#rows.get(key)!]] : [])))
  }

  /** The drawing. */
  async xml(key: number): Promise<string | null> {
    const { processDefinition: t } = this.#store.tables
    const [row] = await this.#store.read.select({ xml: t.xml }).from(t).where(eq(t.key, key)).limit(1)
    return row?.xml ?? null
  }
}
