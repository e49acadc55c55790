import type { Key } from '../record/record.ts'
import { thenEndScope } from './agenda.ts'
import { completeBody } from './leave.ts'
import { elementOf, type Run, write } from './run.ts'
import { closeOwned, writeTerminated } from './terminate.ts'
import { beginBoundary, beginEventSubProcess } from './trigger.ts'

/**
 * Goes on where something waited for listeners of a user task that is being canceled: when nothing is left in the
 * element instance, it does what it was ended for (SPEC TL11).
 */
export function afterEnding(run: Run, key: Key): void {
  const element = elementOf(run, key)
  const { ending, children, task, scopeKey } = element
  if (!ending || children.size > 0 || task !== null) return
  if (ending.kind === 'eventSubProcess') {
    beginEventSubProcess(run, ending.subProcessId, key, ending.variables)
  } else if (ending.kind === 'complete') {
    completeBody(run, key)
  } else if (ending.kind === 'cancel') {
    closeOwned(run, key)
    write(run, 'processInstance.terminated', key, { reason: ending.reason })
  } else if (scopeKey !== null) {
    closeOwned(run, key)
    writeTerminated(run, element)
    if (ending.boundary) beginBoundary(run, ending.boundary.eventId, key, scopeKey, ending.boundary.variables)
    else thenEndScope(run, scopeKey)
  }
}
