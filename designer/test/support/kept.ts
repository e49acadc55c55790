import type { Page } from 'playwright-core'

/** What the browser keeps: how many keys and texts, and whether a text can be read without its key. */
export function kept(page: Page): Promise<{ keys: number; texts: number; readable: boolean }> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await settled(indexedDB.open('bihuan', 1))
    const all = (store: string) => settled(database.transaction(store).objectStore(store).getAll())
    const [keys, texts] = [await all('keys'), await all('texts')]
    database.close()
    const readable = texts.some((text) =>
      new TextDecoder().decode((text as { sealed: ArrayBuffer }).sealed).includes('现场'),
    )
    return { keys: keys.length, texts: texts.length, readable }
  })
}
