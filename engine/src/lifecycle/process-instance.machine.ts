import { createMachine } from 'xstate'

/** Lifecycle of a process instance. */
export const processInstanceMachine = createMachine({
  id: 'processInstance',
  initial: 'active',
  states: {
    active: { on: { complete: 'completed', terminate: 'terminated' } },
    completed: {},
    terminated: {},
  },
})
