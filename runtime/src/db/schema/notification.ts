import { table } from '../columns.ts'

export type NotificationChannel = 'app' | 'mail'

/**
 * What people were told of a case: in the app, and that a mail went out. Not in the trail, whose job says what was
 * asked.
 */
export const notification = table(
  'notification',
  (c) => ({
    /** Key of the job that told it. */
    jobKey: c.key('job_key').notNull(),
    channel: c.text<NotificationChannel>('channel').notNull(),
    /** Id of the person, or the address of a mail to somebody who is none. */
    receiver: c.text('receiver').notNull(),
    instanceKey: c.key('instance_key').notNull(),
    title: c.text('title').notNull(),
    text: c.text('text').notNull(),
    createdAt: c.time('created_at').notNull(),
    readAt: c.time('read_at'),
  }),
  (t, k) => [
    k.primary(t.jobKey, t.channel, t.receiver),
    k.index('notification_receiver', t.channel, t.receiver, t.createdAt, t.jobKey),
    k.index('notification_unread', t.channel, t.receiver, t.readAt),
    k.index('notification_instance', t.instanceKey),
  ],
)
