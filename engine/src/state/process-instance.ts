import type { Variables } from '../record/json.ts'
import type { Following, Key, UnitRef } from '../record/record.ts'

/** The case as a whole. */
export interface Instance {
  readonly key: Key
  readonly definitionKey: Key
  readonly processId: string
  readonly units: readonly UnitRef[]
  readonly businessId: string | null
  readonly title: string | null
  readonly dueAt: number | null
  readonly parameters: Variables
  /** The start event that began it; absent for the none start event. */
  readonly startEventId?: string
  /** What it brought, where its output mappings say what becomes of it. */
  readonly startVariables?: Variables
  /** How many cases have begun one another up to this one; absent where no case began it. */
  readonly startDepth?: number
  status: 'active' | 'suspended' | 'completed' | 'terminated'
  /** Of a suspended case: what follows when it is resumed, in order. */
  held?: readonly Following[]
}

/** How many cases may begin one another, by signals, messages or connectors: as deep as processes may call each other. */
export const MAX_STARTS = 50

/** Whether a case has ended: nothing is left in it, and it takes no more commands. */
export const hasEnded = ({ status }: Pick<Instance, 'status'>): boolean =>
  status === 'completed' || status === 'terminated'
