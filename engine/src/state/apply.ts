import type { Json, Variables } from '../record/json.ts'
import type { Fact, FactKind, FactValues, Key } from '../record/record.ts'
import { disown, type ElementInstance, newElement, own, ownerOf, type State } from './state.ts'

type Applier<K extends FactKind> = (state: State, key: Key, value: FactValues[K]) => void

const nothing = () => {}

/** How each fact changes the state. It needs no definition and evaluates nothing (SPEC ST1). */
const appliers: { readonly [K in FactKind]: Applier<K> } = {
  'processInstance.created': (state, key, value) => {
    state.instance = {
      key,
      definitionKey: value.definitionKey,
      processId: value.processId,
      units: value.units,
      businessId: value.businessId,
      title: value.title,
      dueAt: value.dueAt,
      parameters: value.parameters,
      status: 'active',
    }
    const { processId: elementId, processName: name } = value
    state.elements.set(
      key,
      newElement({ key, elementId, elementType: 'bpmn:Process', name, scopeKey: null, causes: [], loopCounter: null }),
    )
  },
  'processInstance.completed': (state) => {
    if (state.instance) state.instance.status = 'completed'
  },
  'processInstance.terminated': (state) => {
    if (state.instance) state.instance.status = 'terminated'
  },

  'element.activated': (state, key, value) => {
    const { elementId, elementType, name, scopeKey, causes, loopCounter } = value
    state.elements.set(key, newElement({ key, elementId, elementType, name, scopeKey, causes, loopCounter }))
    const scope = live(state, scopeKey)
    scope.children.add(key)
    if (scope.multi) scope.multi.created += 1
    consumeArrivals(scope, elementId)
  },
  'element.completed': (state, key) => leave(state, key, 'completed'),
  'element.terminated': (state, key) => leave(state, key, 'terminated'),
  'scope.interrupted': (state, key) => {
    live(state, key).joins = []
  },
  'sequenceFlow.taken': nothing,
  'join.arrived': (state, _key, value) => {
    const { elementId, flowId, source } = value
    live(state, value.scopeKey).joins.push({ elementId, flowId, source })
  },
  'variables.set': (state, _key, value) => {
    const scope = live(state, value.scopeKey)
    scope.variables = merged(scope.variables, value.variables)
  },
  'decision.evaluated': nothing,

  'userTask.created': (state, key, value) => {
    state.tasks.set(key, {
      key,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      name: value.name,
      status: value.assignee === null ? 'created' : 'assigned',
      assignee: value.assignee,
      dueAt: value.dueAt,
      priority: value.priority,
    })
    ownerOf(state, value).task = key
  },
  'userTask.assigned': (state, key, value) => {
    const task = state.tasks.get(key)
    if (task) {
      task.assignee = value.assignee
      task.status = 'assigned'
    }
  },
  'userTask.unassigned': (state, key) => {
    const task = state.tasks.get(key)
    if (task) {
      task.assignee = null
      task.status = 'created'
    }
  },
  'userTask.updated': (state, key, value) => {
    const task = state.tasks.get(key)
    if (task) {
      task.dueAt = value.dueAt
      task.priority = value.priority
    }
  },
  'userTask.completed': (state, key, value) => endTask(state, key, value.name, 'completed'),
  'userTask.canceled': (state, key, value) => endTask(state, key, value.name, 'canceled'),

  'timer.created': (state, key, value) => {
    const { elementId, elementInstanceKey, dueAt, interrupting, repetitions, interval } = value
    state.timers.set(key, { key, elementId, elementInstanceKey, dueAt, interrupting, repetitions, interval })
    own(ownerOf(state, value), 'timers', key)
  },
  'timer.triggered': (state, key) => dropTimer(state, key),
  'timer.canceled': (state, key) => dropTimer(state, key),

  'messageSubscription.created': (state, key, value) => {
    state.subscriptions.set(key, { key, ...value })
    own(ownerOf(state, value), 'subscriptions', key)
  },
  'messageSubscription.correlated': (state, key, value) => {
    if (value.closed) dropSubscription(state, key)
  },
  'messageSubscription.deleted': (state, key) => dropSubscription(state, key),

  'job.created': (state, key, value) => {
    const { elementId, elementInstanceKey, type, retries } = value
    state.jobs.set(key, { key, elementId, elementInstanceKey, type, initialRetries: retries, status: 'created' })
    ownerOf(state, value).job = key
  },
  'job.completed': (state, key) => dropJob(state, key),
  'job.failed': (state, key, value) => {
    const job = state.jobs.get(key)
    if (job) job.status = value.retries > 0 ? 'created' : 'failed'
  },
  'job.retriesUpdated': (state, key) => {
    const job = state.jobs.get(key)
    if (job) job.status = 'created'
  },
  'job.errorThrown': (state, key) => {
    const job = state.jobs.get(key)
    if (job) job.status = 'errorThrown'
  },
  'job.canceled': (state, key) => dropJob(state, key),

  'incident.created': (state, key, value) => {
    const { elementId, elementInstanceKey, code, jobKey, retry } = value
    state.incidents.set(key, { key, elementId, elementInstanceKey, code, jobKey, retry })
    own(ownerOf(state, value), 'incidents', key)
  },
  'incident.resolved': (state, key) => {
    const incident = state.incidents.get(key)
    if (incident) disown(state.elements.get(incident.elementInstanceKey), 'incidents', key)
    state.incidents.delete(key)
  },

  'multiInstance.started': (state, key, value) => {
    live(state, key).multi = {
      items: value.items,
      outputVariable: value.outputVariable,
      outputs: value.outputVariable === null ? [] : value.items.map(() => null),
      created: 0,
      completed: 0,
      terminated: 0,
    }
  },
  'multiInstance.collected': (state, key, value) => {
    const { multi } = live(state, key)
    if (multi && multi.outputVariable !== null) multi.outputs[value.index] = value.value
  },
  'multiInstance.decided': nothing,
  'multiInstance.pending': nothing,
}

/**
 * Changes `state` in place as one fact says: the only writer of state. Facts that happened are applied without
 * judging; whether they may happen was decided before they were written.
 */
export function apply(state: State, fact: Fact): State {
  const applier = appliers[fact.kind] as Applier<FactKind>
  applier(state, fact.key, fact.value)
  if (fact.key > state.lastKey && Math.floor(fact.key / 2 ** 20) === state.stream) state.lastKey = fact.key
  return state
}

/** Applies facts in order. */
export function fold(state: State, facts: Iterable<Fact>): State {
  for (const fact of facts) apply(state, fact)
  return state
}

function live(state: State, key: Key): ElementInstance {
  const element = state.elements.get(key)
  if (!element) throw new Error(`ST2: element instance ${key} is not live`)
  return element
}

/** One token of each flow that has arrived is used up by the join that is activated. */
function consumeArrivals(scope: ElementInstance, elementId: string): void {
  if (scope.joins.length === 0) return
  const used = new Set<string>()
  scope.joins = scope.joins.filter((arrival) => {
    if (arrival.elementId !== elementId || used.has(arrival.flowId)) return true
    used.add(arrival.flowId)
    return false
  })
}

function leave(state: State, key: Key, how: 'completed' | 'terminated'): void {
  const element = live(state, key)
  state.elements.delete(key)
  if (element.job !== null) state.jobs.delete(element.job)
  if (element.scopeKey === null) return
  const scope = state.elements.get(element.scopeKey)
  scope?.children.delete(key)
  if (scope?.multi) scope.multi[how] += 1
}

function endTask(state: State, key: Key, name: string, status: 'completed' | 'canceled'): void {
  const task = state.tasks.get(key)
  if (task) ownerOf(state, task).task = null
  state.tasks.delete(key)
  state.endedTasks.set(key, { name, status })
}

function dropTimer(state: State, key: Key): void {
  const timer = state.timers.get(key)
  if (timer) disown(state.elements.get(timer.elementInstanceKey), 'timers', key)
  state.timers.delete(key)
}

function dropSubscription(state: State, key: Key): void {
  const subscription = state.subscriptions.get(key)
  if (subscription) disown(state.elements.get(subscription.elementInstanceKey), 'subscriptions', key)
  state.subscriptions.delete(key)
}

function dropJob(state: State, key: Key): void {
  const job = state.jobs.get(key)
  if (job) ownerOf(state, job).job = null
  state.jobs.delete(key)
}

/** A plain merge that keeps `__proto__` an ordinary name. */
function merged(before: Variables, change: Variables): Variables {
  const result: Variables = { ...before }
  for (const name of Object.keys(change)) {
    const value = change[name] as Json
    if (name === '__proto__')
      Object.defineProperty(result, name, { value, enumerable: true, writable: true, configurable: true })
    else result[name] = value
  }
  return result
}
