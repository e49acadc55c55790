import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { openPostgresqlStore } from '../db/postgresql-store.ts'
import type { Store, StoreOptions } from '../db/store.ts'

/** One database that can be opened more than once. */
export interface Place {
  open(options?: Partial<StoreOptions>): Promise<Store>
  remove(): Promise<void>
}

/** Databases of one kind for tests; `end` is for when all of them are done. */
export interface Places {
  readonly name: string
  make(): Place
  end(): Promise<void>
}

/** Each in a folder of its own. */
export const libsqlPlaces: Places = {
  name: 'libSQL',
  make() {
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-place-'))
    return {
      open: (options) => openLibsqlStore(join(folder, 'a.db'), { lock: false, ...options }),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
  end: async () => {},
}

/** One PostgreSQL for all, emptied when a place is removed: starting one takes seconds. */
class PostgresqlPlaces implements Places {
  readonly name = 'PostgreSQL'
  #started: PGlite | null = null

  make(): Place {
    this.#started ??= new PGlite()
    const client = this.#started
    const shared = { transaction: client.transaction.bind(client), close: async () => {} } as Parameters<
      typeof openPostgresqlStore
    >[0]
    return {
      open: (options) => openPostgresqlStore(shared, drizzle(client), { lock: false, ...options }),
      remove: async () => {
        await client.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      },
    }
  }

  async end(): Promise<void> {
    await this.#started?.close()
    this.#started = null
  }
}

export const postgresqlPlaces: Places = new PostgresqlPlaces()
