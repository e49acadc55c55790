import type { FlowNode, Variables } from '@bihuan/engine'
import type { Row } from '../db/schema/index.ts'

/** One attempt at a job. */
export interface Attempt {
  readonly job: Row<'job'>
  readonly instance: Row<'processInstance'>
  /** The element as drawn; null when its definition has no such element any more. */
  readonly element: FlowNode | null
  /** Aborted when the server stops. */
  readonly signal: AbortSignal
}

/** What became of an attempt. */
export type Outcome =
  | { readonly kind: 'done'; readonly variables: Variables }
  /** A BPMN error for the model to catch. */
  | { readonly kind: 'error'; readonly errorCode: string; readonly message: string; readonly variables: Variables }
  /**
   * Not done. `code` and `message` are for operators and hold nothing of the case. Final: another try could only fail
   * the same way. `after`: milliseconds the other side asked to be left alone.
   */
  | {
      readonly kind: 'failed'
      readonly code: string
      readonly message: string
      readonly isFinal: boolean
      readonly after?: number
    }

/** Does a job of one type. What it throws counts as a failure that may pass. */
export type Worker = (attempt: Attempt) => Promise<Outcome>

/** An input that cannot be used: the message names it and what is expected. */
export class InputFault extends Error {}

export const done = (variables: Variables = {}): Outcome => ({ kind: 'done', variables })
export const failedForGood = (code: string, message: string): Outcome => ({
  kind: 'failed',
  code,
  message,
  isFinal: true,
})
export const failedForNow = (code: string, message: string, after?: number): Outcome => ({
  kind: 'failed',
  code,
  message,
  isFinal: false,
  ...(after !== undefined && { after }),
})
