import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
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
  }
  'processInstance.completed': Record<string, never>
  'processInstance.terminated': { readonly reason: string }
}
