import { createMachine } from 'xstate'

/** Lifecycle of a timer. A timer that repeats is a new timer each time. */
export const timerMachine = createMachine({
  id: 'timer',
  initial: 'created',
  states: {
    created: { on: { trigger: 'triggered', cancel: 'canceled' } },
    triggered: {},
    canceled: {},
  },
})
