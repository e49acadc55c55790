import { randomBytes } from 'node:crypto'
import type { Actor } from '@bihuan/engine'
import { asc, eq, sql } from 'drizzle-orm'
import { ofStore, prepared } from '../db/prepared.ts'
import { insert, remove } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import type { Recording } from '../host/recording.ts'
import { digestSecret, makeSecret, readAuthorization, secretMatches } from './client-secret.ts'
import type { Client } from './who.ts'

/** A client as it is shown. */
export interface ApiClient {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

/** Adds a client, with a record of it; the secret is given this once and stands nowhere. */
export async function addApiClient(
  { record, clock }: Recording,
  name: string,
  actor: Actor,
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = `client-${randomBytes(6).toString('hex')}`
  const secret = makeSecret()
  const row = { id, name, digest: digestSecret(secret), createdAt: clock.now() }
  await record('security', 'client.created', actor, { id, name }, [insert('apiClient', row)])
  return { id, secret }
}

export async function listApiClients(store: Store): Promise<readonly ApiClient[]> {
  const { apiClient } = store.tables
  return store.read
    .select({ id: apiClient.id, name: apiClient.name, createdAt: apiClient.createdAt })
    .from(apiClient)
    .orderBy(asc(apiClient.createdAt), asc(apiClient.id))
}

/** Removes a client, with a record of it; false when there was none. */
export async function removeApiClient({ store, record }: Recording, id: string, actor: Actor): Promise<boolean> {
  const [found] = await byId(store).execute({ id })
  if (!found) return false
  await record('security', 'client.removed', actor, { id, name: found.name }, [remove('apiClient', { id })])
  return true
}

const byId = ofStore(({ read, tables: { apiClient } }) =>
  prepared(
    'api_client_by_id',
    read
      .select()
      .from(apiClient)
      .where(eq(apiClient.id, sql.placeholder('id'))),
  ),
)

/** Headers that are kept, the most; a client has one, or a few. */
const KEPT = 1_000

/**
 * Clients by the headers that have proved them, since every request of a client proves itself. They are asked for again
 * after a commit, whoever made it, another process too: who has been removed is let in no more when the event loop has
 * turned.
 */
class ProvenClients {
  readonly #store: Pick<Store, 'read' | 'tables' | 'version'>
  readonly #kept = new Map<string, Client>()
  #version: number | null = null
  /** Whether nothing has been committed since, as far as this turn of the event loop is concerned. */
  #isSure = false

  constructor(store: Pick<Store, 'read' | 'tables' | 'version'>) {
    this.#store = store
  }

  async of(authorization: string): Promise<Client | null> {
    this.#look()
    const kept = this.#kept.get(authorization)
    if (kept) return kept
    const client = await prove(this.#store, authorization)
    if (client && this.#isSure) {
      if (this.#kept.size >= KEPT) this.#forget()
      this.#kept.set(authorization, client)
    }
    return client
  }

  #forget(): void {
    this.#kept.clear()
  }

  /** Once a turn of the event loop, in which there are many requests. */
  #look(): void {
    if (this.#isSure || !this.#store.version) return
    const version = this.#store.version()
    if (version !== this.#version) this.#forget()
    this.#version = version
    this.#isSure = true
    setImmediate(() => {
      this.#isSure = false
    })
  }
}

const proven = ofStore((store) => new ProvenClients(store))

async function prove(store: Pick<Store, 'read' | 'tables'>, authorization: string): Promise<Client | null> {
  const given = readAuthorization(authorization)
  if (!given) return null
  const [row] = await byId(store).execute({ id: given.id })
  if (!row || !secretMatches(given.secret, row.digest)) return null
  return { type: 'client', id: row.id, name: row.name }
}

/** The client an `Authorization` header proves, or null: unknown and wrong look alike. */
export const clientOf = (store: Store, authorization: string): Promise<Client | null> => proven(store).of(authorization)
