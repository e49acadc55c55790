import { CheckpointAhead } from './audit/checkpoint-file.ts'
import { KeyUnavailable } from './audit/key-ring.ts'
import { KeepError } from './keep/keep-error.ts'

/** Faults whose sentence is meant for who runs the server and holds nothing of a case. */
const TOLD = [CheckpointAhead, KeyUnavailable, KeepError]

/**
 * What the log may say of a fault: its kind, the code of the system or the driver, and its sentence where that holds
 * nothing of a case (the words of others may quote what somebody wrote).
 */
export function faultOf(error: unknown): { readonly name: string; readonly code?: string; readonly why?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  const isTold = TOLD.some((kind) => error instanceof kind)
  return { name: error.name, ...(code !== null && { code }), ...(isTold && { why: error.message }) }
}
