import { describe, expect, it } from 'vitest'
import { playDurably } from './durable.ts'

/** Of every family some that keep something over a restart which nothing else does. */
const stories = [
  'ad-hoc/compensation',
  'ad-hoc/job-results',
  'call-activity/calls-a-call',
  'call-activity/multi-instance-parallel',
  'call-activity/timer-boundary-non-interrupting',
  'compensation/call-activity',
  'compensation/loop-undoes-each',
  'compensation/nested-sub-processes',
  'event-boundary/conditional-non-interrupting',
  'event-boundary/escalation-call-activity',
  'event-boundary/timer-cycle',
  'event-catch/signal',
  'event-end/signal-caught-inside',
  'event-start/message-output',
  'event-sub-process/escalation-non-interrupting',
  'event-throw/signal',
  'gateway/event-based-signal',
  'gateway/inclusive-join-diverted',
  'incident-retried',
  'job-task/message-throw-listened',
  'listener/failing-end',
  'mapping/order',
  'multi-instance/boundary-timer',
  'operating/called',
  'operating/modified-while-suspended',
  'operating/nested',
  'operating/suspended',
  'operating/suspended-canceled',
  'operating/suspended-condition',
  'receive-task/correlation-key-retried',
  'sub-process/nested',
  'user-task/completing-denied',
]

describe('the stories of the engine on the durable host, closed and opened again after every command', () => {
  it.each(stories)('%s leads to the same facts', async (name) => {
    const { wanted, found } = await playDurably(name)
    expect(found).toEqual(wanted)
  })
})
