import type { CaseAction } from '../case-action.ts'
import type { Key } from '../key.ts'
import type { MappingInstruction } from '../migration.ts'

/** What a case was, or is, an instance of. */
export interface MigratedDefinition {
  readonly definitionKey: Key
  readonly processId: string
  readonly version: number
}

/** Where an event waits now. */
interface MigratedEvent {
  readonly elementId: string
  readonly interrupting: boolean
}

/** Facts of a case that goes on in another definition: `elementId` is always that of the target. */
export interface MigrationFacts {
  'processInstance.migrated': MigratedDefinition & {
    readonly processName: string
    readonly from: MigratedDefinition
    readonly mappings: readonly MappingInstruction[]
    readonly reason: string
    /** What the start event that began it is called now; absent where its name stays. */
    readonly startEventId?: string
  }
  'element.migrated': {
    readonly elementId: string
    readonly sourceElementId: string
    readonly name: string | null
    readonly scopeKey: Key
    /** True when this element opens a stage of the ring. */
    readonly stage: boolean
  }
  /** `key` is the scope: a token that waits at a joining gateway stands at this flow of the target. */
  'join.migrated': {
    readonly elementId: string
    readonly sourceElementId: string
    readonly flowId: string
    readonly sourceFlowId: string
    readonly source: Key
  }
  /** The task shows this form from now on; all else it was given stays. */
  'userTask.migrated': {
    readonly elementId: string
    readonly name: string
    readonly formId: string | null
    readonly formKey: Key | null
  }
  'job.migrated': { readonly elementId: string; readonly name: string | null }
  'incident.migrated': { readonly elementId: string; readonly elementName: string | null }
  'timer.migrated': MigratedEvent
  /** `action` with the words and the form of the target; who may send it stays. */
  'messageSubscription.migrated': MigratedEvent & { readonly messageName: string; readonly action: CaseAction | null }
  'signalSubscription.migrated': MigratedEvent & { readonly signalName: string }
  'conditionalSubscription.migrated': MigratedEvent
  'compensationSubscription.migrated': { readonly elementId: string; readonly handlerId: string | null }
}
