import type { Rejection } from '@bihuan/engine'
import type { Answer } from '../src/host/submission.ts'
import type { Act } from './act.ts'

/** What became of something that was asked. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer | null }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  /** Whether it was done is not known: the disk failed. */
  | { readonly kind: 'unknown' }
  /** Nothing of this kind may ever come. */
  | { readonly kind: 'fault'; readonly error: unknown }

/** Something that was asked, once. */
export interface Asked {
  readonly act: Act
  readonly requestId: string
  /** Rows its stream had on disk when it was asked, and when it was answered; null when it has no stream of its own. */
  readonly before: number | null
  readonly after: number | null
  /** The clock at both. */
  readonly at: readonly [asked: number, answered: number]
  /** Places of both among all that were asked and answered. */
  readonly order: readonly [asked: number, answered: number]
  readonly outcome: Outcome
}
