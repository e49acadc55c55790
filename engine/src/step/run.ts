import type { Lifecycle } from '../lifecycle/next.ts'
import { next } from '../lifecycle/next.ts'
import type { DefinitionBundle, FlowNode } from '../model/definition.ts'
import type { Json } from '../record/json.ts'
import type { Fact, FactKind, FactValues, Key } from '../record/record.ts'
import { apply } from '../state/apply.ts'
import type { ElementInstance, State } from '../state/state.ts'

/** An element to activate: what the loop works off, first in, first out. */
export interface Activation {
  readonly nodeId: string
  readonly scopeKey: Key
  readonly causes: readonly Key[]
  /** 1-based position in a multi-instance; null elsewhere. */
  readonly loopCounter: number | null
}

/** One step under way: the command's circumstances, the facts so far, and what is left to do. */
export interface Run {
  readonly bundle: DefinitionBundle
  readonly state: State
  readonly at: number
  readonly facts: Fact[]
  readonly queue: Activation[]
  /** Activations still queued, by scope: a scope with some is not done. */
  readonly queued: Map<Key, number>
  activations: number
  /** Last key given out in this step; ahead of the state while a hook is writing. */
  lastKey: Key
  /** `case` as FEEL reads it; made when first read. */
  caseValue: Json | null
}

/** A fault of the engine itself, named by the rule of SPEC.md that does not hold. Never an answer to bad input. */
export function invariant(condition: boolean, rule: string, detail = ''): asserts condition {
  if (!condition) throw new Error(`${rule} does not hold${detail ? `: ${detail}` : ''}`)
}

export function newKey(run: Run): Key {
  run.lastKey += 1
  return run.lastKey
}

/** Writes a fact: judged by the lifecycle, kept, applied. The only way a step changes anything (SPEC ST1). */
export function write<K extends FactKind>(run: Run, kind: K, key: Key, value: FactValues[K]): void {
  const fact = { kind, key, value, version: 1 } as unknown as Fact
  judge(run, fact)
  run.facts.push(fact)
  apply(run.state, fact)
}

export function elementOf(run: Run, key: Key): ElementInstance {
  const element = run.state.elements.get(key)
  invariant(element !== undefined, 'ST2', `element instance ${key} is not live`)
  return element
}

export function nodeOf(run: Run, elementId: string): FlowNode {
  const node = run.bundle.process.nodes[elementId]
  invariant(node !== undefined, 'ST3', `the definition has no element ${elementId}`)
  return node
}

export function enqueue(run: Run, activation: Activation): void {
  run.queue.push(activation)
  run.queued.set(activation.scopeKey, (run.queued.get(activation.scopeKey) ?? 0) + 1)
}

/** Verbs of the lifecycles by the fact that records them; the others do not move a lifecycle. */
const moves: { readonly [K in FactKind]?: readonly [Lifecycle, string] } = {
  'processInstance.completed': ['processInstance', 'complete'],
  'processInstance.terminated': ['processInstance', 'terminate'],
  'element.completed': ['elementInstance', 'complete'],
  'element.terminated': ['elementInstance', 'terminate'],
  'userTask.assigned': ['userTask', 'assign'],
  'userTask.unassigned': ['userTask', 'unassign'],
  'userTask.updated': ['userTask', 'update'],
  'userTask.completed': ['userTask', 'complete'],
  'userTask.canceled': ['userTask', 'cancel'],
  'timer.triggered': ['timer', 'trigger'],
  'timer.canceled': ['timer', 'cancel'],
  'messageSubscription.correlated': ['messageSubscription', 'correlate'],
  'messageSubscription.deleted': ['messageSubscription', 'delete'],
  'job.completed': ['job', 'complete'],
  'job.failed': ['job', 'fail'],
  'job.errorThrown': ['job', 'throwError'],
  'job.retriesUpdated': ['job', 'retry'],
  'job.canceled': ['job', 'cancel'],
  'incident.resolved': ['incident', 'resolve'],
}

/** Where an entity stands in its lifecycle; null when it does not live (any more). */
export function statusOf(state: State, lifecycle: Lifecycle, key: Key): string | null {
  switch (lifecycle) {
    case 'processInstance':
      return state.instance?.key === key ? state.instance.status : null
    case 'elementInstance':
      return state.elements.has(key) ? 'activated' : null
    case 'userTask':
      return state.tasks.get(key)?.status ?? state.endedTasks.get(key)?.status ?? null
    case 'timer':
      return state.timers.has(key) ? 'created' : null
    case 'messageSubscription':
      return state.subscriptions.has(key) ? 'open' : null
    case 'job':
      return state.jobs.get(key)?.status ?? null
    case 'incident':
      return state.incidents.has(key) ? 'created' : null
  }
}

function judge(run: Run, fact: Fact): void {
  const move = moves[fact.kind]
  if (!move) return
  const [lifecycle, verb] = move
  const status = statusOf(run.state, lifecycle, fact.key)
  invariant(
    status !== null && next(lifecycle, status, verbOf(fact, verb)) !== null,
    'LC2',
    `${fact.kind} from ${status}`,
  )
}

function verbOf(fact: Fact, verb: string): string {
  if (fact.kind === 'job.failed' && fact.value.retries === 0) return 'exhaust'
  if (fact.kind === 'messageSubscription.correlated' && fact.value.closed) return 'close'
  return verb
}
