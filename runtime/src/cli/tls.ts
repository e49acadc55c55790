import { readFileSync } from 'node:fs'
import type { ServerOptions } from 'node:https'
import { createSecureContext } from 'node:tls'
import { SettingsError } from '../settings.ts'
import type { EdgeSettings } from '../settings-edge.ts'

/** What the server speaks https by, TLS 1.2 or newer; null without a certificate. Throws `SettingsError`. */
export function certificateOf(tls: EdgeSettings['tls']): ServerOptions | null {
  if (tls === null) return null
  const cert = read('BIHUAN_TLS_CERT', tls.certificate)
  const key = read('BIHUAN_TLS_KEY', tls.key)
  const serverOptions: ServerOptions = { cert, key, minVersion: 'TLSv1.2' }
  try {
    createSecureContext(serverOptions)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'they cannot be read as PEM'
    throw new SettingsError([
      `Expected BIHUAN_TLS_CERT and BIHUAN_TLS_KEY to be a certificate and its key, but they do not fit: ${reason}.`,
    ])
  }
  return serverOptions
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SettingsError([`Expected ${setting} to name a file that can be read, but ${path} cannot: ${code}.`])
  }
}
