import { table } from '../columns.ts'

/** Doors for other systems that cannot sign in: each turns what comes signed into a message. */
export const webhook = table('webhook', (c) => ({
  name: c.text('name').primaryKey(),
  messageName: c.text('message_name').notNull(),
  /** FEEL over `body`, without the leading `=`. */
  keyExpression: c.text('key_expression').notNull(),
  /** Name of the secret that signs, in the file of secrets. */
  secret: c.text('secret').notNull(),
  /** Version of the signature: `v1` does not cover the name. */
  signature: c.text<'v1' | 'v2'>('signature').notNull().default('v1'),
  /** Variable of the message that holds the body. */
  variable: c.text('variable').notNull(),
  /** How long the message waits, in milliseconds. */
  timeToLive: c.integer('time_to_live').notNull(),
  createdAt: c.time('created_at').notNull(),
}))
