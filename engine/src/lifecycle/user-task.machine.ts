import { createMachine } from 'xstate'

/** Lifecycle of a user task. Whether an assignment may be taken over is a rule over data: a guard of the step. */
export const userTaskMachine = createMachine({
  id: 'userTask',
  initial: 'created',
  states: {
    created: { on: { assign: 'assigned', update: 'created', complete: 'completed', cancel: 'canceled' } },
    assigned: {
      on: { assign: 'assigned', unassign: 'created', update: 'assigned', complete: 'completed', cancel: 'canceled' },
    },
    completed: {},
    canceled: {},
  },
})
