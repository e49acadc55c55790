import { createMachine } from 'xstate'

/** Lifecycle of a subscription to messages, a signal or a condition. One whose event does not interrupt stays open. */
export const subscriptionMachine = createMachine({
  id: 'subscription',
  initial: 'open',
  states: {
    open: { on: { trigger: 'open', close: 'triggered', delete: 'deleted' } },
    triggered: {},
    deleted: {},
  },
})
