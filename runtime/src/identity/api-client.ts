import { randomBytes } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { ofStore, prepared } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'
import { digestSecret, makeSecret, readAuthorization, secretMatches } from './client-secret.ts'
import type { Client } from './who.ts'

/** A client as it is shown. */
export interface ApiClient {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

/** Adds a client; the secret is given this once. `at` in milliseconds. */
export async function addApiClient(
  store: Store,
  name: string,
  at: number,
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = `client-${randomBytes(6).toString('hex')}`
  const secret = makeSecret()
  await store.single.insert(store.tables.apiClient).values({ id, name, digest: digestSecret(secret), createdAt: at })
  return { id, secret }
}

export async function listApiClients(store: Store): Promise<readonly ApiClient[]> {
  const { apiClient } = store.tables
  return store.read
    .select({ id: apiClient.id, name: apiClient.name, createdAt: apiClient.createdAt })
    .from(apiClient)
    .orderBy(asc(apiClient.createdAt), asc(apiClient.id))
}

/** Removes a client; false when there was none. */
export async function removeApiClient(store: Store, id: string): Promise<boolean> {
  const { apiClient } = store.tables
  const removed = await store.single.delete(apiClient).where(eq(apiClient.id, id)).returning({ id: apiClient.id })
  return removed.length > 0
}

/** Asked by every request of a client. */
const byId = ofStore(({ read, tables: { apiClient } }) =>
  prepared(
    'api_client_by_id',
    read
      .select()
      .from(apiClient)
      .where(eq(apiClient.id, sql.placeholder('id'))),
  ),
)

/** The client an `Authorization` header proves, or null: unknown and wrong look alike. */
export async function clientOf(store: Store, authorization: string): Promise<Client | null> {
  const given = readAuthorization(authorization)
  if (!given) return null
  const [row] = await byId(store).execute({ id: given.id })
  if (!row || !secretMatches(given.secret, row.digest)) return null
  return { type: 'client', id: row.id, name: row.name }
}
