import type { OutboxKind } from '../db/schema/outbox.ts'
import type { InternalJobs } from './internal-jobs.ts'
import type { Messages } from './messages.ts'
import { type OutboxHandler, outboxActor } from './outbox.ts'
import type { Signals } from './signals.ts'
import type { StartEvents } from './start-events.ts'
import type { Answer, Submission } from './submission.ts'

/** How each kind of entry of the outbox is done. */
export function outboxHandlers(given: {
  readonly internal: InternalJobs
  readonly messages: Messages
  readonly signals: Signals
  readonly startEvents: StartEvents
  readonly submit: (submission: Submission<'multiInstance.continue'>) => Promise<Answer>
}): { readonly [K in OutboxKind]: OutboxHandler } {
  const { internal, messages, signals, startEvents, submit } = given
  return {
    'job.notice': internal.notice,
    'job.people': internal.people,
    'multiInstance.continue': async ({ key, mark }) => {
      const requestId = `continue:${key}:${mark}`
      await submit({ kind: 'multiInstance.continue', key, actor: outboxActor, requestId, value: {} })
      return 'removed'
    },
    'message.correlate': async ({ key }) => {
      await messages.correlate(key)
      return 'done'
    },
    'subscription.match': async ({ key }) => {
      await messages.match(key)
      return 'done'
    },
    'signal.broadcast': async ({ key }) => {
      await signals.deliver(key)
      return 'removed'
    },
    'messageStart.match': async ({ key }) => {
      await startEvents.afterEnd(key)
      return 'done'
    },
    'case.resumed': async ({ key }) => {
      await messages.matchCase(key)
      return 'done'
    },
  }
}
