import type { Actor, UnitRef, Variables } from '@bihuan/engine'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { type Prepared, prepared } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import { digestOf, type Requests } from './requests.ts'
import type { Answer } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import { systemStreams } from './system-stream.ts'

/** The unit whose values hold everywhere: those the package itself brings. */
export const EVERYWHERE = '*'

/** Parameters of process packages: which values hold for a unit at a time. */
export class Parameters {
  readonly #store: Store
  readonly #stream: SystemStream
  readonly #requests: Requests
  readonly #queries = new Map<number, Prepared<{ unitId: string; values: Variables }[]>>()

  constructor(store: Store, stream: SystemStream, requests: Requests) {
    this.#store = store
    this.#stream = stream
    this.#requests = requests
  }

  /**
   * The values in force: those of the package, over them those of each unit from the root down to the unit of the case.
   * Of one unit's sets the latest that has begun counts, and of two of one time the one recorded later.
   */
  async inForce(packageId: string, units: readonly UnitRef[], at: number): Promise<Variables> {
    const order = [EVERYWHERE, ...units.map((unit) => unit.id).reverse()]
    const rows = await this.#query(order.length).execute({
      packageId,
      at,
      ...Object.fromEntries(order.map((unitId, i) => [`unit${i}`, unitId])),
    })
    const latest = new Map(rows.map((row) => [row.unitId, row.values]))
    const result: Variables = {}
    for (const unitId of order) Object.assign(result, latest.get(unitId))
    return result
  }

  /** The query for so many units, prepared at its first use: trees have few depths. */
  #query(depth: number): Prepared<{ unitId: string; values: Variables }[]> {
    let query = this.#queries.get(depth)
    if (!query) {
      const { parameterSet } = this.#store.tables
      const places = Array.from({ length: depth }, (_, i) => sql.placeholder(`unit${i}`))
      query = prepared(
        `parameters_${depth}`,
        this.#store.read
          .select({ unitId: parameterSet.unitId, values: parameterSet.values })
          .from(parameterSet)
          .where(
            and(
              eq(parameterSet.packageId, sql.placeholder('packageId')),
              inArray(parameterSet.unitId, places),
              lte(parameterSet.effectiveFrom, sql.placeholder('at')),
            ),
          )
          .orderBy(asc(parameterSet.effectiveFrom), asc(parameterSet.key)),
      )
      this.#queries.set(depth, query)
    }
    return query
  }

  /**
   * Records values for a unit (or `*`) from a time on. What is not named keeps the value of the unit above. A repeated
   * request is recorded once; throws `IDEMPOTENCY_KEY_REUSED` when it asks for something else.
   */
  async set(
    given: {
      readonly packageId: string
      readonly unitId: string
      readonly effectiveFrom: number
      readonly values: Variables
    },
    circumstances: { readonly at: number; readonly actor: Actor; readonly requestId: string },
  ): Promise<void> {
    const { at, actor, requestId } = circumstances
    const scope = systemStreams.parameters
    const digest = digestOf(actor, 'setParameters', given)
    await this.#requests.once(scope, requestId, digest, async () => {
      const { facts, sequence } = await this.#stream.append(circumstances, (newKey, row) => {
        const made = [systemFact('parameterSet.created', newKey(), { ...given, declarations: null })]
        return {
          command: { kind: 'parameterSet.create', key: null, version: 1, value: given },
          facts: made,
          changes: [
            ...projectSystem(made, circumstances),
            this.#requests.row(scope, requestId, digest, { stream: scope, sequence: row, at }),
          ],
        }
      })
      return { stream: scope, sequence, facts: facts as unknown as Answer['facts'] }
    })
  }
}
