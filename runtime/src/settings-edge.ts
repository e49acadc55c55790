import { isAbsolute, resolve } from 'node:path'
import ipaddr from 'ipaddr.js'

/** How the outside reaches the server, and how it is watched. */
export interface EdgeSettings {
  /** Files of the certificate chain and its key (PEM); null serves plain http, behind a proxy or on this machine. */
  readonly tls: { readonly certificate: string; readonly key: string } | null
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed; null believes one on this machine when there is a public address. */
  readonly trustedProxies: readonly string[] | null
  /** Whoever shows it may read `/metrics`; without one only this machine may. */
  readonly metricsToken: string | null
  /** Where traces go (OTLP over http); null makes none. */
  readonly tracesEndpoint: string | null
}

export const edgeProperties = {
  BIHUAN_TLS_CERT: { type: 'string', minLength: 1 },
  BIHUAN_TLS_KEY: { type: 'string', minLength: 1 },
  BIHUAN_TRUSTED_PROXY: { type: 'string', minLength: 1 },
  BIHUAN_METRICS_TOKEN: { type: 'string' },
  OTEL_EXPORTER_OTLP_ENDPOINT: { type: 'string', pattern: '^https?://[^\\s]+$' },
} as const

export const edgeWants: { readonly [name in keyof typeof edgeProperties]: string } = {
  BIHUAN_TLS_CERT: 'the file of a certificate',
  BIHUAN_TLS_KEY: 'the file of a private key',
  BIHUAN_TRUSTED_PROXY: 'addresses or networks, separated by commas',
  BIHUAN_METRICS_TOKEN: 'at least 16 printable characters without spaces',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'an address that starts with https:// or http://',
}

/** What a server has that is told nothing of this. */
export const noEdge: EdgeSettings = { tls: null, trustedProxies: null, metricsToken: null, tracesEndpoint: null }

type Given = { readonly [name: string]: string }

/** Reads these settings out of what `edgeProperties` has let through; adds to `faults`. Paths start from `folder`. */
export function readEdge(given: Given, folder: string, faults: string[]): EdgeSettings {
  return {
    tls: readTls(given, folder, faults),
    trustedProxies: readProxies(given, faults),
    metricsToken: readToken(given, faults),
    tracesEndpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '') ?? null,
  }
}

function readToken(given: Given, faults: string[]): string | null {
  const { BIHUAN_METRICS_TOKEN: token = null } = given
  // Its value stays out of what is printed.
  if (token !== null && !/^[!-~]{16,200}$/.test(token))
    faults.push(`Expected BIHUAN_METRICS_TOKEN to be ${edgeWants.BIHUAN_METRICS_TOKEN}, but it is not.`)
  return token
}

function readTls(given: Given, folder: string, faults: string[]): EdgeSettings['tls'] {
  const { BIHUAN_TLS_CERT: certificate, BIHUAN_TLS_KEY: key } = given
  if (certificate === undefined && key === undefined) return null
  if (certificate === undefined || key === undefined) {
    const [there, absent] = key === undefined ? ['CERT', 'KEY'] : ['KEY', 'CERT']
    faults.push(`Expected BIHUAN_TLS_${absent} beside BIHUAN_TLS_${there}, but it is not set.`)
    return null
  }
  if (given.BIHUAN_PUBLIC_URL?.startsWith('http:'))
    faults.push('Expected BIHUAN_PUBLIC_URL to start with https:// when BIHUAN_TLS_CERT is set, but it does not.')
  const path = (file: string) => (isAbsolute(file) ? file : resolve(folder, file))
  return { certificate: path(certificate), key: path(key) }
}

function readProxies(given: Given, faults: string[]): readonly string[] | null {
  const text = given.BIHUAN_TRUSTED_PROXY
  if (text === undefined) return null
  const all = text.split(',').map((one) => one.trim())
  for (const one of all)
    if (!(ipaddr.isValidCIDR(one) || (ipaddr.isValid(one) && /[.:].*[.:]/.test(one))))
      faults.push(`Expected BIHUAN_TRUSTED_PROXY to name ${edgeWants.BIHUAN_TRUSTED_PROXY}, but "${one}" is neither.`)
  if (given.BIHUAN_PUBLIC_URL === undefined)
    faults.push(
      'Expected BIHUAN_PUBLIC_URL when BIHUAN_TRUSTED_PROXY is set, but it is not. It says whether people come by https.',
    )
  return all
}
