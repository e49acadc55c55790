import type { Surroundings } from '../feel/index.ts'
import { sameJson } from '../form/paths.ts'
import type { Lifecycle } from '../lifecycle/next.ts'
import { next } from '../lifecycle/next.ts'
import type { DefinitionBundle, FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { Json } from '../record/json.ts'
import type { Fact, FactKind, FactValues, Key } from '../record/record.ts'
import { apply } from '../state/apply.ts'
import type { ElementInstance, State } from '../state/state.ts'
import type { Agenda } from './agenda.ts'

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
  /** The definition of the case; another one when it is migrated. */
  bundle: DefinitionBundle
  readonly state: State
  readonly at: number
  /** Time and chance as expressions see them. */
  readonly around: Surroundings
  readonly facts: Fact[]
  /** What follows at what is there already; all of it before the next activation. */
  readonly agenda: Agenda
  queue: Activation[]
  /** Activations still queued, by scope: a scope with some is not done. */
  readonly queued: Map<Key, number>
  activations: number
  /** Last key given out in this step; ahead of the state while a hook is writing. */
  lastKey: Key
  /** `case` as FEEL reads it; made when first read. */
  caseValue: Json | null
  /** Variables set while conditional events wait, not yet looked at. */
  changes: VariableChange[]
  /** Conditional subscriptions that were opened, not yet looked at. */
  armed: Key[]
  /** What sequential multi-instances read their items from in this step, by the key of the body. */
  readonly read: Map<Key, Json | undefined>
  /** Scopes with tokens at joins in which something has ended or arrived, not yet looked at. */
  readonly moved: Set<Key>
}

export interface VariableChange {
  readonly scopeKey: Key
  readonly name: string
  readonly event: 'create' | 'update'
}

/** A fault of the engine itself, named by the rule of SPEC.md that does not hold. Never an answer to bad input. */
export function invariant(condition: boolean, rule: string, detail = ''): asserts condition {
  if (!condition) broken(rule, detail)
}

/** The same, where the detail is costly to say: only when the rule does not hold. */
function broken(rule: string, detail: string): never {
  throw new Error(`${rule} does not hold${detail ? `: ${detail}` : ''}`)
}

export function newKey(run: Run): Key {
  run.lastKey += 1
  return run.lastKey
}

/** Writes a fact: judged by the lifecycle, kept, applied. The only way a step changes anything (SPEC ST1). */
export function write<K extends FactKind>(run: Run, kind: K, key: Key, value: FactValues[K]): void {
  const fact = { kind, key, value, version: 1 } as unknown as Fact
  judge(run, fact)
  if (run.state.conditionals.size > 0) noteChanges(run, fact)
  if (fact.kind === 'conditionalSubscription.created') run.armed.push(key)
  run.facts.push(fact)
  apply(run.state, fact)
  if (run.state.joining.size > 0) noteMove(run, fact)
}

/** A token that has ended or arrived may be what a join of its scope waited for. */
function noteMove(run: Run, fact: Fact): void {
  if (fact.kind !== 'element.completed' && fact.kind !== 'element.terminated' && fact.kind !== 'join.arrived') return
  const { scopeKey } = fact.value
  if (run.state.joining.has(scopeKey)) run.moved.add(scopeKey)
}

/**
 * Remembers which variables a fact changes, not those it sets to what they were (SPEC CN3): the results of a
 * multi-instance or ad-hoc sub-process are read like one.
 */
function noteChanges(run: Run, fact: Fact): void {
  if (fact.kind === 'variables.set') {
    const { scopeKey, variables } = fact.value
    const known = elementOf(run, scopeKey).variables
    for (const name of Object.keys(variables))
      if (!Object.hasOwn(known, name)) run.changes.push({ scopeKey, name, event: 'create' })
      else if (JSON.stringify(known[name]) !== JSON.stringify(variables[name]))
        run.changes.push({ scopeKey, name, event: 'update' })
  } else if (fact.kind === 'multiInstance.collected' || fact.kind === 'adHocSubProcess.collected') {
    const { multi, adHoc } = elementOf(run, fact.key)
    const name = (multi ?? adHoc)?.outputVariable
    const isSame =
      fact.kind === 'multiInstance.collected' && sameJson(multi?.outputs[fact.value.index] ?? null, fact.value.value)
    if (name && !isSame) run.changes.push({ scopeKey: fact.key, name, event: 'update' })
  }
}

export function elementOf(run: Run, key: Key): ElementInstance {
  const element = run.state.elements.get(key)
  if (element === undefined) broken('ST2', `element instance ${key} is not live`)
  return element
}

/**
 * The definition of a case now: the one it began with, or the one it was migrated to (SPEC ST3). `bundle` is either, and
 * knows the other.
 */
export function bundleOfCase(bundle: DefinitionBundle, { instance }: State): DefinitionBundle {
  if (!instance || instance.definitionKey === bundle.key) return bundle
  const { definitionKey } = instance
  return bundle.others?.byKey(definitionKey) ?? broken('ST3', `definition ${definitionKey} is not at hand`)
}

/** The definition an element instance belongs to: that of the case, or of a called process it stands in. */
export function definitionOf(run: Run, element: Pick<ElementInstance, 'definitionKey'>): DefinitionBundle {
  const { definitionKey } = element
  if (definitionKey === null) return run.bundle
  const called = run.bundle.key === definitionKey ? run.bundle : run.bundle.others?.byKey(definitionKey)
  if (!called) broken('ST3', `definition ${definitionKey} is not at hand`)
  return called
}

/** The process in whose drawing an element instance stands. */
export function processOf(run: Run, element: Pick<ElementInstance, 'definitionKey'>): ProcessDefinition {
  return element.definitionKey === null ? run.bundle.process : definitionOf(run, element).process
}

/** The node of an element instance. A process itself has none: it is told by `isProcess`. */
export function nodeOf(run: Run, element: Pick<ElementInstance, 'definitionKey' | 'elementId'>): FlowNode {
  return nodeBeside(run, element, element.elementId)
}

/** Another node of the same drawing. */
export function nodeBeside(run: Run, element: Pick<ElementInstance, 'definitionKey'>, nodeId: string): FlowNode {
  const node = processOf(run, element).nodes[nodeId]
  if (node === undefined) broken('ST3', `the definition has no element ${nodeId}`)
  return node
}

/** Whether an element instance is a process: the case itself, or one that was called. */
export function isProcess(element: ElementInstance): boolean {
  return element.elementType === 'bpmn:Process'
}

export function enqueue(run: Run, activation: Activation): void {
  run.queue.push(activation)
  run.queued.set(activation.scopeKey, (run.queued.get(activation.scopeKey) ?? 0) + 1)
}

/** Verbs of the lifecycles by the fact that records them; the others do not move a lifecycle. */
const moves: { readonly [K in FactKind]?: readonly [Lifecycle, string] } = {
  'processInstance.completed': ['processInstance', 'complete'],
  'processInstance.terminated': ['processInstance', 'terminate'],
  'processInstance.suspended': ['processInstance', 'suspend'],
  'processInstance.resumed': ['processInstance', 'resume'],
  'element.completed': ['elementInstance', 'complete'],
  'element.terminated': ['elementInstance', 'terminate'],
  'userTask.assigned': ['userTask', 'assign'],
  'userTask.unassigned': ['userTask', 'unassign'],
  'userTask.updated': ['userTask', 'update'],
  'userTask.completed': ['userTask', 'complete'],
  'userTask.canceled': ['userTask', 'cancel'],
  'userTask.assigning': ['userTask', 'assigning'],
  'userTask.updating': ['userTask', 'updating'],
  'userTask.completing': ['userTask', 'completing'],
  'userTask.canceling': ['userTask', 'canceling'],
  'userTask.denied': ['userTask', 'deny'],
  'timer.triggered': ['timer', 'trigger'],
  'timer.canceled': ['timer', 'cancel'],
  'messageSubscription.correlated': ['subscription', 'trigger'],
  'messageSubscription.deleted': ['subscription', 'delete'],
  'signalSubscription.triggered': ['subscription', 'trigger'],
  'signalSubscription.deleted': ['subscription', 'delete'],
  'conditionalSubscription.triggered': ['subscription', 'trigger'],
  'conditionalSubscription.deleted': ['subscription', 'delete'],
  'compensationSubscription.triggered': ['compensationSubscription', 'trigger'],
  'compensationSubscription.completed': ['compensationSubscription', 'complete'],
  'compensationSubscription.deleted': ['compensationSubscription', 'delete'],
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
    case 'userTask': {
      const task = state.tasks.get(key)
      return task?.pending?.event ?? task?.status ?? state.endedTasks.get(key)?.status ?? null
    }
    case 'timer':
      return state.timers.has(key) ? 'created' : null
    case 'compensationSubscription': {
      const compensation = state.compensations.get(key)
      return compensation ? (compensation.throwKey === null ? 'created' : 'triggered') : null
    }
    case 'subscription':
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
  const legal = status !== null && next(lifecycle, status, verbOf(run.state, fact, verb)) !== null
  if (!legal) broken('LC2', `${fact.kind} from ${status}`)
}

function verbOf(state: State, fact: Fact, verb: string): string {
  if (fact.kind === 'job.failed' && fact.value.retries === 0) return 'exhaust'
  if (fact.kind === 'messageSubscription.correlated' && fact.value.closed) return 'close'
  if (fact.kind === 'signalSubscription.triggered' && fact.value.closed) return 'close'
  if (fact.kind === 'conditionalSubscription.triggered' && fact.value.closed) return 'close'
  if (fact.kind === 'userTask.updated' || fact.kind === 'userTask.denied')
    return state.tasks.get(fact.key)?.status === 'assigned' ? `${verb}Assigned` : verb
  return verb
}
