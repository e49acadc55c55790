import { randomUUID } from 'node:crypto'
import { insert, type RowChange } from '../db/row-change.ts'

/** The address of who has none: it reaches nobody (RFC 2606). */
const nowhere = (username: string): string => `${username}@people.invalid`

/** The address as it is kept: as it was given, in small letters, or one that reaches nobody. */
export const addressOf = (username: string, mail: string | undefined): string =>
  mail?.toLowerCase() ?? nowhere(username)

/** A person, as the sign-in library keeps its users. `at` in ms since 1970. */
export function personInsert(
  { id, username, name, mail }: { id: string; username: string; name: string; mail?: string | undefined },
  at: number,
): RowChange {
  const now = new Date(at)
  const email = addressOf(username, mail)
  return insert('person', {
    id,
    name,
    username,
    email,
    emailVerified: true,
    image: null,
    createdAt: now,
    updatedAt: now,
  })
}

/** The password by which a person signs in, as a hash. `at` in ms since 1970. */
export function accountInsert(personId: string, passwordHash: string, at: number): RowChange {
  const now = new Date(at)
  return insert('account', {
    id: randomUUID(),
    accountId: personId,
    providerId: 'credential',
    userId: personId,
    accessToken: null,
    refreshToken: null,
    idToken: null,
    accessTokenExpiresAt: null,
    refreshTokenExpiresAt: null,
    scope: null,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  })
}
