import type { Json, Variables } from '../record/json.ts'
import type { CaseAction, Key, UnitRef } from '../record/record.ts'

/**
 * State of one process instance stream: a cache of its facts. Only `apply` writes it. It is private to its owner and
 * changed in place; `serializeState` gives it as JSON.
 *
 * Ended element instances, timers, jobs and subscriptions are dropped; ended user tasks keep one short entry, so that
 * a late completion is told from an unknown key.
 */
export interface State {
  readonly stream: number
  /** Last key given out. */
  lastKey: Key
  instance: Instance | null
  /** Live element instances and, under the instance's key, the process itself. */
  readonly elements: Map<Key, ElementInstance>
  readonly tasks: Map<Key, UserTask>
  readonly endedTasks: Map<Key, EndedTask>
  readonly timers: Map<Key, Timer>
  readonly subscriptions: Map<Key, Subscription>
  readonly jobs: Map<Key, Job>
  readonly incidents: Map<Key, Incident>
}

export interface Instance {
  readonly key: Key
  readonly definitionKey: Key
  readonly processId: string
  readonly units: readonly UnitRef[]
  readonly businessId: string | null
  readonly title: string | null
  readonly dueAt: number | null
  readonly parameters: Variables
  status: 'active' | 'completed' | 'terminated'
}

export interface ElementInstance {
  readonly key: Key
  readonly elementId: string
  readonly elementType: string
  readonly name: string | null
  /** Key of the scope; null for the process itself. */
  readonly scopeKey: Key | null
  readonly causes: readonly Key[]
  readonly loopCounter: number | null
  /** Variables of this scope alone. */
  variables: Variables
  /** Tokens that wait at joins of this scope, in the order they came. */
  joins: Arrival[]
  /** Only of a multi-instance body. */
  multi: MultiInstanceState | null
  // What hangs on it, in order of creation; rebuilt when state is restored.
  readonly children: Set<Key>
  timers: readonly Key[]
  subscriptions: readonly Key[]
  incidents: readonly Key[]
  task: Key | null
  job: Key | null
}

export interface Arrival {
  /** The joining gateway. */
  readonly elementId: string
  readonly flowId: string
  readonly source: Key
}

export interface MultiInstanceState {
  readonly items: readonly Json[]
  readonly outputVariable: string | null
  readonly outputs: Json[]
  created: number
  completed: number
  terminated: number
}

export interface UserTask {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly name: string
  status: 'created' | 'assigned'
  assignee: string | null
  dueAt: number | null
  priority: number
}

export interface EndedTask {
  readonly name: string
  readonly status: 'completed' | 'canceled'
}

export interface Timer {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly dueAt: number
  readonly interrupting: boolean
  readonly repetitions: number
  readonly interval: string | null
}

export interface Subscription {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly messageName: string
  readonly correlationKey: string
  readonly interrupting: boolean
  readonly action: CaseAction | null
}

export interface Job {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly type: string
  readonly initialRetries: number
  status: 'created' | 'failed' | 'errorThrown'
}

export interface Incident {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly code: string
  readonly jobKey: Key | null
  readonly retry: 'activate' | 'complete' | 'job'
}

/** The state of a stream before its first fact. `stream` is the number of the stream (≥ 1024 for instances). */
export function emptyState(stream: number): State {
  return {
    stream,
    lastKey: stream * 2 ** 20,
    instance: null,
    elements: new Map(),
    tasks: new Map(),
    endedTasks: new Map(),
    timers: new Map(),
    subscriptions: new Map(),
    jobs: new Map(),
    incidents: new Map(),
  }
}

/** Most element instances own nothing of a kind: they share one empty list, which nobody changes. */
const none: readonly Key[] = Object.freeze([])

/** A new element instance with nothing hanging on it. */
export function newElement(
  given: Pick<ElementInstance, 'key' | 'elementId' | 'elementType' | 'name' | 'scopeKey' | 'causes' | 'loopCounter'>,
): ElementInstance {
  // Written out: a spread of `given` costs more than the rest of a step's bookkeeping together.
  return {
    key: given.key,
    elementId: given.elementId,
    elementType: given.elementType,
    name: given.name,
    scopeKey: given.scopeKey,
    causes: given.causes,
    loopCounter: given.loopCounter,
    variables: {},
    joins: [],
    multi: null,
    children: new Set(),
    timers: none,
    subscriptions: none,
    incidents: none,
    task: null,
    job: null,
  }
}

type ElementJson = Pick<
  ElementInstance,
  'key' | 'elementId' | 'elementType' | 'name' | 'scopeKey' | 'causes' | 'loopCounter' | 'variables' | 'multi' | 'joins'
>

/** State as JSON: a snapshot. Restoring it and folding later facts gives the same state as folding all facts. */
export interface StateJson {
  readonly version: 1
  readonly stream: number
  readonly lastKey: Key
  readonly instance: Instance | null
  readonly elements: readonly ElementJson[]
  readonly tasks: readonly UserTask[]
  readonly endedTasks: readonly [Key, EndedTask][]
  readonly timers: readonly Timer[]
  readonly subscriptions: readonly Subscription[]
  readonly jobs: readonly Job[]
  readonly incidents: readonly Incident[]
}

/** Gives the state as plain JSON data, copied: later changes of the state do not reach it. */
export function serializeState(state: State): StateJson {
  return JSON.parse(stateText(state)) as StateJson
}

/** The same as JSON text, for a snapshot that is stored. */
export function stateText(state: State): string {
  const json: StateJson = {
    version: 1,
    stream: state.stream,
    lastKey: state.lastKey,
    instance: state.instance,
    elements: [...state.elements.values()].map((element) => ({
      key: element.key,
      elementId: element.elementId,
      elementType: element.elementType,
      name: element.name,
      scopeKey: element.scopeKey,
      causes: element.causes,
      loopCounter: element.loopCounter,
      variables: element.variables,
      multi: element.multi,
      joins: element.joins,
    })),
    tasks: [...state.tasks.values()],
    endedTasks: [...state.endedTasks],
    timers: [...state.timers.values()],
    subscriptions: [...state.subscriptions.values()],
    jobs: [...state.jobs.values()],
    incidents: [...state.incidents.values()],
  }
  return JSON.stringify(json)
}

/** Reads what `serializeState` gave. */
export function restoreState(saved: StateJson): State {
  const json = JSON.parse(JSON.stringify(saved)) as StateJson
  const state: State = { ...emptyState(json.stream), lastKey: json.lastKey, instance: json.instance }
  for (const { joins, variables, multi, ...given } of json.elements) {
    const element = newElement(given)
    element.variables = variables
    element.multi = multi
    element.joins = joins
    state.elements.set(element.key, element)
    if (element.scopeKey !== null) state.elements.get(element.scopeKey)?.children.add(element.key)
  }
  for (const task of json.tasks) {
    state.tasks.set(task.key, task)
    ownerOf(state, task).task = task.key
  }
  for (const [key, task] of json.endedTasks) state.endedTasks.set(key, task)
  for (const timer of json.timers) {
    state.timers.set(timer.key, timer)
    own(ownerOf(state, timer), 'timers', timer.key)
  }
  for (const subscription of json.subscriptions) {
    state.subscriptions.set(subscription.key, subscription)
    own(ownerOf(state, subscription), 'subscriptions', subscription.key)
  }
  for (const job of json.jobs) {
    state.jobs.set(job.key, job)
    ownerOf(state, job).job = job.key
  }
  for (const incident of json.incidents) {
    state.incidents.set(incident.key, incident)
    own(ownerOf(state, incident), 'incidents', incident.key)
  }
  return state
}

/** The element instance that something hangs on. */
export function ownerOf(state: State, owned: { readonly elementInstanceKey: Key }): ElementInstance {
  const owner = state.elements.get(owned.elementInstanceKey)
  if (!owner) throw new Error(`ST2: element instance ${owned.elementInstanceKey} is not live`)
  return owner
}

type Owned = 'timers' | 'subscriptions' | 'incidents'

/** Notes that something hangs on an element instance. */
export function own(element: ElementInstance, what: Owned, key: Key): void {
  element[what] = [...element[what], key]
}

/** Forgets what hung on an element instance, which may be gone already. */
export function disown(element: ElementInstance | undefined, what: Owned, key: Key): void {
  if (element) element[what] = element[what].filter((one) => one !== key)
}
