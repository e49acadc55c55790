import { createMachine } from 'xstate'

/** Lifecycle of a job. A late worker may still complete a job whose retries ran out. */
export const jobMachine = createMachine({
  id: 'job',
  initial: 'created',
  states: {
    created: {
      on: {
        complete: 'completed',
        fail: 'created',
        exhaust: 'failed',
        throwError: 'errorThrown',
        retry: 'created',
        cancel: 'canceled',
      },
    },
    failed: { on: { complete: 'completed', retry: 'created', cancel: 'canceled' } },
    errorThrown: { on: { retry: 'created', cancel: 'canceled' } },
    completed: {},
    canceled: {},
  },
})
