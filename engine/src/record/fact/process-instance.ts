import type { Following } from '../following.ts'
import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
import type { Modification } from '../modification.ts'
import type { UnitRef } from '../organisation.ts'

/** Facts of the case as a whole. */
export interface ProcessInstanceFacts {
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
    /** The start event that begins it; absent for the none start event. */
    readonly startEventId?: string
    /** What it brought, where its output mappings say what becomes of it; else that went to the process. */
    readonly startVariables?: Variables
    /** How many cases have begun one another up to this one; absent where no case began it. */
    readonly startDepth?: number
  }
  'processInstance.completed': Record<string, never>
  'processInstance.terminated': { readonly reason: string }
  'processInstance.suspended': { readonly reason: string }
  'processInstance.resumed': { readonly reason: string }
  /** What would follow at once in a case that goes on: it follows when this suspended one is resumed. */
  'processInstance.held': { readonly following: readonly Following[] }
  /** `key` is the modification: what it activates names it as a cause. Facts of what it did come after it. */
  'processInstance.modified': Modification & { readonly reason: string }
}
