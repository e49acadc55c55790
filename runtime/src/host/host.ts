import type { Actor, Fact, Key, MappingInstruction, ProcessDefinition, UnitRef, Variables } from '@bihuan/engine'
import type { RowChange } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { ArchivalRequest } from './archival.ts'
import type { BulkAct } from './bulk.ts'
import type { Clock } from './clock.ts'
import type { EvaluatedDecision, EvaluationRequest } from './decisions.ts'
import type { Deployment, DeploymentScope, Resource } from './deployment.ts'
import type { Erasure, ErasureRequest } from './erasure.ts'
import type { HostFigures } from './figures.ts'
import type { MigrationBy, MigrationPage, MigrationRequest } from './migration.ts'
import type { Packages } from './packages.ts'
import type { OnceRequest } from './requests.ts'
import type { Started, StartRequest, Submit } from './submission.ts'
import type { systemStreams } from './system-stream.ts'
import type { WrittenGroup } from './writer.ts'

/**
 * The durable host: actors of live instances, one writer with group commit, timers, workers and the outbox.
 * Every method answers after COMMIT, and throws `Rejection` after the rows it was judged on are on disk.
 */
export interface Host {
  readonly clock: Clock
  /** For reads (`store.read`, `store.tables`) and single statements that are no commands (`store.single`). */
  readonly store: Store
  readonly submit: Submit
  start(request: StartRequest): Promise<Started>
  /** What a start of this id, person and question was answered; null when it has begun nothing. */
  started(request: Pick<StartRequest, 'actor' | 'requestId'> & { readonly asked: object }): Promise<Started | null>
  /**
   * Does what leaves no record, unless this request was answered before: then it is done already. Throws
   * `IDEMPOTENCY_KEY_REUSED`.
   */
  once(request: OnceRequest, act: () => Promise<void>): Promise<void>
  /**
   * Deploys BPMN, DMN, form-js and the YAML files of a package together: all or nothing. With a `package.yaml` it is a
   * version of that package. Throws `DEPLOYMENT_REFUSED` with the problems, `FORBIDDEN` for a package of another unit.
   */
  deploy(resources: readonly Resource[], actor: Actor, requestId: string, within?: DeploymentScope): Promise<Deployment>
  /** Packages as designers keep them: drafts, and what becomes of them. */
  readonly packages: Packages
  publishMessage(message: {
    readonly name: string
    readonly correlationKey: string
    readonly timeToLive: number
    readonly messageId: string | null
    /** That of a case it begins; absent where no case publishes it. */
    readonly startDepth?: number
    readonly variables: Variables
    readonly actor: Actor
    readonly requestId: string
  }): Promise<{ readonly key: Key }>
  /**
   * Hands a message over that does not wait; gives the first case it began, else the first it reached. Throws
   * `MESSAGE_NOT_CORRELATED` when nothing waits for it.
   */
  correlateMessage(message: {
    readonly name: string
    readonly correlationKey: string
    readonly variables: Variables
    readonly actor: Actor
    readonly requestId: string
  }): Promise<{ readonly key: Key; readonly instanceKey: Key }>
  /** Evaluates a deployed decision and records that it was asked for. Throws `NOT_FOUND`. */
  evaluateDecision(request: EvaluationRequest): Promise<EvaluatedDecision>
  /** Broadcasts a signal to everyone who waits for it now: cases and start events. */
  broadcastSignal(signal: {
    readonly signalName: string
    readonly variables: Variables
    readonly actor: Actor
    readonly requestId: string
  }): Promise<{ readonly key: Key }>
  /** Starts the cases whose start condition the variables meet: of one definition, or of the latest of all. */
  evaluateConditions(given: {
    readonly definitionKey: Key | null
    readonly units: readonly UnitRef[]
    readonly variables: Variables
    readonly actor: Actor
    readonly requestId: string
  }): Promise<readonly { readonly definitionKey: Key; readonly instanceKey: Key }[]>
  /**
   * Says of running cases whether they can go on in another definition, and what keeps those that cannot. Writes
   * nothing. Throws `NOT_FOUND` for a definition, `BODY_INVALID` for more cases than a page holds.
   */
  planMigration(request: MigrationRequest): Promise<MigrationPage>
  /** Lets running cases go on in another definition, each whole or not at all; lists those that cannot, and why. */
  migrateInstances(request: MigrationRequest, by: MigrationBy): Promise<MigrationPage>
  /** What an act upon many is about, written down before the first of them is touched; a repeat is about the same. */
  beginBulk<P extends object>(given: BulkAct, choose: () => Promise<P>): Promise<P>
  /** The mappings between two definitions that go without saying. Throws `NOT_FOUND`. */
  suggestMappings(sourceKey: Key, targetKey: Key): Promise<readonly MappingInstruction[]>
  /**
   * Writes a fact that happens outside cases (sign-in, refusal, organisation change) to its stream; `changes` are rows
   * written with it, whole or not at all.
   */
  record(
    stream: keyof typeof systemStreams,
    kind: string,
    actor: Actor,
    value: Variables,
    changes?: readonly RowChange[],
  ): Promise<void>
  /** Records values of a package's parameters for a unit (`*` for all) from a time on; cases started later read them. */
  setParameters(
    given: {
      readonly packageId: string
      readonly unitId: string
      readonly effectiveFrom: number
      readonly values: Variables
    },
    actor: Actor,
    requestId: string,
  ): Promise<void>
  /** The compiled process of a deployed definition. Throws `NOT_FOUND`. */
  definition(key: Key): Promise<ProcessDefinition>
  /** Parameters of the definition's package in force now for a unit (it first, then its ancestors): what a case started now would freeze. */
  parametersFor(definitionKey: Key, units: readonly UnitRef[]): Promise<Variables>
  /** Lends waiting jobs of a type to a worker for `timeout` ms, the highest priority first, then the oldest. A loan, no record. */
  activateJobs(request: {
    readonly type: string
    readonly worker: string
    readonly timeout: number
    readonly maxJobs: number
    /** Paths of units: only jobs of their cases and of those below them. All when absent. */
    readonly within?: readonly string[]
    /** Names of variables: a job brings these alone. All when absent. */
    readonly variables?: readonly string[]
  }): Promise<readonly ActivatedJob[]>
  /** Ends the loan of jobs that never reached their worker; what was lent anew since stays lent. */
  giveBackJobs(lent: readonly ActivatedJob[]): Promise<void>
  /** When the next job of the type that is lent, or pauses after a failure, is free, after a time; null when there is none. */
  nextJobAt(type: string, after: number): Promise<number | null>
  /** Lends a job for `timeout` ms from now to the worker that has it. Gives what takes that back; null when nobody has it. */
  extendJob(key: Key, timeout: number): Promise<(() => Promise<void>) | null>
  /**
   * Whether writes reach the disk. `reason` is the code of the last failure; `DISK_LOW` while little room is left and the
   * host only reads. `alarms` are what an operator should look at before it becomes a fault.
   */
  health(): HostHealth
  /** Whether what is old may go for good by the clock: it has not jumped for a while, nor stood far ahead at the start. */
  trustsClock(): boolean
  /** What it is doing, in numbers. */
  figures(): Promise<HostFigures>
  /** Throws `STORAGE_FULL` while little room is left, `SHUTTING_DOWN` when it closes: before an upload is begun. */
  checkRoom(): void
  /** Looks at the disk, the clock, the write-ahead log and old requests. The loop calls it every second; tests call it. */
  inspect(): Promise<void>
  /** Fires due timers, retries jobs and drains the outbox until nothing is due. The loop calls it; tests call it after advancing the clock. */
  settle(): Promise<void>
  /** Has one listener told of each group of writes: how many units, and how long they took. */
  onGroup(listener: (group: WrittenGroup) => void): void
  /** Called after each commit with what was written; for server-sent events. Returns the unsubscribe function. */
  onCommitted(
    listener: (written: {
      readonly stream: number
      readonly sequence: number
      readonly facts: readonly Fact[]
    }) => void,
  ): () => void
  /**
   * Erases data of a finished case, by names of variables or all of it, with a record of it in the stream of security.
   * Gives the digests of files that nothing names any more. Throws `NOT_FOUND`, `CASE_NOT_FINISHED`.
   */
  erase(request: ErasureRequest): Promise<Erasure>
  /**
   * Moves a finished case, whose archive package is on disk, out of the tables. Throws `NOT_FOUND`, `CASE_NOT_FINISHED`,
   * `STATE_CONFLICT` when it is not as it was packed.
   */
  archive(request: ArchivalRequest): Promise<void>
  /**
   * Puts a finished case to rest: its rows of the trail packed into one value, and what is looked at inside it alone out
   * of the tables. Gives false when it stays as it is (`Resting`).
   */
  rest(key: Key): Promise<boolean>
  /**
   * Puts everything of the cases that the keys belong to back where it is read, those of them that rest, for an hour at
   * least. Whoever looks inside a case asks for it first. Throws `CASE_PACK_DAMAGED`.
   */
  wake(keys: readonly Key[]): Promise<void>
  /** Removes the rows of an archived case that are still there, when its removal was cut off. Throws `NOT_FOUND`. */
  removeArchivedRows(key: Key): Promise<void>
  /** Seals every row of the trail and signs a checkpoint now. Throws what keeps it from that (`KeyUnavailable`). */
  seal(): Promise<void>
  /** Finishes what is in flight, closes the database. */
  close(): Promise<void>
}

/**
 * `WAL_LARGE`: somebody reads for so long that the write-ahead log grows. `CLOCK_DOUBTED`: the clock was far ahead of the
 * trail when the server started, and for a day nothing goes for good by it.
 */
export const alarms = ['WAL_LARGE', 'CLOCK_DOUBTED'] as const
export type Alarm = (typeof alarms)[number]

export interface HostHealth {
  readonly status: 'up' | 'read_only' | 'storage_unavailable'
  readonly reason: string | null
  readonly alarms: readonly Alarm[]
}

/** A job lent to a worker. */
export type ActivatedJob = Row<'job'> & { readonly worker: string; readonly lentUntil: number }
