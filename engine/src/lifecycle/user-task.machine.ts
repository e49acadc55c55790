import { createMachine } from 'xstate'

/**
 * Lifecycle of a user task. Where task listeners stand at it, what is asked of it waits in a state of its own until
 * they are done, and a denial goes back (Camunda 8: "User task lifecycle"); where none stand, it takes effect at once.
 * Whether an assignment may be taken over is a rule over data: a guard of the step. An act asked anew (its incident was
 * resolved) begins again.
 */
export const userTaskMachine = createMachine({
  id: 'userTask',
  initial: 'creating',
  states: {
    creating: {
      on: {
        creating: 'creating',
        create: 'created',
        createAssigned: 'assigned',
        canceling: 'canceling',
        cancel: 'canceled',
      },
    },
    created: {
      on: {
        assign: 'assigned',
        update: 'created',
        complete: 'completed',
        cancel: 'canceled',
        assigning: 'assigning',
        updating: 'updating',
        completing: 'completing',
        canceling: 'canceling',
      },
    },
    assigned: {
      on: {
        assign: 'assigned',
        unassign: 'created',
        updateAssigned: 'assigned',
        complete: 'completed',
        cancel: 'canceled',
        assigning: 'assigning',
        updating: 'updating',
        completing: 'completing',
        canceling: 'canceling',
      },
    },
    assigning: {
      on: {
        assigning: 'assigning',
        assign: 'assigned',
        unassign: 'created',
        deny: 'created',
        denyAssigned: 'assigned',
        canceling: 'canceling',
        cancel: 'canceled',
      },
    },
    updating: {
      on: {
        updating: 'updating',
        update: 'created',
        updateAssigned: 'assigned',
        deny: 'created',
        denyAssigned: 'assigned',
        canceling: 'canceling',
        cancel: 'canceled',
      },
    },
    completing: {
      on: {
        completing: 'completing',
        complete: 'completed',
        deny: 'created',
        denyAssigned: 'assigned',
        canceling: 'canceling',
        cancel: 'canceled',
      },
    },
    canceling: { on: { canceling: 'canceling', cancel: 'canceled' } },
    completed: {},
    canceled: {},
  },
})
