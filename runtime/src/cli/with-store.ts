import { openStore } from '../host/open.ts'
import type { Settings } from '../settings.ts'

type Opened = Awaited<ReturnType<typeof openStore>>

/** Opens the database for one thing, whether the server runs or not, and closes it again. */
export async function withStore<T>(settings: Settings, use: (store: Opened) => Promise<T>): Promise<T> {
  const store = await openStore(settings.databaseUrl)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}
