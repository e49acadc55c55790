import { createMachine } from 'xstate'

/** Lifecycle of a process instance. A suspended one does not move, so it does not complete. */
export const processInstanceMachine = createMachine({
  id: 'processInstance',
  initial: 'active',
  states: {
    active: { on: { complete: 'completed', terminate: 'terminated', suspend: 'suspended' } },
    suspended: { on: { resume: 'active', terminate: 'terminated' } },
    completed: {},
    terminated: {},
  },
})
