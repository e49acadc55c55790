import { table } from '../columns.ts'

/** Sessions of the web app, as the sign-in library keeps them. */
export const session = table(
  'session',
  (c) => ({
    id: c.text('id').primaryKey(),
    token: c.text('token').notNull(),
    userId: c.text('person_id').notNull(),
    expiresAt: c.date('expires_at').notNull(),
    ipAddress: c.text('ip_address'),
    userAgent: c.text('user_agent'),
    createdAt: c.date('created_at').notNull(),
    updatedAt: c.date('updated_at').notNull(),
  }),
  (t, k) => [k.unique('session_token', t.token), k.index('session_person', t.userId)],
)

/** Ways a person can sign in: here a password hash; later an account of a common sign-in service. */
export const account = table(
  'account',
  (c) => ({
    id: c.text('id').primaryKey(),
    accountId: c.text('account_id').notNull(),
    providerId: c.text('provider_id').notNull(),
    userId: c.text('person_id').notNull(),
    accessToken: c.text('access_token'),
    refreshToken: c.text('refresh_token'),
    idToken: c.text('id_token'),
    accessTokenExpiresAt: c.date('access_token_expires_at'),
    refreshTokenExpiresAt: c.date('refresh_token_expires_at'),
    scope: c.text('scope'),
    password: c.text('password'),
    createdAt: c.date('created_at').notNull(),
    updatedAt: c.date('updated_at').notNull(),
  }),
  (t, k) => [k.index('account_person', t.userId), k.unique('account_provider', t.providerId, t.accountId)],
)

/** Short-lived tokens of the sign-in library. */
export const verification = table(
  'verification',
  (c) => ({
    id: c.text('id').primaryKey(),
    identifier: c.text('identifier').notNull(),
    value: c.text('value').notNull(),
    expiresAt: c.date('expires_at').notNull(),
    createdAt: c.date('created_at').notNull(),
    updatedAt: c.date('updated_at').notNull(),
  }),
  (t, k) => [k.index('verification_identifier', t.identifier)],
)
