import type { EventTrigger } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { ConditionalSubscription, ElementInstance } from '../state/state.ts'
import { thenLook } from './agenda.ts'
import { attempt, incident } from './attempt.ts'
import { isWorkedOut, MAX_ACTIVATIONS, tooLong } from './begin.ts'
import { elementOf, isProcess, nodeBeside, type Run, type VariableChange, write } from './run.ts'
import { scopeOf } from './scope.ts'
import { settle } from './terminate.ts'
import { triggerEvent } from './trigger.ts'

type Condition = Extract<EventTrigger, { kind: 'conditional' }>

/**
 * Looks at the conditional events that have just been armed and at those that can see a variable that has changed
 * (Zeebe: "Conditionals", SPEC CN1–CN4), from the outer scopes to the inner ones. Gives whether there are such: then
 * there may be more to activate, and more to look at.
 */
export function lookAtConditions(run: Run): boolean {
  if (run.armed.length === 0 && run.changes.length === 0) return false
  const isArmed = new Set(run.armed.splice(0))
  const changes = run.changes.splice(0)
  const chosen = [...candidatesFor(run, new Set(isArmed), changes)]
    .flatMap((key) => subscriptionOf(run, key) ?? [])
    .filter((one) => isArmed.has(one.key) || changes.some((change) => concerns(run, one, change)))
    .map((one) => ({ key: one.key, depth: depthOf(run, one.elementInstanceKey) }))
    .sort((a, b) => a.depth - b.depth || a.key - b.key)
  for (const { key } of chosen) thenLook(run, key)
  return chosen.length > 0
}

/** Judges one condition and triggers its event when it is true; one that cannot be judged is an incident (SPEC CN6). */
export function lookAt(run: Run, key: Key): void {
  const subscription = subscriptionOf(run, key)
  if (!subscription) return
  const { elementId, elementInstanceKey, interrupting } = subscription
  settle(run, elementInstanceKey, (incident) => incident.subscriptionKey === key)
  if (isWorkedOut(run)) {
    incident(run, elementInstanceKey, tooLong(run), 'condition', key)
    return
  }
  const { condition } = triggerOf(run, subscription)
  const judged = attempt(run, elementInstanceKey, 'condition', (draft) => draft.judge(condition), key)
  if (judged?.value !== true) return
  if (run.activations >= MAX_ACTIVATIONS) {
    incident(run, elementInstanceKey, tooLong(run), 'condition', key)
    return
  }
  write(run, 'conditionalSubscription.triggered', key, { elementId, closed: interrupting, why: judged.why })
  triggerEvent(run, elementId, elementInstanceKey, {})
}

/** The subscriptions that may have to be looked at: where nothing runs in what has changed, they hang on that itself. */
function candidatesFor({ state }: Run, armed: Set<Key>, changes: readonly VariableChange[]): Iterable<Key> {
  for (const { scopeKey } of changes)
    if ((state.elements.get(scopeKey)?.children.size ?? 0) > 0) return state.conditionals
  for (const { scopeKey } of changes)
    for (const key of state.elements.get(scopeKey)?.subscriptions ?? []) armed.add(key)
  return armed
}

/** Whether a change is one its filter lets through, of a variable that it reads and can see. */
function concerns(run: Run, subscription: ConditionalSubscription, { scopeKey, name, event }: VariableChange): boolean {
  const { condition, variableNames, variableEvents } = triggerOf(run, subscription)
  if (!(variableNames ?? condition.names).includes(name)) return false
  if (variableEvents && !variableEvents.includes(event)) return false
  let element: ElementInstance | undefined = run.state.elements.get(subscription.elementInstanceKey)
  for (; element; element = isProcess(element) ? undefined : scopeOf(run.state, element)) {
    if (element.key === scopeKey) return true
    if (Object.hasOwn(element.variables, name)) return false
  }
  return false
}

function subscriptionOf(run: Run, key: Key): ConditionalSubscription | null {
  const subscription = run.state.subscriptions.get(key)
  return subscription?.kind === 'conditional' ? subscription : null
}

function triggerOf(run: Run, { elementId, elementInstanceKey }: ConditionalSubscription): Condition {
  const node = nodeBeside(run, elementOf(run, elementInstanceKey), elementId)
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind === 'conditional') return trigger
  throw new Error(`CN1 does not hold: ${elementId} waits for no condition`)
}

function depthOf(run: Run, key: Key): number {
  let depth = 0
  for (let element = run.state.elements.get(key); element; element = scopeOf(run.state, element)) depth += 1
  return depth
}
