import { table } from '../columns.ts'

/** Other systems that may call `/v2`: id and what is kept of the secret. */
export const apiClient = table('api_client', (c) => ({
  id: c.text('id').primaryKey(),
  name: c.text('name').notNull(),
  /** SHA-256 of the secret, hex. */
  digest: c.text('digest').notNull(),
  createdAt: c.time('created_at').notNull(),
}))
