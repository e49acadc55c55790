import type { Json, Variables } from './json.ts'

/**
 * Keys are integers below 2^53: stream number × 2^20 + counter of the stream. On the wire they are decimal strings.
 */
export type Key = number

/** How many keys one stream can give out. */
export const KEYS_PER_STREAM = 2 ** 20

/** Who caused a command: a person of the organisation, an API client, or the system itself (timers, outbox, workers). */
export interface Actor {
  readonly type: 'person' | 'client' | 'system'
  /** Id of the person or client; for the system the part that acted: `timer`, `outbox`, `worker`, `seed`. */
  readonly id: string
}

/** Why something was decided: the rule as written in the model, the values it read, what came out. */
export interface Why {
  /** The rule as source text: a FEEL expression, or the id of a decision. */
  readonly rule: string
  readonly inputs: Variables
  readonly result: Json
}

/** One unit of the organisation on the way from the unit of the case to the root. */
export interface UnitRef {
  readonly id: string
  readonly name: string
  /** `village`, `township`, `district`, … as the organisation names its levels. */
  readonly level: string
}

/** A role in a unit: everyone who holds it there may take the task. */
export interface Candidate {
  readonly role: string
  readonly unitId: string
}

/** An act that people may start on a running case from its page: a waiting message with a form and who may send it. */
export interface CaseAction {
  readonly label: string
  readonly formId: string | null
  readonly formKey: Key | null
  readonly candidates: readonly Candidate[]
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
  }
  'processInstance.cancel': { readonly reason: string }
  'userTask.assign': { readonly assignee: string; readonly allowOverride: boolean }
  'userTask.unassign': Record<string, never>
  /** `variables` are the accepted answers; `formKey` the form version they were judged by. */
  'userTask.complete': { readonly variables: Variables; readonly formKey: Key | null }
  'userTask.update': { readonly dueAt?: number | null; readonly priority?: number }
  'timer.trigger': Record<string, never>
  'message.correlate': {
    readonly messageName: string
    readonly messageKey: Key
    readonly variables: Variables
  }
  'job.complete': { readonly variables: Variables; readonly notice?: NoticeContent }
  'job.fail': { readonly retries: number; readonly message: string; readonly retryAt: number | null }
  'job.throwError': { readonly errorCode: string; readonly message: string; readonly variables: Variables }
  'incident.resolve': Record<string, never>
  'variables.set': { readonly scopeKey: Key; readonly variables: Variables; readonly local: boolean }
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

/** What a notice publishes: these fields and nothing else. */
export interface NoticeContent {
  readonly kind: string
  readonly title: string
  readonly number: string | null
  readonly text: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  /** Ids of uploaded files that are public with the notice. */
  readonly files: readonly string[]
  readonly publishedAt: number
  readonly until: number | null
}

/** Values of the facts of a process instance stream. The projections and the trail read these and nothing else. */
export interface FactValues {
  'processInstance.created': {
    readonly definitionKey: Key
    readonly processId: string
    readonly processName: string
    readonly version: number
    readonly units: readonly UnitRef[]
    readonly businessId: string | null
    readonly title: string | null
    readonly dueAt: number | null
    readonly parameters: Variables
  }
  'processInstance.completed': Record<string, never>
  'processInstance.terminated': { readonly reason: string }

  /** `key` is the element instance; `scopeKey` its scope (the process instance's key at the top). */
  'element.activated': {
    readonly elementId: string
    /** BPMN type as `bpmn:UserTask`; the body of a multi-instance has `multiInstanceBody`. */
    readonly elementType: string
    readonly name: string | null
    readonly scopeKey: Key
    /** Element instances whose completion, trigger or activation led here. */
    readonly causes: readonly Key[]
    /** 1-based position in a multi-instance; null elsewhere. */
    readonly loopCounter: number | null
    /** True when this element opens a stage of the ring. */
    readonly stage: boolean
  }
  'element.completed': { readonly elementId: string; readonly scopeKey: Key }
  'element.terminated': { readonly elementId: string; readonly scopeKey: Key }
  /** `key` is a scope: `elementId` (an event sub-process or terminate end event) ended all else in it. */
  'scope.interrupted': { readonly elementId: string }
  'sequenceFlow.taken': {
    readonly flowId: string
    readonly scopeKey: Key
    readonly source: Key
    readonly targetId: string
    readonly why: Why | null
  }
  /** A token waits at a joining gateway (`elementId`) for the flows still missing. */
  'join.arrived': { readonly elementId: string; readonly scopeKey: Key; readonly flowId: string; readonly source: Key }
  'variables.set': { readonly scopeKey: Key; readonly variables: Variables }
  'decision.evaluated': {
    readonly elementId: string
    readonly decisionId: string
    readonly decisionKey: Key
    readonly why: Why
    /** Ids of the rules that matched, in order. */
    readonly rules: readonly string[]
  }

  'userTask.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly name: string
    readonly assignee: string | null
    readonly candidates: readonly Candidate[]
    readonly candidateUsers: readonly string[]
    readonly formId: string | null
    readonly formKey: Key | null
    readonly dueAt: number | null
    readonly followUpAt: number | null
    readonly priority: number
    readonly why: readonly Why[]
  }
  'userTask.assigned': { readonly elementId: string; readonly assignee: string; readonly previous: string | null }
  'userTask.unassigned': { readonly elementId: string; readonly previous: string }
  'userTask.updated': { readonly elementId: string; readonly dueAt: number | null; readonly priority: number }
  'userTask.completed': {
    readonly elementId: string
    readonly name: string
    readonly variables: Variables
    readonly formKey: Key | null
  }
  'userTask.canceled': { readonly elementId: string; readonly name: string }

  'timer.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly dueAt: number
    readonly interrupting: boolean
    /** Further firings after this one; -1 for endless. */
    readonly repetitions: number
    /** ISO 8601 duration between firings; null for one firing. */
    readonly interval: string | null
    readonly why: Why | null
  }
  'timer.triggered': { readonly elementId: string; readonly dueAt: number }
  'timer.canceled': { readonly elementId: string }

  'messageSubscription.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly messageName: string
    readonly correlationKey: string
    readonly interrupting: boolean
    readonly action: CaseAction | null
  }
  'messageSubscription.correlated': {
    readonly elementId: string
    readonly messageName: string
    readonly messageKey: Key
    readonly variables: Variables
    /** False when the subscription stays open (non-interrupting). */
    readonly closed: boolean
  }
  'messageSubscription.deleted': { readonly elementId: string; readonly messageName: string }

  'job.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly name: string | null
    readonly type: string
    readonly retries: number
    readonly headers: { readonly [name: string]: string }
    /** Variables visible to the worker: the local ones of the task when it has input mappings, else all visible ones. */
    readonly variables: Variables
  }
  'job.completed': {
    readonly elementId: string
    readonly type: string
    readonly variables: Variables
    readonly notice?: NoticeContent
  }
  'job.failed': {
    readonly elementId: string
    readonly type: string
    readonly retries: number
    readonly message: string
    readonly retryAt: number | null
  }
  /** The job may be handed out again (its incident was resolved), with what its worker sees now. */
  'job.retriesUpdated': {
    readonly elementId: string
    readonly type: string
    readonly retries: number
    readonly variables: Variables
  }
  'job.errorThrown': {
    readonly elementId: string
    readonly type: string
    readonly errorCode: string
    readonly message: string
  }
  'job.canceled': { readonly elementId: string; readonly type: string }

  'incident.created': {
    readonly elementId: string
    readonly elementName: string | null
    readonly elementInstanceKey: Key
    /** A code of the problem catalogue. */
    readonly code: string
    readonly facts: { readonly [name: string]: Json }
    /** The job whose retries ran out or whose error nobody caught, when that is the cause. */
    readonly jobKey: Key | null
    /** What `incident.resolve` does again: entering the element, leaving it, or (with a `jobKey`) the job. */
    readonly retry: 'activate' | 'complete' | 'job'
  }
  'incident.resolved': { readonly elementId: string; readonly code: string }

  /** `key` is the multi-instance body. The items as read when it was entered; `outputVariable` collects the results. */
  'multiInstance.started': {
    readonly elementId: string
    readonly items: readonly Json[]
    readonly outputVariable: string | null
    readonly why: Why
  }
  /** One instance has left its result: `index` is 0-based in the output collection. `value` null without one. */
  'multiInstance.collected': { readonly elementId: string; readonly index: number; readonly value: Json }
  /** The completion condition became true: instances still running are terminated. */
  'multiInstance.decided': {
    readonly elementId: string
    readonly completed: number
    readonly total: number
    readonly why: Why
  }
  /** `key` is the multi-instance body: more instances are to be created by a `multiInstance.continue` command. */
  'multiInstance.pending': { readonly elementId: string; readonly created: number; readonly total: number }
}
export type FactKind = keyof FactValues

/** A fact as the step writes it. `key` is the entity it is about. */
export type Fact<K extends FactKind = FactKind> = K extends FactKind
  ? { readonly kind: K; readonly key: Key; readonly value: FactValues[K]; readonly version: 1 }
  : never

/** A command and the facts it led to: what becomes one row of the trail. */
export interface StepRecords {
  readonly command: Command
  readonly facts: readonly Fact[]
}
