import {
  type Actor,
  type Command,
  type Key,
  type MappingInstruction,
  Rejection,
  restoreState,
  type State,
  serializeState,
  statusOf,
  step,
  suggestMappings,
} from '@bihuan/engine'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { Bulk } from './bulk.ts'
import type { Clock } from './clock.ts'
import { DefinitionNeeded, type DeployedDefinition } from './definitions.ts'
import { streamOf } from './live-instance.ts'
import type { Submit } from './submission.ts'

/** How many cases one request looks at. */
export const MIGRATION_PAGE = 100
/** How many commands are under way at once: they share a commit. */
const TOGETHER = 10

/** Cases that are to go on in another definition. */
export interface MigrationRequest {
  /**
   * These, at most `MIGRATION_PAGE`, which are a page that goes on after `next`; or the running ones of a definition, those
   * after `after`.
   */
  readonly cases:
    | { readonly instanceKeys: readonly Key[]; readonly next?: Key | null }
    | { readonly definitionKey: Key; readonly after?: Key; readonly limit?: number }
  readonly targetDefinitionKey: Key
  /** What each element becomes; what goes without saying (`suggestMappings`) when absent. */
  readonly mappings?: readonly MappingInstruction[]
}

/** What becomes, or has become, of one case. */
export interface MigrationOutcome {
  readonly instanceKey: Key
  /** Why it stays where it is, with everything that cannot move; null when it moves. */
  readonly rejection: Rejection | null
}

export interface MigrationPage {
  readonly items: readonly MigrationOutcome[]
  /** Where the next page begins (`after`); null when there is none. */
  readonly next: Key | null
}

/** Whose request it is, and why. */
export interface MigrationBy {
  readonly reason: string
  readonly actor: Actor
  readonly requestId: string
  /** What makes two requests of one id the same; the request itself when absent. */
  readonly asked?: unknown
}

/** What migrations need of the rest of the host. */
export interface MigrationSurroundings {
  readonly store: Store
  readonly bulk: Bulk
  readonly clock: Clock
  readonly submit: Submit
  readonly definition: (key: Key) => Promise<DeployedDefinition>
  /** Reads the state of a stream, which is not to be changed. */
  readonly look: <T>(stream: number, read: (state: State) => T) => Promise<T>
}

/** Moves running cases to another definition: each by a command of its own, whole or not at all (quality E13). */
export class Migrations {
  readonly #around: MigrationSurroundings

  constructor(around: MigrationSurroundings) {
    this.#around = around
  }

  /** The mappings from one definition to another that go without saying. Throws `NOT_FOUND`. */
  async suggest(sourceKey: Key, targetKey: Key): Promise<readonly MappingInstruction[]> {
    const { definition } = this.#around
    const [source, target] = [await definition(sourceKey), await definition(targetKey)]
    return suggestMappings(source.bundle.process, target.bundle.process)
  }

  /**
   * Says of each case whether it can move and what keeps it: the command is judged on a copy, nothing is written. Throws
   * `NOT_FOUND` for a definition that is not there, `BODY_INVALID` for too many cases.
   */
  async plan(request: MigrationRequest): Promise<MigrationPage> {
    await this.#around.definition(request.targetDefinitionKey)
    const { keys, next } = await this.#keys(request.cases)
    const items: MigrationOutcome[] = []
    for (const instanceKey of keys) {
      // Others have their turn between two cases.
      await new Promise<void>((resolve) => setImmediate(resolve))
      items.push(await outcomeOf(instanceKey, () => this.#judge(instanceKey, request)))
    }
    return { items, next }
  }

  /**
   * Moves them; those that cannot are listed with the reason and stay. A repeat with the same request id is about the same
   * cases, and goes on where the first was cut short. Throws as `plan` does, `IDEMPOTENCY_KEY_REUSED`, and what keeps the
   * host from writing.
   */
  async migrate(request: MigrationRequest, by: MigrationBy): Promise<MigrationPage> {
    const { submit, definition, bulk } = this.#around
    await definition(request.targetDefinitionKey)
    const { asked = request } = by
    const { keys, next } = await bulk.begin({ ...by, act: 'migration', asked }, () => this.#keys(request.cases))
    const items: MigrationOutcome[] = []
    for (let first = 0; first < keys.length; first += TOGETHER) {
      const together = keys.slice(first, first + TOGETHER).map((instanceKey) =>
        outcomeOf(instanceKey, async () => {
          const value = await this.#value(instanceKey, request, by.reason)
          const requestId = `${by.requestId}:${instanceKey}`
          // What goes without saying depends on where the case is, and a repeat finds it where it has been moved to.
          const asked = { ...value, mappings: request.mappings ?? null }
          await submit({ kind: 'processInstance.migrate', key: instanceKey, actor: by.actor, requestId, value, asked })
        }),
      )
      items.push(...(await Promise.all(together)))
    }
    return { items, next }
  }

  /** Throws the rejection the command would have now. */
  async #judge(instanceKey: Key, request: MigrationRequest): Promise<void> {
    const { look, definition, clock } = this.#around
    const value = await this.#value(instanceKey, request, '')
    for (;;) {
      const copy = await look(streamOf(instanceKey), (state) => restoreState(serializeState(state)))
      const { bundle } = await definition(copy.instance?.definitionKey ?? 0)
      const actor: Actor = { type: 'system', id: 'plan' }
      const command: Command = { kind: 'processInstance.migrate', at: clock.now(), actor, requestId: '', value }
      try {
        const { rejection } = step(bundle, copy, command)
        if (rejection) throw rejection
        return
      } catch (error) {
        if (!(error instanceof DefinitionNeeded)) throw error
        await definition(error.key)
      }
    }
  }

  async #value(instanceKey: Key, { mappings, targetDefinitionKey }: MigrationRequest, reason: string) {
    const { processInstance: t } = this.#around.store.tables
    const [found] = await this.#around.store.read
      .select({ definitionKey: t.definitionKey })
      .from(t)
      .where(eq(t.key, instanceKey))
    if (!found) throw new Rejection('NOT_FOUND', { processInstanceKey: String(instanceKey) })
    const given = mappings ?? (await this.suggest(found.definitionKey, targetDefinitionKey))
    return { reason, targetDefinitionKey, mappings: given }
  }

  async #keys(cases: MigrationRequest['cases']): Promise<{ readonly keys: readonly Key[]; readonly next: Key | null }> {
    if ('instanceKeys' in cases) {
      const keys = [...new Set(cases.instanceKeys)]
      if (keys.length <= MIGRATION_PAGE) return { keys, next: cases.next ?? null }
      throw new Rejection('BODY_INVALID', { field: 'instanceKeys', why: 'itemsAtMost', limit: MIGRATION_PAGE })
    }
    const { processInstance: t } = this.#around.store.tables
    const { definitionKey, after = 0 } = cases
    const limit = Math.min(Math.max(cases.limit ?? MIGRATION_PAGE, 1), MIGRATION_PAGE)
    const rows = await this.#around.store.read
      .select({ key: t.key })
      .from(t)
      .where(and(eq(t.definitionKey, definitionKey), gt(t.key, after), isNull(t.endedAt)))
      .orderBy(asc(t.key))
      .limit(limit + 1)
    const keys = rows.slice(0, limit).map(({ key }) => key)
    return { keys, next: rows.length > limit ? (keys.at(-1) ?? null) : null }
  }
}

/** What became of a case; what keeps the host from working is thrown on. */
async function outcomeOf(instanceKey: Key, work: () => Promise<void>): Promise<MigrationOutcome> {
  try {
    await work()
    return { instanceKey, rejection: null }
  } catch (error) {
    if (!(error instanceof Rejection) || statusOf(error.code) >= 500) throw error
    return { instanceKey, rejection: error }
  }
}
