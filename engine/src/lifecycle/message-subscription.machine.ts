import { createMachine } from 'xstate'

/** Lifecycle of a message subscription. A non-interrupting one stays open when a message arrives. */
export const messageSubscriptionMachine = createMachine({
  id: 'messageSubscription',
  initial: 'open',
  states: {
    open: { on: { correlate: 'open', close: 'correlated', delete: 'deleted' } },
    correlated: {},
    deleted: {},
  },
})
