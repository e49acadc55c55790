import type { Outcome } from '../element/element.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import { thenComplete, thenEnter } from './agenda.ts'
import { elementOf, isProcess, newKey, nodeOf, type Run, write } from './run.ts'
import { scopeOf, setLocal } from './scope.ts'

/** How deep processes may call each other (SPEC CL7). */
export const MAX_CALLS = 50

/** Begins the called process inside its call activity, in the stream of the caller (SPEC CL1). */
export function callProcess(run: Run, key: Key, call: Extract<Outcome, { kind: 'call' }>): void {
  const { elementId } = elementOf(run, key)
  const { process, key: definitionKey, version } = call.definition
  write(run, 'callActivity.called', key, { elementId, processId: process.id, definitionKey, version, why: call.why })
  const calledKey = newKey(run)
  write(run, 'element.activated', calledKey, {
    elementId: process.id,
    elementType: 'bpmn:Process',
    name: process.name,
    scopeKey: key,
    causes: [key],
    loopCounter: null,
    stage: false,
    definitionKey,
  })
  run.activations += 1
  setLocal(run, calledKey, call.variables)
  thenEnter(run, calledKey)
}

/** Ends a called process and its call activity, with the variables that come back (SPEC CL3). */
export function returnFromCall(run: Run, calledKey: Key): void {
  const called = elementOf(run, calledKey)
  const activityKey = called.scopeKey as Key
  const activity = elementOf(run, activityKey)
  const node = nodeOf(run, activity)
  const all = node.type === 'bpmn:CallActivity' && node.own.propagateAllChildVariables
  // With output mappings they are what the mappings read; without, they propagate when all are to.
  const variables: Variables = all || node.outputs.length > 0 ? called.variables : {}
  write(run, 'element.completed', calledKey, { elementId: called.elementId, scopeKey: activityKey })
  thenComplete(run, activityKey, variables)
}

/** How many processes an element stands in. */
export function callDepth(run: Run, key: Key): number {
  let depth = 0
  for (let element = run.state.elements.get(key); element; element = scopeOf(run.state, element))
    if (isProcess(element)) depth += 1
  return depth
}
