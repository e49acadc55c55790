import {
  compile,
  type Decision,
  type DefinitionBundle,
  type Key,
  type ProcessDefinition,
  Rejection,
  readDecisions,
} from '@bihuan/engine'
import { eq, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { prepared } from './prepared.ts'

type DecisionEntry = { readonly key: Key; readonly decision: Decision }

/** A process as it is deployed. */
export interface DeployedDefinition {
  readonly bundle: DefinitionBundle
  readonly packageId: string | null
}

/**
 * The deployed processes, compiled once each. Forms and decisions are bound to the latest version at the moment they are
 * used (Camunda 8's `latest` binding): every bundle looks at the same two tables, which a deployment changes.
 */
export class Definitions {
  readonly #store: Store
  readonly #compiled = new Map<Key, Promise<DeployedDefinition>>()
  readonly #decisions: { [id: string]: DecisionEntry } = Object.create(null)
  readonly #forms: { [id: string]: { readonly key: Key } } = Object.create(null)
  readonly #byKey
  readonly #latest

  constructor(store: Store) {
    this.#store = store
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

  /** Reads the latest forms and decisions. To be called once, and after each deployment. */
  async refresh(): Promise<void> {
    const { decision, form } = this.#store.tables
    for (const { key, formId } of await this.#store.read
      .select({ key: form.key, formId: form.formId })
      .from(form)
      .where(eq(form.latest, true)))
      this.#forms[formId] = { key }
    const rows = await this.#store.read.select().from(decision).where(eq(decision.latest, true))
    for (const row of rows) {
      if (this.#decisions[row.decisionId]?.key === row.key) continue
      const { decisions } = await readDecisions(row.xml, row.resource)
      const found = decisions.find(({ id }) => id === row.decisionId)
      if (!found) throw new Error(`Expected decision ${row.decisionId} in its own file`)
      this.#decisions[row.decisionId] = { key: row.key, decision: found }
    }
  }

  /** Ids of the forms and decisions that are deployed. */
  get known(): { readonly forms: readonly string[]; readonly decisions: readonly string[] } {
    return { forms: Object.keys(this.#forms), decisions: Object.keys(this.#decisions) }
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
    const { processes } = await compile(row.xml, row.resource)
    const process: ProcessDefinition | undefined = processes.find(({ id }) => id === row.processId)
    if (!process) throw new Error(`Expected process ${row.processId} in its own file`)
    const bundle = { key, version: row.version, process, decisions: this.#decisions, forms: this.#forms }
    return { bundle, packageId: row.packageId }
  }
}
