import type { Key } from '../record/record.ts'
import type { Undoables } from './compensation.ts'
import type { ElementInstance } from './element-instance.ts'
import type { Subscription, Timer } from './event.ts'
import type { Incident, Job } from './job.ts'
import type { Instance } from './process-instance.ts'
import type { EndedTask, UserTask } from './user-task.ts'

export type { Compensation } from './compensation.ts'
export type { Arrival, ElementInstance } from './element-instance.ts'
export type { ConditionalSubscription, Subscription, Timer } from './event.ts'
export type { Incident, Job } from './job.ts'
export { hasEnded, type Instance, MAX_STARTS } from './process-instance.ts'
export type { EndedTask, TaskAct, UserTask } from './user-task.ts'

/**
 * State of one process instance stream: a cache of its facts. Only `apply` writes it. It is private to its owner and
 * changed in place; `serializeState` gives it as JSON.
 *
 * Ended element instances, timers, jobs and subscriptions are dropped; ended user tasks keep one short entry, so that
 * a late completion is told from an unknown key.
 */
export interface State extends Undoables {
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
  // Found quickly; rebuilt when state is restored.
  /** Subscriptions of conditional events. */
  readonly conditionals: Set<Key>
  /** Scopes in which tokens wait at joins. */
  readonly joining: Set<Key>
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
    compensations: new Map(),
    conditionals: new Set(),
    undoable: new Map(),
    undoing: new Map(),
    joining: new Set(),
  }
}

/** The element instance that something hangs on. */
export function ownerOf(state: State, owned: { readonly elementInstanceKey: Key }): ElementInstance {
  return liveElement(state, owned.elementInstanceKey)
}

/** A live element instance. */
export function liveElement(state: State, key: Key): ElementInstance {
  const element = state.elements.get(key)
  if (!element) throw new Error(`ST2: element instance ${key} is not live`)
  return element
}
