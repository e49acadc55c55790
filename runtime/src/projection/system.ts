import type { Actor, Json, Variables } from '@bihuan/engine'
import { insert, type RowChange, update, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'

type Without<N extends keyof Rows, K extends string> = Omit<Rows[N], K>
interface Rows {
  processDefinition: Row<'processDefinition'>
  decision: Row<'decision'>
  form: Row<'form'>
  parameterSet: Row<'parameterSet'>
  message: Row<'message'>
}

/** Values of the facts of the system streams that have rows. `key` of the fact is the key of the row. */
export interface SystemFactValues {
  'deployment.created': {
    readonly packageId: string | null
    readonly packageVersion: string | null
    /** The answer to the deployment, for a repeated request. */
    readonly content: object
  }
  'processDefinition.created': Without<'processDefinition', 'key' | 'latest' | 'deployedAt'>
  'decision.created': Without<'decision', 'key' | 'latest'>
  'form.created': Without<'form', 'key' | 'latest'>
  'parameterSet.created': Without<'parameterSet', 'key'>
  'message.published': Without<'message', 'key'>
}
export type SystemFactKind = keyof SystemFactValues

/** A fact of a system stream. */
export interface SystemFact<K extends string = string> {
  readonly kind: K
  readonly key: number | null
  readonly version: number
  readonly value: K extends SystemFactKind ? SystemFactValues[K] : Variables | Json | object
}

/** A fact of a known kind, with its row's key. */
export function systemFact<K extends SystemFactKind>(kind: K, key: number, value: SystemFactValues[K]) {
  return { kind, key, version: 1, value } as const
}

type Project<K extends SystemFactKind> = (
  key: number,
  value: SystemFactValues[K],
  context: { readonly at: number; readonly actor: Actor },
) => readonly RowChange[]

const projections: { readonly [K in SystemFactKind]: Project<K> } = {
  'deployment.created': (key, { packageId, packageVersion }, { at, actor }) => [
    insert('deployment', { key, at, actorType: actor.type, actorId: actor.id, packageId, packageVersion }),
  ],
  'processDefinition.created': (key, value, { at }) => [
    update('processDefinition', { latest: false }, { processId: value.processId, latest: true }),
    insert('processDefinition', { key, latest: true, deployedAt: at, ...value }),
  ],
  'decision.created': (key, value) => [
    update('decision', { latest: false }, { decisionId: value.decisionId, latest: true }),
    insert('decision', { key, latest: true, ...value }),
  ],
  'form.created': (key, value) => [
    update('form', { latest: false }, { formId: value.formId, latest: true }),
    insert('form', { key, latest: true, ...value }),
  ],
  'parameterSet.created': (key, value) => [insert('parameterSet', { key, ...value })],
  'message.published': (key, value, { at }) => [
    insert('message', { key, ...value }),
    upsert('outbox', { key, kind: 'message.correlate', dueAt: at, mark: 0 }),
  ],
}

/** The row changes of facts of the system streams; facts without rows (a sign-in) change none. */
export function projectSystem(
  facts: readonly SystemFact[],
  context: { readonly at: number; readonly actor: Actor },
): RowChange[] {
  return facts.flatMap((fact) => {
    const handle = projections[fact.kind as SystemFactKind] as Project<SystemFactKind> | undefined
    return handle && fact.key !== null ? handle(fact.key, fact.value as SystemFactValues[SystemFactKind], context) : []
  })
}
