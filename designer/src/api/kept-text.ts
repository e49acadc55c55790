/**
 * What was typed and is not on the server yet, kept in this browser so that a reload or a lost network loses nothing.
 * Encrypted (AES-GCM) with a key that never leaves the browser and that signing out forgets; the records of another
 * person are forgotten before the first of this one is kept. Where the browser offers no WebCrypto (plain http to another
 * machine) nothing is kept: the text then lives in the page alone.
 */
export interface KeptText {
  /** Keeps the answers under that name, in place of what was kept there. */
  keep(name: string, answers: Record<string, unknown>): Promise<void>
  /** What was kept under that name; null when nothing was, or it can no longer be read. */
  read(name: string): Promise<Record<string, unknown> | null>
  drop(name: string): Promise<void>
}

interface Kept {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

const DATABASE = 'bihuan'
const KEYS = 'keys'
const TEXTS = 'texts'
const ATTEMPT = ' attempt'

/** Raised by signing out: what was about to be kept before it is not kept after it. */
let signedOut = 0

const possible = () => typeof indexedDB !== 'undefined' && typeof crypto !== 'undefined' && crypto.subtle !== undefined

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS)
    request.result.createObjectStore(TEXTS)
  }
  return settled(request)
}

/** One request on one store of the database. */
async function at<T>(
  store: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await settled(ask(database.transaction(store, mode).objectStore(store)))
  } finally {
    database.close()
  }
}

/** What is being written. One is written after the other, and who reads waits for it: a form may be opened again at once. */
let writing: Promise<unknown> = Promise.resolve()

function inTurn(write: () => Promise<unknown>): Promise<void> {
  const written = writing.then(write)
  writing = written.catch(() => undefined)
  return written.then(() => undefined)
}

/** The key of that person; made, and everybody else's records forgotten, when there is none. */
async function keyOf(person: string): Promise<CryptoKey> {
  const known = await at<CryptoKey | undefined>(KEYS, 'readonly', (keys) => keys.get(person))
  if (known) return known
  await wipe()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await at(KEYS, 'readwrite', (keys) => keys.put(key, person))
  return key
}

/** @param person id of who is signed in: nobody else reads what is kept */
export function keptText(person: string): KeptText {
  const since = signedOut
  return {
    async keep(name, answers) {
      if (!possible()) return
      const text = new TextEncoder().encode(JSON.stringify(answers))
      await inTurn(async () => {
        if (since !== signedOut) return
        const iv = crypto.getRandomValues(new Uint8Array(12))
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(person), text)
        if (since !== signedOut) return
        await at(TEXTS, 'readwrite', (texts) => texts.put({ iv, sealed } satisfies Kept, `${person} ${name}`))
      })
    },
    async read(name) {
      if (!possible()) return null
      await writing
      try {
        const kept = await at<Kept | undefined>(TEXTS, 'readonly', (texts) => texts.get(`${person} ${name}`))
        if (!kept) return null
        const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, await keyOf(person), kept.sealed)
        return JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown>
      } catch {
        // The key is another one by now, or the browser refuses its storage: as if nothing had been kept.
        return null
      }
    },
    async drop(name) {
      if (possible()) await inTurn(() => at(TEXTS, 'readwrite', (texts) => texts.delete(`${person} ${name}`)))
    },
  }
}

/** Name under which is kept what was sent of the text of that name, until its answer has come. */
export const attemptName = (name: string): string => `${name}${ATTEMPT}`

/** How many texts are kept that would be gone with the key. */
export async function countKeptText(): Promise<number> {
  if (!possible()) return 0
  await writing
  const names = await at(TEXTS, 'readonly', (texts) => texts.getAllKeys())
  return names.filter((name) => !String(name).endsWith(ATTEMPT)).length
}

/** Forgets the key and with it every kept text. */
export async function forgetKeptText(): Promise<void> {
  signedOut += 1
  if (possible()) await wipe()
}

async function wipe(): Promise<void> {
  await at(KEYS, 'readwrite', (keys) => keys.clear())
  await at(TEXTS, 'readwrite', (texts) => texts.clear())
}
