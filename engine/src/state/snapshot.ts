import type { Key } from '../record/record.ts'
import { type Compensation, keepUndoable } from './compensation.ts'
import { addChild, type ElementInstance, newElement, own } from './element-instance.ts'
import type { Subscription, Timer } from './event.ts'
import type { Incident, Job } from './job.ts'
import type { Instance } from './process-instance.ts'
import { emptyState, ownerOf, type State } from './state.ts'
import type { EndedTask, UserTask } from './user-task.ts'

type ElementJson = Pick<
  ElementInstance,
  'key' | 'elementId' | 'elementType' | 'name' | 'scopeKey' | 'causes' | 'loopCounter' | 'variables' | 'multi' | 'joins'
> &
  // Rare parts are left out when there is nothing to say.
  Partial<Pick<ElementInstance, 'definitionKey' | 'adHoc' | 'ending'>>

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
  readonly compensations?: readonly Compensation[]
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
      ...(element.definitionKey === null ? {} : { definitionKey: element.definitionKey }),
      ...(element.adHoc === null ? {} : { adHoc: element.adHoc }),
      ...(element.ending === null ? {} : { ending: element.ending }),
    })),
    tasks: [...state.tasks.values()],
    endedTasks: [...state.endedTasks],
    timers: [...state.timers.values()],
    subscriptions: [...state.subscriptions.values()],
    jobs: [...state.jobs.values()],
    incidents: [...state.incidents.values()],
    ...(state.compensations.size === 0 ? {} : { compensations: [...state.compensations.values()] }),
  }
  return JSON.stringify(json)
}

/** Reads what `serializeState` gave. */
export function restoreState(saved: StateJson): State {
  const json = JSON.parse(JSON.stringify(saved)) as StateJson
  const state: State = { ...emptyState(json.stream), lastKey: json.lastKey, instance: json.instance }
  for (const {
    joins,
    variables,
    multi,
    adHoc = null,
    ending = null,
    definitionKey = null,
    ...given
  } of json.elements) {
    const element = newElement({ ...given, definitionKey })
    element.variables = variables
    element.multi = multi
    element.adHoc = adHoc
    element.ending = ending
    element.joins = joins
    state.elements.set(element.key, element)
    if (joins.length > 0) state.joining.add(element.key)
    const scope = state.elements.get(element.scopeKey ?? 0)
    if (scope) addChild(scope, element.key)
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
    if (subscription.kind === 'conditional') state.conditionals.add(subscription.key)
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
  for (const compensation of json.compensations ?? []) keepUndoable(state, compensation)
  return state
}
