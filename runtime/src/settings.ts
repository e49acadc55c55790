import { isAbsolute, join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import type { ConnectorSettings } from './connector/connector-settings.ts'
import { readEgress } from './connector/egress.ts'
import { readScanSettings, type ScanSettings } from './file/scan.ts'
import { type CallerSettings, callerProperties, callerWants, readCaller } from './settings-caller.ts'
import { type EdgeSettings, edgeProperties, edgeWants, readEdge } from './settings-edge.ts'
import { type LimitSettings, limitProperties, limitWants, readLimits } from './settings-limits.ts'

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
  /** How much is kept, and when no more is taken. */
  readonly limits: LimitSettings
  /** How the outside reaches the server, and how it is watched. */
  readonly edge: EdgeSettings
  /** What built-in workers may call, and by what. */
  readonly connectors: ConnectorSettings
  /** How commands reach a running server. */
  readonly caller: CallerSettings
  /** Hash algorithm of new rows of the trail. */
  readonly hash: 'sha256' | 'sm3'
  /** Folder that signed checkpoints are copied to, outside this machine; null for none. */
  readonly checkpointCopy: string | null
  /** What judges uploads before they are kept; null for nothing. */
  readonly scan: ScanSettings | null
  /** Names that look like settings and are none: most often mistyped. */
  readonly unread: readonly string[]
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

/** What is logged: this and what weighs more. */
const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

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
    BIHUAN_HASH: { enum: ['', 'sha256', 'sm3'] },
    BIHUAN_LOG: { enum: ['', ...logLevels] },
    BIHUAN_CHECKPOINT_COPY: { type: 'string', minLength: 1 },
    BIHUAN_SCAN: { type: 'string', minLength: 1 },
    BIHUAN_EGRESS: { type: 'string' },
    BIHUAN_SECRETS_FILE: { type: 'string', minLength: 1 },
    BIHUAN_SMTP_URL: { type: 'string', pattern: '^smtps?://[^/\\s]+/?$' },
    BIHUAN_MAIL_FROM: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' },
    ...edgeProperties,
    ...limitProperties,
    ...callerProperties,
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
  BIHUAN_HASH: 'sha256 or sm3',
  BIHUAN_LOG: `one of ${logLevels.join(', ')}`,
  BIHUAN_CHECKPOINT_COPY: 'a folder',
  BIHUAN_SCAN: 'the path of a program, clamd:/path or clamd:host:port',
  BIHUAN_PUBLIC_URL: 'an address without a path, such as https://shixiang.example.gov.cn',
  ...edgeWants,
  ...limitWants,
  ...callerWants,
  BIHUAN_SECRETS_FILE: 'the path of a file',
  BIHUAN_SMTP_URL: 'an address that starts with smtp:// or smtps://',
  BIHUAN_MAIL_FROM: 'a mail address',
}

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(schema.properties)

const validate = new Ajv({ allErrors: true }).compile(schema)

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

type Environment = { readonly [name: string]: string | undefined }

const isDemo = ({ BIHUAN_DEMO }: Environment): boolean => BIHUAN_DEMO === '1' || BIHUAN_DEMO === 'true'

/**
 * What the environment wants to have logged; with demo people, whose terminal shows their passwords, no line for each
 * request that went well. `readSettings` refuses what is no level.
 */
export function logLevelOf(environment: Environment): LogLevel {
  const asked = logLevels.find((level) => level === environment.BIHUAN_LOG)
  return asked ?? (isDemo(environment) ? 'warn' : 'info')
}

/**
 * Reads the settings out of an environment. `folder` is what relative paths start from.
 * Throws `SettingsError` with all faults at once.
 */
export function readSettings(environment: Environment, folder: string): Settings {
  const given: { [name: string]: string } = {}
  for (const name of settingNames) {
    const value = environment[name]
    if (value !== undefined) given[name] = value
  }
  const faults: string[] = []
  if (!validate(given)) {
    const named = new Set((validate.errors ?? []).map((error) => error.instancePath.slice(1)))
    for (const name of named) {
      // The address of a mail server may hold a password.
      const found = name === 'BIHUAN_SMTP_URL' ? 'not' : `"${given[name]}"`
      faults.push(`Expected ${name} to be ${wants[name]}, but it is ${found}.`)
    }
  }
  const port = Number(given.PORT ?? '8080')
  if (port > 65535) faults.push(`Expected PORT to be ${wants.PORT}, but it is "${given.PORT}".`)
  const host = given.HOST ?? '127.0.0.1'
  const demo = isDemo(given)
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
  const egress = readEgress(given.BIHUAN_EGRESS ?? '')
  for (const entry of egress.unread)
    faults.push(
      `Expected BIHUAN_EGRESS to hold hosts and networks, but found "${entry}". An address is written as a network: 10.1.2.3/32.`,
    )
  if ((given.BIHUAN_SMTP_URL === undefined) !== (given.BIHUAN_MAIL_FROM === undefined))
    faults.push('Expected BIHUAN_SMTP_URL and BIHUAN_MAIL_FROM to be set together, but only one is.')
  const scan = given.BIHUAN_SCAN === undefined ? null : readScanSettings(given.BIHUAN_SCAN)
  if (given.BIHUAN_SCAN && scan === null)
    faults.push(`Expected BIHUAN_SCAN to be ${wants.BIHUAN_SCAN}, but it is "${given.BIHUAN_SCAN}".`)
  const edge = readEdge(given, folder, faults)
  const limits = readLimits(given, faults)
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
    edge,
    limits,
    caller: readCaller(given),
    connectors: {
      egress: egress.rules,
      secretsFile: given.BIHUAN_SECRETS_FILE === undefined ? null : resolve(folder, given.BIHUAN_SECRETS_FILE),
      smtpUrl: given.BIHUAN_SMTP_URL ?? null,
      mailFrom: given.BIHUAN_MAIL_FROM ?? null,
    },
    hash: given.BIHUAN_HASH === 'sm3' ? 'sm3' : 'sha256',
    scan,
    unread: Object.keys(environment).filter((name) => name.startsWith('BIHUAN_') && !settingNames.includes(name)),
    checkpointCopy: given.BIHUAN_CHECKPOINT_COPY === undefined ? null : resolve(folder, given.BIHUAN_CHECKPOINT_COPY),
  }
}
