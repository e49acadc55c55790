import type { Actor, Json, Problem, Variables } from '@bihuan/engine'
import type { ArchivedValue } from '../audit/archived.ts'
import { insert, type RowChange, remove, update, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import { broadcast } from './signal.ts'

type Without<N extends keyof Rows, K extends string> = Omit<Rows[N], K>
interface Rows {
  processDefinition: Row<'processDefinition'>
  decision: Row<'decision'>
  form: Row<'form'>
  parameterSet: Row<'parameterSet'>
  message: Row<'message'>
  package: Row<'package'>
  startSubscription: Row<'startSubscription'>
  startTimer: Row<'startTimer'>
  packageVersion: Row<'packageVersion'>
}

/** Values of the facts of the system streams that have rows. `key` of the fact is the key of the row. */
export interface SystemFactValues {
  'deployment.created': {
    readonly packageId: string | null
    readonly packageVersion: string | null
    /** The answer to the deployment, for a repeated request. */
    readonly content: object
  }
  /** `fields`, `bound` and `retired` are absent from records of before there were packages. */
  'processDefinition.created': Without<
    'processDefinition',
    'key' | 'latest' | 'deployedAt' | 'fields' | 'bound' | 'retired'
  > &
    Partial<Pick<Rows['processDefinition'], 'fields' | 'bound' | 'retired'>>
  /** A new version of its package has this process no more: it takes no new cases. The key is that of the definition. */
  'processDefinition.retired': { readonly [none in never]: never }
  /** `drgName` is absent from older records. */
  'decision.created': Without<'decision', 'key' | 'latest' | 'drgName'> & Partial<Pick<Rows['decision'], 'drgName'>>
  'form.created': Without<'form', 'key' | 'latest'>
  'parameterSet.created': Without<'parameterSet', 'key'>
  /** `startDepth` is absent where no case published it. */
  'message.published': Without<'message', 'key' | 'startDepth'> & Partial<Pick<Rows['message'], 'startDepth'>>
  'signal.broadcast': { readonly name: string; readonly variables: Variables }
  /** A start event of the latest version of a process waits for a message, a signal or a condition. */
  'startSubscription.created': Without<'startSubscription', 'key' | 'createdAt'>
  /** A start event of the latest version of a process waits for a time. */
  'startTimer.created': Without<'startTimer', 'key'>
  /** It has come: a case was started, unless the process takes none. One that repeats is created anew. */
  'startTimer.triggered': { readonly elementId: string; readonly dueAt: number }
  /** Somebody began a package; its files are a draft and not in the trail. */
  'package.created': {
    readonly packageId: string
    readonly name: string
    readonly unitId: string
    /** Findings about the files it was made from, for a repeated request. */
    readonly problems: readonly Problem[]
  }
  /** A package that was never published is given up. */
  'package.removed': { readonly packageId: string }
  /** A version with all its files; the rest says what the package is from then on. */
  'package.published': Omit<Row<'package'>, 'id' | 'version' | 'changedAt'> &
    Omit<Row<'packageVersion'>, 'key' | 'publishedAt' | 'actorType' | 'publishedBy'>
  'package.retired': { readonly packageId: string; readonly reason: string }
  /** `deploymentKey` is that of the version published last: what earlier versions had and it has not stays retired. */
  'package.restored': {
    readonly packageId: string
    readonly reason: string
    readonly deploymentKey?: number | null
  }
  /** An act upon many things begins: `chosen` says which. The key is its own. */
  'bulk.begun': { readonly act: 'migration' | 'resolution'; readonly chosen: object }
  /** A finished case was moved to a package. The key is that of the case. */
  'case.archived': ArchivedValue
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
    remove('startSubscription', { processId: value.processId }),
    remove('startTimer', { processId: value.processId }),
    insert('processDefinition', {
      key,
      latest: true,
      deployedAt: at,
      fields: null,
      bound: null,
      retired: false,
      ...value,
    }),
  ],
  'processDefinition.retired': (key) => [update('processDefinition', { retired: true }, { key })],
  'decision.created': (key, value) => [
    update('decision', { latest: false }, { decisionId: value.decisionId, latest: true }),
    insert('decision', { key, latest: true, drgName: null, ...value }),
  ],
  'form.created': (key, value) => [
    update('form', { latest: false }, { formId: value.formId, latest: true }),
    insert('form', { key, latest: true, ...value }),
  ],
  'parameterSet.created': (key, value) => [insert('parameterSet', { key, ...value })],
  'message.published': (key, value, { at }) => [
    insert('message', { key, startDepth: 0, ...value }),
    upsert('outbox', { key, kind: 'message.correlate', dueAt: at, mark: 0 }),
  ],
  'signal.broadcast': (key, { name, variables }, { at }) => broadcast(key, name, variables, at),
  'startSubscription.created': (key, value, { at }) => [insert('startSubscription', { key, createdAt: at, ...value })],
  'startTimer.created': (key, value) => [insert('startTimer', { key, ...value })],
  'startTimer.triggered': (key) => [remove('startTimer', { key })],
  'package.created': (_key, { packageId: id, name, unitId }, { at }) => [
    insert('package', {
      id,
      name,
      unitId,
      description: null,
      department: null,
      stages: [],
      steps: 0,
      version: null,
      retired: false,
      changedAt: at,
    }),
  ],
  'package.removed': (_key, { packageId: id }) => [remove('package', { id })],
  'package.published': (key, { note, deploymentKey, files, digest, packageId, version, ...about }, { at, actor }) => [
    upsert('package', { id: packageId, version, changedAt: at, ...about }),
    insert('packageVersion', {
      key,
      packageId,
      version,
      note,
      publishedAt: at,
      actorType: actor.type,
      publishedBy: actor.id,
      deploymentKey,
      files,
      digest,
    }),
  ],
  'package.retired': (_key, { packageId }, { at }) => [
    update('package', { retired: true, changedAt: at }, { id: packageId }),
    update('processDefinition', { retired: true }, { packageId }),
  ],
  'package.restored': (_key, { packageId, deploymentKey }, { at }) => [
    update('package', { retired: false, changedAt: at }, { id: packageId }),
    update(
      'processDefinition',
      { retired: false },
      { packageId, ...(deploymentKey === undefined || deploymentKey === null ? {} : { deploymentKey }) },
    ),
  ],
  'bulk.begun': () => [],
  'case.archived': (key, { readers, ...about }, { at }) => [
    insert('archivedCase', { key, archivedAt: at, ...about }),
    ...readers.map((reader) => insert('archivedReader', { instanceKey: key, ...reader })),
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
