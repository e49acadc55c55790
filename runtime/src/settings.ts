import { isAbsolute, join, resolve } from 'node:path'
import { Ajv } from 'ajv'

/** What the server is told by its environment; made once by `main.ts` and handed down. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** Folder of the database file, uploaded files and the session secret. */
  readonly dataFolder: string
  /** `file:` address of the embedded libSQL database. */
  readonly databaseUrl: string
  /** Seed demo people when the database is empty. */
  readonly demo: boolean
  /** Tests may pin the clock through `PUT /v2/clock`. */
  readonly controllableClock: boolean
  /** Address people come by, when a proxy stands before the server; https makes the session cookie `Secure`. */
  readonly publicUrl: string | null
  readonly production: boolean
}

/** Every fault of the environment at once, each a sentence that names the setting. */
export class SettingsError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'SettingsError'
    this.faults = faults
  }
}

const schema = {
  type: 'object',
  properties: {
    PORT: { type: 'string', pattern: '^(0|[1-9][0-9]{0,4})$' },
    HOST: { type: 'string', minLength: 1, maxLength: 253, pattern: '^[0-9A-Za-z.:_-]+$' },
    BIHUAN_DATA: { type: 'string', minLength: 1 },
    BIHUAN_DATABASE_URL: { type: 'string', pattern: '^file:.+$' },
    BIHUAN_DEMO: { enum: ['', '0', '1', 'true', 'false'] },
    BIHUAN_CLOCK: { enum: ['', 'system', 'controllable'] },
    BIHUAN_PUBLIC_URL: { type: 'string', pattern: '^https?://[^/]+/?$' },
    NODE_ENV: { type: 'string' },
  },
} as const

const wants: { readonly [name: string]: string } = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'a host name or an address to listen on',
  BIHUAN_DATA: 'a folder',
  BIHUAN_DATABASE_URL: 'the file: address of a libSQL database',
  BIHUAN_DEMO: '1 or 0',
  BIHUAN_CLOCK: 'system or controllable',
  BIHUAN_PUBLIC_URL: 'an address that starts with https:// or http://',
}

const validate = new Ajv({ allErrors: true }).compile(schema)

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Reads the settings out of an environment. `folder` is what relative paths start from.
 * Throws `SettingsError` with all faults at once.
 */
export function readSettings(environment: { readonly [name: string]: string | undefined }, folder: string): Settings {
  const given: { [name: string]: string } = {}
  for (const name of Object.keys(schema.properties)) {
    const value = environment[name]
    if (value !== undefined) given[name] = value
  }
  const faults: string[] = []
  if (!validate(given)) {
    const named = new Set((validate.errors ?? []).map((error) => error.instancePath.slice(1)))
    for (const name of named) faults.push(`Expected ${name} to be ${wants[name]}, but it is "${given[name]}".`)
  }
  const port = Number(given.PORT ?? '8080')
  if (port > 65535) faults.push(`Expected PORT to be ${wants.PORT}, but it is "${given.PORT}".`)
  const host = given.HOST ?? '127.0.0.1'
  const demo = given.BIHUAN_DEMO === '1' || given.BIHUAN_DEMO === 'true'
  const production = given.NODE_ENV === 'production'
  if (demo && production) {
    faults.push(
      'Expected BIHUAN_DEMO to be unset when NODE_ENV is production, but it is set. Demo accounts never belong in production.',
    )
  }
  if (demo && !isLoopback(host)) {
    faults.push(
      `Expected HOST to be a loopback address when BIHUAN_DEMO is set, but it is "${host}". Unset BIHUAN_DEMO, or listen on 127.0.0.1.`,
    )
  }
  const controllableClock = given.BIHUAN_CLOCK === 'controllable'
  if (controllableClock && production) {
    faults.push('Expected BIHUAN_CLOCK to be system when NODE_ENV is production, but it is "controllable".')
  }
  if (faults.length > 0) throw new SettingsError(faults)
  const data = given.BIHUAN_DATA ?? './data'
  const dataFolder = isAbsolute(data) ? data : resolve(folder, data)
  return {
    port,
    host,
    dataFolder,
    databaseUrl: given.BIHUAN_DATABASE_URL ?? `file:${join(dataFolder, 'bihuan.db')}`,
    demo,
    controllableClock,
    publicUrl: given.BIHUAN_PUBLIC_URL ?? null,
    production,
  }
}
