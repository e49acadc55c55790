import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { thenEndScope } from './agenda.ts'
import { refusal } from './modification-scope.ts'
import { elementOf, isProcess, nodeOf, type Run, write } from './run.ts'
import { cancelJob, closeOwned, terminateAtOnce } from './terminate.ts'
import { forgetToUndo } from './undo.ts'

/**
 * Terminates element instances at once, with what is in them, and then the scopes in which nothing is left, up to the
 * case (Camunda 8: "Terminate an element instance"; SPEC OP8). A called process does not end so: it would leave its call
 * activity with nothing. Throws `MODIFICATION_REFUSED`.
 */
export function endSelected(run: Run, keys: Iterable<Key>, reason: string): void {
  for (const key of keys) {
    const element = run.state.elements.get(key)
    // It may have ended with what was around it.
    if (!element || element.scopeKey === null) continue
    terminateAtOnce(run, key)
    endEmptied(run, element.scopeKey, reason)
  }
}

function endEmptied(run: Run, scopeKey: Key, reason: string): void {
  for (let scope: ElementInstance | undefined = elementOf(run, scopeKey); scope; ) {
    const { key, elementId, ending, adHoc, scopeKey: outerKey } = scope
    // What was to end does so now; an ad-hoc sub-process goes on as when a part has ended.
    if (ending || adHoc) {
      thenEndScope(run, key)
      return
    }
    if (!isEmptied(run, scope)) return
    if (outerKey === null) {
      cancelJob(run, key)
      closeOwned(run, key)
      forgetToUndo(run, key)
      write(run, 'processInstance.terminated', key, { reason })
      return
    }
    if (isProcess(scope)) throw refusal('calledEmptied', elementId, key)
    terminateAtOnce(run, key)
    scope = run.state.elements.get(outerKey)
  }
}

/** Whether nothing is left in a scope: no element, no token at a join, and no item to come. */
function isEmptied(run: Run, { children, joins, multi, elementId, definitionKey }: ElementInstance): boolean {
  if (children.size > 0 || joins.length > 0) return false
  if (!multi) return true
  const isSequential = nodeOf(run, { elementId, definitionKey }).multiInstance?.sequential === true
  return isSequential || multi.created >= multi.items.length
}
