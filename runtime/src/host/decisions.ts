import {
  type Actor,
  contextOf,
  type Decision,
  type DecisionOutcome,
  evaluateDecision,
  type Key,
  Rejection,
  readDecisions,
  type Variables,
} from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import type { SystemStream } from './system-stream.ts'

/** Which decision is asked for, exactly one of `decisionId` (latest version) and `decisionKey`, and what it reads. */
export interface EvaluationRequest {
  readonly decisionId?: string
  readonly decisionKey?: Key
  readonly variables: Variables
  readonly actor: Actor
  readonly requestId: string
}

/** What a decision gave, outside of any case. */
export interface EvaluatedDecision {
  /** Of the record that says it was asked for. */
  readonly key: Key
  readonly row: Row<'decision'>
  readonly decision: Decision
  readonly outcome: DecisionOutcome
  readonly variables: Variables
  readonly at: number
}

/** Read decisions that are kept; beyond, the one not asked for longest is read anew. */
const KEPT = 200

/**
 * Deployed decisions, evaluated for other systems (Camunda 8: "Evaluate decision"). The record names the decision and
 * the rules that matched, not the values: they belong to whoever asked.
 */
export class Decisions {
  readonly #store: Store
  readonly #stream: SystemStream
  readonly #clock: Clock
  readonly #read = new Map<Key, Decision>()

  constructor({ store, stream, clock }: { store: Store; stream: SystemStream; clock: Clock }) {
    this.#store = store
    this.#stream = stream
    this.#clock = clock
  }

  /** Throws `NOT_FOUND`. A decision that fails is an outcome. */
  async evaluate({
    decisionId,
    decisionKey,
    variables,
    actor,
    requestId,
  }: EvaluationRequest): Promise<EvaluatedDecision> {
    const { decision: t } = this.#store.tables
    const [row] = await this.#store.read
      .select()
      .from(t)
      .where(
        decisionKey === undefined
          ? and(eq(t.decisionId, decisionId ?? ''), eq(t.latest, true))
          : eq(t.key, decisionKey),
      )
      .limit(1)
    if (!row) throw new Rejection('NOT_FOUND')
    const decision = await this.#decisionOf(row)
    const at = this.#clock.now()
    const outcome = evaluateDecision(decision, contextOf(variables), at)
    const value = {
      decisionId: row.decisionId,
      decisionKey: row.key,
      failed: !outcome.ok,
      rules: outcome.ok ? outcome.rules : [],
    }
    const { facts } = await this.#stream.append({ at, actor, requestId }, (newKey) => ({
      command: { kind: 'decision.evaluate', key: row.key, version: 1, value: {} },
      facts: [{ kind: 'decision.evaluated', key: newKey(), version: 1, value }],
      changes: [],
    }))
    return { key: facts[0]!.key, row, decision, outcome, variables, at }
  }

  async #decisionOf(row: Row<'decision'>): Promise<Decision> {
    const kept = this.#read.get(row.key)
    const { decisions } = kept ? { decisions: [kept] } : await readDecisions(row.xml, row.resource)
    const found = decisions.find(({ id }) => id === row.decisionId)
    if (!found) throw new Error(`Expected decision ${row.decisionId} in its own file`)
    this.#read.delete(row.key)
    this.#read.set(row.key, found)
    const [oldest] = this.#read.keys()
    if (this.#read.size > KEPT && oldest !== undefined) this.#read.delete(oldest)
    return found
  }
}
