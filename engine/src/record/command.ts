import type { AdHocActivation, Called, JobFailure, JobResult, TaskChanges } from './job-result.ts'
import type { Variables } from './json.ts'
import type { Key } from './key.ts'
import type { MappingInstruction } from './migration.ts'
import type { Modification } from './modification.ts'
import type { NoticeContent } from './notice-content.ts'
import type { UnitRef } from './organisation.ts'

/** Who caused a command: a person of the organisation, an API client, or the system itself (timers, outbox, workers). */
export interface Actor {
  readonly type: 'person' | 'client' | 'system'
  /** Id of the person or client; for the system the part that acted: `timer`, `outbox`, `worker`, `seed`. */
  readonly id: string
}

/** A message that begins a case: of its name and correlation key there is one live case at a time. */
export interface MessageStart {
  readonly messageKey: Key
  readonly messageName: string
  /** Empty for none. */
  readonly correlationKey: string
}

/** Values of the commands of a process instance stream. */
export interface CommandValues {
  'processInstance.create': {
    /** The unit of the case first, then its ancestors up to the root. */
    readonly units: readonly UnitRef[]
    readonly variables: Variables
    /** Parameters of the process package in force for the unit; readable in FEEL as `parameters`, frozen in the case. */
    readonly parameters: Variables
    /** Number under which staff know the case, unique per process and unit; null when the process has none. */
    readonly businessId: string | null
    /** Version of the start form the variables were judged by; absent where they were sent by a system. */
    readonly formKey?: Key | null
    /** The start event that begins it: one that waited for a message, timer or signal; absent for the none start event. */
    readonly startEventId?: string
    /** The message that begins it, when one does. */
    readonly message?: MessageStart
    /** How many cases have begun one another up to this one; absent where no case began it. */
    readonly startDepth?: number
  }
  'processInstance.cancel': { readonly reason: string }
  /** Nothing moves in the case until it is resumed (Camunda 8: "Process instance suspension"). */
  'processInstance.suspend': { readonly reason: string }
  'processInstance.resume': { readonly reason: string }
  /** `key`: a called process, when its elements are meant; else those of the case. */
  'processInstance.modify': Modification & { readonly reason: string }
  /** The case goes on in another definition; `mappings` says where (Camunda 8: "process instance migration"). */
  'processInstance.migrate': {
    readonly reason: string
    readonly targetDefinitionKey: Key
    readonly mappings: readonly MappingInstruction[]
  }
  'userTask.assign': Called & { readonly assignee: string; readonly allowOverride: boolean }
  'userTask.unassign': Record<string, never>
  /** `variables` are the accepted answers; `formKey` the form version they were judged by. */
  'userTask.complete': Called & {
    readonly variables: Variables
    readonly formKey: Key | null
    /** The step they were judged for: it says who may write what. Absent where nothing was shown. */
    readonly place?: { readonly definitionKey: Key; readonly elementId: string }
  }
  'userTask.update': Called & TaskChanges & { readonly dueAt?: number | null; readonly priority?: number }
  'timer.trigger': Record<string, never>
  'message.correlate': {
    readonly messageName: string
    readonly messageKey: Key
    readonly variables: Variables
  }
  'signal.trigger': { readonly signalName: string; readonly signalKey: Key; readonly variables: Variables }
  'job.complete': { readonly variables: Variables; readonly notice?: NoticeContent; readonly result?: JobResult }
  'job.fail': JobFailure
  'job.throwError': { readonly errorCode: string; readonly message: string; readonly variables: Variables }
  /** How often a job may still fail (Camunda 8: "Update job"). */
  'job.updateRetries': { readonly retries: number; readonly reason?: string }
  'incident.resolve': { readonly reason?: string }
  'variables.set': {
    readonly scopeKey: Key
    readonly variables: Variables
    readonly local: boolean
    readonly reason?: string
  }
  /** `key` is the ad-hoc sub-process: begins these of its elements. */
  'adHocSubProcess.activate': {
    readonly elements: readonly AdHocActivation[]
    readonly cancelRemainingInstances: boolean
  }
  /** Follow-up of `multiInstance.pending`: creates the next (at most 500) instances of a body. */
  'multiInstance.continue': Record<string, never>
}
export type CommandKind = keyof CommandValues

/**
 * A command to a process instance. `key` is what it acts on: the user task, timer, job, subscription, incident or
 * multi-instance body; absent where it acts on the instance itself.
 */
export type Command<K extends CommandKind = CommandKind> = K extends CommandKind
  ? {
      readonly kind: K
      readonly key?: Key
      /** Milliseconds since 1970-01-01T00:00Z. The only clock the engine knows. */
      readonly at: number
      readonly actor: Actor
      readonly requestId: string
      readonly value: CommandValues[K]
    }
  : never
