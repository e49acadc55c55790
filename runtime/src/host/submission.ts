import type { Actor, CommandKind, CommandValues, Fact, Key, UnitRef, Variables } from '@bihuan/engine'

/** A command as a caller hands it in; the host adds the time. */
export interface Submission<K extends CommandKind = CommandKind> {
  readonly kind: K
  /** What it acts on; the stream is derived from it. For `processInstance.cancel` and `variables.set` the instance's key. */
  readonly key: Key
  readonly actor: Actor
  /** Same id, same answer: repeats are answered from the first. */
  readonly requestId: string
  readonly value: CommandValues[K]
  /** What was asked where the value depends on the time it came, too: a repeat is compared by this. */
  readonly asked?: object
}

/** The answer to a command, given after its records are on disk. */
export interface Answer {
  readonly stream: number
  readonly sequence: number
  readonly facts: readonly Fact[]
}

/** Has a command judged and written. Throws `Rejection`. */
export type Submit = <K extends CommandKind>(submission: Submission<K>) => Promise<Answer>

export interface StartRequest {
  /** Exactly one of `processId` (latest version) or `definitionKey`. */
  readonly processId?: string
  readonly definitionKey?: Key
  /** The unit of the case first, then its ancestors up to the root. */
  readonly units: readonly UnitRef[]
  readonly variables: Variables
  /** The start event that begins it; the none start event when absent. */
  readonly startEventId?: string
  /** Version of the start form the variables were judged by. */
  readonly formKey?: Key | null
  /** How many cases have begun one another up to this one; absent where no case begins it. */
  readonly startDepth?: number
  readonly actor: Actor
  readonly requestId: string
  /** What was asked where the rest depends on what is deployed, too: a repeat is compared by this. */
  readonly asked?: object
}

/** The answer to a start: the case it began, and the definition it is of. */
export interface Started extends Answer {
  readonly instanceKey: Key
  readonly definitionKey: Key
  readonly processId: string
  readonly version: number
}
