import { table } from '../columns.ts'

/** People who can sign in; the user of the sign-in library, under our name. */
export const person = table(
  'person',
  (c) => ({
    id: c.text('id').primaryKey(),
    name: c.text('name').notNull(),
    username: c.text('username').notNull(),
    /** Where notifications reach him by mail; a name that reaches nobody (`.invalid`) where none was given. */
    email: c.text('email').notNull(),
    emailVerified: c.boolean('email_verified').notNull(),
    image: c.text('image'),
    createdAt: c.date('created_at').notNull(),
    updatedAt: c.date('updated_at').notNull(),
  }),
  (t, k) => [
    k.unique('person_username', t.username),
    k.unique('person_email', t.email),
    k.index('person_name', t.name, t.id),
  ],
)
