import type { Json, Variables } from '../record/json.ts'
import type { Afterwards, Key } from '../record/record.ts'

export interface ElementInstance {
  readonly key: Key
  /** Changes, with the name, when the case is migrated. */
  elementId: string
  readonly elementType: string
  name: string | null
  /** Key of the scope; null for the process itself. */
  readonly scopeKey: Key | null
  readonly causes: readonly Key[]
  readonly loopCounter: number | null
  /** The definition it belongs to when that is not the one of the case: it stands in a called process. */
  readonly definitionKey: Key | null
  /** Variables of this scope alone. */
  variables: Variables
  /** Tokens that wait at joins of this scope, in the order they came. */
  joins: readonly Arrival[]
  /** Only of a multi-instance body. */
  multi: MultiInstanceState | null
  /** Only of an ad-hoc sub-process. */
  adHoc: AdHocState | null
  /** It ends when user tasks in it are canceled, and what comes then; null while it goes on. */
  ending: Afterwards | null
  // What hangs on it, in order of creation; rebuilt when state is restored.
  children: ReadonlySet<Key>
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

export interface AdHocState {
  readonly outputVariable: string | null
  readonly outputs: Json[]
  /** Its condition was met, its worker said so, or it was interrupted: it ends when what still runs in it has ended. */
  decided: boolean
}

export interface MultiInstanceState {
  items: readonly Json[]
  readonly outputVariable: string | null
  readonly outputs: Json[]
  created: number
  completed: number
  terminated: number
}

// Most element instances own nothing of a kind: they share what is empty, which nobody changes.
const none: readonly Key[] = Object.freeze([])
const noArrivals: readonly Arrival[] = Object.freeze([])
const noChildren: ReadonlySet<Key> = new Set()
const noVariables: Variables = Object.freeze({})

/** A new element instance with nothing hanging on it. */
export function newElement(
  given: Pick<
    ElementInstance,
    'key' | 'elementId' | 'elementType' | 'name' | 'scopeKey' | 'causes' | 'loopCounter' | 'definitionKey'
  >,
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
    definitionKey: given.definitionKey,
    variables: noVariables,
    joins: noArrivals,
    multi: null,
    adHoc: null,
    ending: null,
    children: noChildren,
    timers: none,
    subscriptions: none,
    incidents: none,
    task: null,
    job: null,
  }
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

/** Notes that an element instance is in a scope. */
export function addChild(scope: ElementInstance, key: Key): void {
  if (scope.children === noChildren) scope.children = new Set([key])
  else (scope.children as Set<Key>).add(key)
}

/** Forgets an element instance that was in a scope. */
export function removeChild(scope: ElementInstance, key: Key): void {
  if (scope.children !== noChildren) (scope.children as Set<Key>).delete(key)
}

/** Notes that a token waits at a join of a scope. */
export function addArrival(scope: ElementInstance, arrival: Arrival): void {
  if (scope.joins.length === 0) scope.joins = [arrival]
  else (scope.joins as Arrival[]).push(arrival)
}
