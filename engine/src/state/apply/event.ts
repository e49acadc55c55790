import type { SubscriptionFacts, TimerFacts } from '../../record/fact/event.ts'
import type { Key } from '../../record/record.ts'
import { disown, own } from '../element-instance.ts'
import { ownerOf, type State } from '../state.ts'
import { type Appliers, nothing } from './applier.ts'

/** Facts of events that wait. */
export const eventAppliers: Appliers<keyof TimerFacts | keyof SubscriptionFacts> = {
  'timer.created': (state, key, value) => {
    const { why: _, ...timer } = value
    state.timers.set(key, { key, ...timer })
    own(ownerOf(state, value), 'timers', key)
  },
  'timer.triggered': (state, key) => dropTimer(state, key),
  'timer.canceled': (state, key) => dropTimer(state, key),

  'messageSubscription.created': (state, key, value) => {
    const { elementId, elementInstanceKey, interrupting, messageName, correlationKey, action } = value
    const kind = 'message'
    state.subscriptions.set(key, {
      kind,
      key,
      elementId,
      elementInstanceKey,
      interrupting,
      messageName,
      correlationKey,
      action,
    })
    own(ownerOf(state, value), 'subscriptions', key)
  },
  'messageSubscription.correlated': (state, key, value) => {
    if (value.closed) dropSubscription(state, key)
  },
  'messageSubscription.deleted': (state, key) => dropSubscription(state, key),

  'signal.broadcast': nothing,
  'signalSubscription.created': (state, key, value) => {
    const { elementId, elementInstanceKey, interrupting, signalName } = value
    state.subscriptions.set(key, { kind: 'signal', key, elementId, elementInstanceKey, interrupting, signalName })
    own(ownerOf(state, value), 'subscriptions', key)
  },
  'signalSubscription.triggered': (state, key, value) => {
    if (value.closed) dropSubscription(state, key)
  },
  'signalSubscription.deleted': (state, key) => dropSubscription(state, key),

  'conditionalSubscription.created': (state, key, value) => {
    const { elementId, elementInstanceKey, interrupting } = value
    state.conditionals.add(key)
    state.subscriptions.set(key, { kind: 'conditional', key, elementId, elementInstanceKey, interrupting })
    own(ownerOf(state, value), 'subscriptions', key)
  },
  'conditionalSubscription.triggered': (state, key, value) => {
    if (value.closed) dropSubscription(state, key)
  },
  'conditionalSubscription.deleted': (state, key) => dropSubscription(state, key),
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
  state.conditionals.delete(key)
}
