import type { Store } from '../db/store.ts'
import { openStore } from '../host/open.ts'
import { type Recording, recordingOn } from '../host/recording.ts'
import type { Settings } from '../settings.ts'
import { findDatabase } from './find-database.ts'

type Use<T> = (store: Store) => Promise<T>

/**
 * Opens the database for one thing, whether the server runs or not, and closes it again. Throws `KeepError` where there is
 * none.
 */
export const withStore = <T>(settings: Pick<Settings, 'databaseUrl'>, use: Use<T>): Promise<T> =>
  using(findDatabase(settings.databaseUrl), use)

type Change<T> = (on: Recording) => Promise<T>

/** The same for a change, which the trail tells. */
export const withRecording = <T>(settings: Pick<Settings, 'databaseUrl' | 'hash'>, change: Change<T>): Promise<T> =>
  withStore(settings, (store) => change(recordingOn(store, settings.hash)))

/** The same where the first of something may be added before a server was ever started: a database is made then. */
export const withMadeRecording = <T>(settings: Pick<Settings, 'databaseUrl' | 'hash'>, change: Change<T>): Promise<T> =>
  using(settings.databaseUrl, (store) => change(recordingOn(store, settings.hash)))

async function using<T>(databaseUrl: string, use: Use<T>): Promise<T> {
  const store = await openStore(databaseUrl)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}
