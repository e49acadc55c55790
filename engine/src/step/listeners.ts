import type { ExecutionListeners } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { attempt } from './attempt.ts'
import { elementOf, isProcess, nodeOf, processOf, type Run } from './run.ts'

const NONE: ExecutionListeners = { start: [], end: [] }

/**
 * The execution listeners of an element instance: those of its node, or of the process. A multi-instance body has none:
 * they belong to its instances (Zeebe: "Execution listeners", SPEC EL7).
 */
export function listenersOf(run: Run, element: ElementInstance): ExecutionListeners {
  if (isProcess(element)) return processOf(run, element).listeners
  const node = nodeOf(run, element)
  return element.elementType === node.type ? node.listeners : NONE
}

/**
 * Offers the execution listener at `index`; gives false when there is none (any more) and the element may go on. When
 * its type, retries or priority cannot be evaluated it is an incident, and all listeners of the event begin again.
 */
export function listen(run: Run, key: Key, event: 'start' | 'end', index = 0): boolean {
  const listener = listenersOf(run, elementOf(run, key))[event][index]
  if (!listener) return false
  attempt(run, key, event === 'start' ? 'activate' : 'complete', (draft) =>
    draft.createJob(listener, {}, { kind: 'execution', event, index }),
  )
  return true
}

/** Whether an element is done but for its end listeners: what is in it cannot end it again. */
export function isListenedOut(run: Run, element: ElementInstance): boolean {
  return run.state.jobs.get(element.job ?? 0)?.listener?.event === 'end'
}
