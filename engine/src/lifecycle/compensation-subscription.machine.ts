import { createMachine } from 'xstate'

/** Lifecycle of what can undo a completed activity: asked for at most once. */
export const compensationSubscriptionMachine = createMachine({
  id: 'compensationSubscription',
  initial: 'created',
  states: {
    created: { on: { trigger: 'triggered', delete: 'deleted' } },
    triggered: { on: { complete: 'completed', delete: 'deleted' } },
    completed: {},
    deleted: {},
  },
})
