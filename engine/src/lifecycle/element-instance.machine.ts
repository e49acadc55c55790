import { createMachine } from 'xstate'

/** Lifecycle of an element instance. An incident does not change it: what failed stays activated. */
export const elementInstanceMachine = createMachine({
  id: 'elementInstance',
  initial: 'activated',
  states: {
    activated: { on: { complete: 'completed', terminate: 'terminated' } },
    completed: {},
    terminated: {},
  },
})
