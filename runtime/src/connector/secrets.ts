import { readFile, stat } from 'node:fs/promises'
import type { Json } from '@bihuan/engine'

/** A secret that cannot be used; the text names it and never holds it. */
export class SecretFault extends Error {}

/** The file of secrets cannot be read as one. */
export class SecretsFileError extends Error {}

interface Secret {
  readonly value: string
  /** Hosts it may be sent to; null for any that egress allows. */
  readonly hosts: readonly string[] | null
}

const PLACE = /\{\{secrets\.([A-Za-z_][A-Za-z0-9_.-]{0,99})\}\}/g

/**
 * Secrets by name, from a JSON file that its owner alone can read: `{"NAME": "value"}`, or `{"NAME": {"value": "…",
 * "hosts": ["api.example.gov.cn"]}}` for one that may be sent to these hosts alone. Read when one is asked for, so
 * that a changed file counts at once.
 */
export class Secrets {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /**
   * The value of a secret for a call to `host`; for what is not sent anywhere (a key that signs), null. Throws
   * `SecretFault`.
   */
  async get(name: string, host: string | null): Promise<string> {
    const found = (await this.#read()).get(name)
    if (!found) throw new SecretFault(`expected a secret ${name} in the file of secrets, but there is none`)
    if (host !== null && found.hosts !== null && !found.hosts.includes(host))
      throw new SecretFault(`expected the secret ${name} to be for ${host}, but it is not`)
    return found.value
  }

  /** Looks whether the file can be used; one that is absent holds nothing. Throws `SecretsFileError`. */
  async check(): Promise<void> {
    await this.#read()
  }

  async #read(): Promise<ReadonlyMap<string, Secret>> {
    let text: string
    try {
      const { mode } = await stat(this.#path)
      if (process.platform !== 'win32' && (mode & 0o077) !== 0)
        throw new SecretsFileError(
          'Expected the file of secrets to be readable by its owner alone. Run: chmod 600 FILE',
        )
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
      throw error
    }
    return readSecrets(text)
  }
}

function readSecrets(text: string): ReadonlyMap<string, Secret> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new SecretsFileError('Expected the file of secrets to be JSON, but it is not.')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new SecretsFileError('Expected the file of secrets to hold names and values.')
  return new Map(Object.entries(json).map(([name, entry]) => [name, readSecret(name, entry)]))
}

function readSecret(name: string, entry: unknown): Secret {
  if (typeof entry === 'string' && entry !== '') return { value: entry, hosts: null }
  const { value, hosts = null } = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<Secret>
  const isList = hosts === null || (Array.isArray(hosts) && hosts.every((host) => typeof host === 'string'))
  if (typeof value !== 'string' || value === '' || !isList)
    throw new SecretsFileError(`Expected the secret ${name} to be a text, or {"value": text, "hosts": [texts]}.`)
  return { value, hosts }
}

/** Names of the secrets that a text asks for. */
export function secretNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1]!))]
}

/** The text with its secrets in place of their names, each as `put` writes it. Names that are not among them stay. */
export function withSecrets(
  text: string,
  secrets: ReadonlyMap<string, string>,
  put: (value: string) => string = (value) => value,
): string {
  return text.replace(PLACE, (place, name: string) => {
    const value = secrets.get(name)
    return value === undefined ? place : put(value)
  })
}

/** The same in every text of a value, however deep. */
export function withSecretsIn(value: Json, secrets: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return withSecrets(value, secrets)
  if (Array.isArray(value)) return value.map((item) => withSecretsIn(item, secrets))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withSecretsIn(item, secrets)]))
}

/**
 * The text without the secrets that an answer may give back: as they are, as JSON and as an address write them.
 */
export const withoutSecrets = (text: string, secrets: ReadonlyMap<string, string>): string =>
  without(text, formsOf(secrets))

/**
 * The same in every name and text of a value, and in place of every number that is a secret: JSON writes one text in many
 * ways (`\\/`, `\\u0041`), and only when it has been read they are one.
 */
export function withoutSecretsIn(value: Json, secrets: ReadonlyMap<string, string>): Json {
  if (secrets.size === 0) return value
  const forms = formsOf(secrets)
  const values = new Set(secrets.values())
  const clean = (part: Json): Json => {
    if (typeof part === 'string') return without(part, forms)
    if (typeof part === 'number') return values.has(String(part)) ? '***' : part
    if (Array.isArray(part)) return part.map(clean)
    if (part === null || typeof part !== 'object') return part
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [without(name, forms), clean(item)]))
  }
  return clean(value)
}

/** How an answer may write secrets: the longest first, or one that begins another would leave the rest of that. */
function formsOf(secrets: ReadonlyMap<string, string>): readonly string[] {
  const forms = [...secrets.values()].flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(Buffer.from(value).toString()),
  ])
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

function without(text: string, forms: readonly string[]): string {
  let left = text
  for (const form of forms) if (form.length <= left.length) left = left.replaceAll(form, '***')
  return left
}
