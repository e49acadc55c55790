import type { ListenerRef, Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

export type JobState = 'created' | 'failed' | 'completed' | 'canceled' | 'errorThrown'

export const job = table(
  'job',
  (c) => ({
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    name: c.text('name'),
    type: c.text('type').notNull(),
    state: c.text<JobState>('state').notNull(),
    retries: c.integer('retries').notNull(),
    /** Higher ones are handed out first. */
    priority: c.integer('priority').notNull().default(0),
    /** Set when the job is a listener: what kind, and what it listens to. */
    listenerKind: c.text<ListenerRef['kind']>('listener_kind'),
    listenerEvent: c.text<ListenerRef['event']>('listener_event'),
    headers: c.json<{ readonly [name: string]: string }>('headers').notNull(),
    variables: c.json<Variables>('variables').notNull(),
    /** After a failure: not handed out again before. */
    retryAt: c.time('retry_at'),
    errorMessage: c.text('error_message'),
    errorCode: c.text('error_code'),
    /** Of a task listener that is done: whether it refused what was asked, and why. */
    denied: c.boolean('denied'),
    deniedReason: c.text('denied_reason'),
    createdAt: c.time('created_at').notNull(),
    endedAt: c.time('ended_at'),
    /** Worker it is lent to, until when. A loan, not a fact: it is not in the trail. */
    worker: c.text('worker'),
    lentUntil: c.time('lent_until'),
  }),
  (t, k) => [
    k.index('job_waiting', t.type, t.state, k.descending(t.priority), t.key),
    k.index('job_instance', t.instanceKey),
  ],
)
