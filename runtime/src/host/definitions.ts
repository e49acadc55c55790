import {
  compile,
  type Decision,
  type DefinitionBundle,
  type DefinitionSource,
  type Key,
  type Problem,
  type ProcessDefinition,
  Rejection,
  readDecisions,
} from '@bihuan/engine'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../db/prepared.ts'
import type { Row } from '../db/schema/index.ts'
import type { Bound } from '../db/schema/process-definition.ts'
import type { Store } from '../db/store.ts'
import { ProcessIndex } from './process-index.ts'

type Report = (what: string, error: unknown) => void
type DecisionEntry = { readonly key: Key; readonly decision: Decision }

/** A process as it is deployed. */
export interface DeployedDefinition {
  readonly bundle: DefinitionBundle
  readonly packageId: string | null
}

/** A step has come to a process that is deployed but not compiled: it is judged again when that is done. */
export class DefinitionNeeded extends Error {
  readonly key: Key

  constructor(key: Key) {
    super(`Expected definition ${key} to be compiled`)
    this.name = 'DefinitionNeeded'
    this.key = key
  }
}

/**
 * The deployed processes, compiled once each. A process of a package keeps the forms and decisions it was published
 * with; all others are bound to the latest version at the moment they are used (Camunda 8's `latest` binding): every
 * bundle looks at the same two tables, which a deployment changes.
 */
export class Definitions {
  readonly #store: Store
  readonly #report: Report
  readonly #compiled = new Map<Key, Promise<DeployedDefinition>>()
  /** Those of them that are ready. */
  readonly #ready = new Map<Key, DefinitionBundle>()
  readonly #index: ProcessIndex
  readonly #decisions: { [id: string]: DecisionEntry } = Object.create(null)
  readonly #forms: { [id: string]: { readonly key: Key } } = Object.create(null)
  /** Ids of processes that take no new cases. */
  #retired: ReadonlySet<string> = new Set()
  readonly #byKey
  readonly #latest

  constructor(store: Store, report: Report) {
    this.#store = store
    this.#report = report
    this.#index = new ProcessIndex(store)
    const { processDefinition } = store.tables
    this.#byKey = prepared(
      'definition_by_key',
      store.read
        .select()
        .from(processDefinition)
        .where(eq(processDefinition.key, sql.placeholder('key'))),
    )
    this.#latest = prepared(
      'definition_latest',
      store.read
        .select({ key: processDefinition.key })
        .from(processDefinition)
        .where(sql`${processDefinition.processId} = ${sql.placeholder('processId')} and ${processDefinition.latest}`),
    )
  }

  /** What call activities find. Throws `DefinitionNeeded` for what is deployed but not compiled yet. */
  readonly others: DefinitionSource = {
    byKey: (key) => this.#bundle(key),
    find: (processId, binding, caller) => {
      const found = this.#index.find(processId, binding, caller.key)
      return found && this.#bundle(found.key)
    },
  }

  #bundle(key: Key): DefinitionBundle | null {
    const ready = this.#ready.get(key)
    if (ready) return ready
    if (this.#index.byKey(key)) throw new DefinitionNeeded(key)
    return null
  }

  /**
   * Reads the latest forms and decisions, what processes there are, and what is retired. To be called once, and after
   * each change of them.
   */
  async refresh(): Promise<void> {
    await this.#index.refresh()
    const { decision, form, processDefinition } = this.#store.tables
    const retired = await this.#store.read
      .select({ id: processDefinition.processId })
      .from(processDefinition)
      .where(and(eq(processDefinition.latest, true), eq(processDefinition.retired, true)))
    this.#retired = new Set(retired.map(({ id }) => id))
    for (const { key, formId } of await this.#store.read
      .select({ key: form.key, formId: form.formId })
      .from(form)
      .where(eq(form.latest, true)))
      this.#forms[formId] = { key }
    const rows = await this.#store.read.select().from(decision).where(eq(decision.latest, true))
    for (const row of rows) {
      if (this.#decisions[row.decisionId]?.key === row.key) continue
      await this.#take(row)
    }
  }

  /** One that cannot be read (deployed by a version that could) stops who asks for it, not everybody. */
  async #take(row: Row<'decision'>): Promise<void> {
    try {
      this.#decisions[row.decisionId] = await decisionOf(row)
    } catch (error) {
      delete this.#decisions[row.decisionId]
      this.#report('decision', error)
    }
  }

  /** Throws `PROCESS_RETIRED` when the process takes no new cases. */
  checkOpen({ bundle }: DeployedDefinition): void {
    const processId = bundle.process.id
    if (this.isRetired(processId)) throw new Rejection('PROCESS_RETIRED', { processId })
  }

  /** Whether a process takes no new cases. */
  isRetired(processId: string): boolean {
    return this.#retired.has(processId)
  }

  /** Ids of the processes, forms and decisions that are deployed. */
  get known(): {
    readonly processes: readonly string[]
    readonly forms: readonly string[]
    readonly decisions: readonly string[]
  } {
    return {
      processes: [...this.#index.processIds],
      forms: Object.keys(this.#forms),
      decisions: Object.keys(this.#decisions),
    }
  }

  /** The definition of a key. Throws `NOT_FOUND`. */
  get(key: Key): Promise<DeployedDefinition> {
    let found = this.#compiled.get(key)
    if (!found) {
      found = this.#compile(key)
      this.#compiled.set(key, found)
      found.catch(() => this.#compiled.delete(key))
    }
    return found
  }

  /** The latest version of a process id. Throws `NOT_FOUND`. */
  async latest(processId: string): Promise<DeployedDefinition> {
    const [row] = await this.#latest.execute({ processId })
    if (!row) throw new Rejection('NOT_FOUND', { processId })
    return this.get(row.key)
  }

  async #compile(key: Key): Promise<DeployedDefinition> {
    const [row] = await this.#byKey.execute({ key })
    if (!row) throw new Rejection('NOT_FOUND', { definitionKey: String(key) })
    const { processes, problems } = await compile(row.xml, row.resource, { deployed: true })
    const process: ProcessDefinition | undefined = processes.find(({ id }) => id === row.processId)
    if (!process) throw new Error(`Expected process ${row.processId} in its own file, but found ${codesOf(problems)}`)
    // Its cases go on; who looks after the server reads what this version would refuse.
    if (problems.some(({ severity }) => severity === 'error'))
      this.#report(
        'definition',
        new Error(`Expected process ${row.processId} to be fit, but found ${codesOf(problems)}`),
      )
    const { others } = this
    const bundle = { key, version: row.version, process, ...(await this.#used(row.bound)), others }
    this.#ready.set(key, bundle)
    return { bundle, packageId: row.packageId }
  }

  /** Forms and decisions as a definition uses them: those it is bound to, before the latest of all others. */
  async #used(bound: Bound | null): Promise<Pick<DefinitionBundle, 'decisions' | 'forms'>> {
    if (!bound) return { decisions: this.#decisions, forms: this.#forms }
    const decisions: { [id: string]: DecisionEntry } = Object.create(this.#decisions)
    const forms: { [id: string]: { readonly key: Key } } = Object.create(this.#forms)
    for (const [id, key] of Object.entries(bound.forms)) forms[id] = { key }
    const { decision } = this.#store.tables
    for (const [id, key] of Object.entries(bound.decisions)) {
      const [row] = await this.#store.read.select().from(decision).where(eq(decision.key, key)).limit(1)
      if (!row) throw new Error(`Expected decision ${id} with key ${key}, which a package was published with`)
      decisions[id] = await decisionOf(row)
    }
    return { decisions, forms }
  }
}

async function decisionOf(row: Row<'decision'>): Promise<DecisionEntry> {
  const { decisions, problems } = await readDecisions(row.xml, row.resource)
  const found = decisions.find(({ id }) => id === row.decisionId)
  if (!found) throw new Error(`Expected decision ${row.decisionId} in its own file, but found ${codesOf(problems)}`)
  return { key: row.key, decision: found }
}

/** What keeps a file that was deployed from being read, for the log. */
const codesOf = (problems: readonly Problem[]): string =>
  [...new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))].join(', ') || 'no fault'
