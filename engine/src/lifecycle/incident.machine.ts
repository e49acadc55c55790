import { createMachine } from 'xstate'

/** Lifecycle of an incident. */
export const incidentMachine = createMachine({
  id: 'incident',
  initial: 'created',
  states: {
    created: { on: { resolve: 'resolved' } },
    resolved: {},
  },
})
