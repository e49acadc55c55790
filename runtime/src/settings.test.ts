import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { logLevelOf, readSettings, SettingsError, settingNames } from './settings.ts'
import { noEdge } from './settings-edge.ts'

test('an empty environment gives the documented defaults', () => {
  expect(readSettings({}, '/srv')).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataFolder: '/srv/data',
    databaseUrl: 'file:/srv/data/bihuan.db',
    demo: false,
    controllableClock: false,
    publicUrl: null,
    production: false,
    caller: { url: null, clientId: null, clientSecret: null },
    hash: 'sha256',
    limits: { diskLow: 512 * 1024 * 1024, requestDays: 30, retentionDays: null, restDays: 7 },
    checkpointCopy: null,
    scan: null,
    unread: [],
    edge: noEdge,
    connectors: { egress: [], secretsFile: null, smtpUrl: null, mailFrom: null },
  })
})

test('what looks like a setting and is none is named', () => {
  expect(readSettings({ BIHUAN_RETENTON_DAYS: '3650', BIHUAN_DEMO: '1', HOME: '/root' }, '/srv').unread).toEqual([
    'BIHUAN_RETENTON_DAYS',
  ])
})

test('all faults are told at once, each with the name of its setting', () => {
  const attempt = () =>
    readSettings({ PORT: 'eighty', BIHUAN_CLOCK: 'sundial', BIHUAN_DATABASE_URL: 'mysql://x' }, '/srv')
  expect(attempt).toThrow(SettingsError)
  try {
    attempt()
  } catch (error) {
    const faults = (error as SettingsError).faults.join('\n')
    expect((error as SettingsError).faults).toHaveLength(3)
    for (const name of ['PORT', 'BIHUAN_CLOCK', 'BIHUAN_DATABASE_URL']) expect(faults).toContain(name)
  }
})

test('a line a request, but for demo people; what is no level is refused', () => {
  expect(logLevelOf({})).toBe('info')
  expect(logLevelOf({ BIHUAN_DEMO: '1' })).toBe('warn')
  expect(logLevelOf({ BIHUAN_DEMO: '1', BIHUAN_LOG: 'debug' })).toBe('debug')
  expect(logLevelOf({ BIHUAN_LOG: 'silent' })).toBe('silent')
  expect(() => readSettings({ BIHUAN_LOG: 'loud' }, '/srv')).toThrow(
    'Expected BIHUAN_LOG to be one of silent, error, warn, info, debug, but it is "loud".',
  )
})

test('a port above 65535 is refused', () => {
  expect(() => readSettings({ PORT: '70000' }, '/srv')).toThrow(/PORT/)
})

test('demo people are refused in production and beyond loopback', () => {
  expect(() => readSettings({ BIHUAN_DEMO: '1', NODE_ENV: 'production' }, '/srv')).toThrow(/production/)
  expect(() => readSettings({ BIHUAN_DEMO: '1', HOST: '0.0.0.0' }, '/srv')).toThrow(/loopback/)
  expect(readSettings({ BIHUAN_DEMO: '1' }, '/srv').demo).toBe(true)
})

test('a database that is not served is a fault of the settings, not of the start', () => {
  expect(() => readSettings({ BIHUAN_DATABASE_URL: 'postgresql://localhost/bihuan' }, '/srv')).toThrow(
    /BIHUAN_DATABASE_URL/,
  )
})

test('what may be called is told by hosts and networks, and a mail server never by its password', () => {
  const { connectors } = readSettings(
    { BIHUAN_EGRESS: 'api.example.cn, example.cn:8443,10.1.0.0/16', BIHUAN_SECRETS_FILE: 's.json' },
    '/srv',
  )
  expect(connectors.egress).toMatchObject([
    { kind: 'host', host: 'api.example.cn', port: null },
    { kind: 'host', host: 'example.cn', port: '8443' },
    { kind: 'network', bits: 16 },
  ])
  expect(connectors.secretsFile).toBe('/srv/s.json')
  expect(() => readSettings({ BIHUAN_EGRESS: 'https://api.example.cn' }, '/srv')).toThrow(/BIHUAN_EGRESS/)
  expect(() => readSettings({ BIHUAN_EGRESS: '10.1.2.3' }, '/srv')).toThrow(/10\.1\.2\.3\/32/)
  expect(() => readSettings({ BIHUAN_SMTP_URL: 'http://clerk:hidden@mail' }, '/srv')).not.toThrow(/hidden/)
  expect(() => readSettings({ BIHUAN_SMTP_URL: 'smtp://mail' }, '/srv')).toThrow(/BIHUAN_MAIL_FROM/)
})

test.each([
  [{ BIHUAN_TLS_CERT: 'cert.pem' }, /BIHUAN_TLS_KEY/],
  [{ BIHUAN_TLS_KEY: 'key.pem' }, /BIHUAN_TLS_CERT/],
  [{ BIHUAN_TLS_CERT: 'c', BIHUAN_TLS_KEY: 'k', BIHUAN_PUBLIC_URL: 'http://gov.example' }, /BIHUAN_PUBLIC_URL/],
  [{ BIHUAN_PUBLIC_URL: 'https://gov.example/shixiang' }, /BIHUAN_PUBLIC_URL to be an address without a path/],
  [{ BIHUAN_TRUSTED_PROXY: '10.0.0.0/8' }, /BIHUAN_PUBLIC_URL/],
  [{ BIHUAN_TRUSTED_PROXY: '10.0.0.0/8, proxy.gov', BIHUAN_PUBLIC_URL: 'https://gov.example' }, /"proxy.gov"/],
  [{ BIHUAN_TRUSTED_PROXY: '10', BIHUAN_PUBLIC_URL: 'https://gov.example' }, /"10"/],
  [{ BIHUAN_SCAN: 'clamdscan --fdpass' }, /BIHUAN_SCAN.*"clamdscan --fdpass"/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT/],
])('what does not fit together at the edge is told: %j', (environment, told) => {
  expect(() => readSettings(environment, '/srv')).toThrow(told)
})

test('cases are not moved before their answered requests are forgotten', () => {
  expect(() => readSettings({ BIHUAN_RETENTION_DAYS: '29' }, '/srv')).toThrow(/BIHUAN_RETENTION_DAYS.*\(30\)/)
  expect(readSettings({ BIHUAN_RETENTION_DAYS: '3650' }, '/srv').limits.retentionDays).toBe(3650)
})

test('P10 cases are put to rest a day after their end, after other days, or never', () => {
  expect(readSettings({ BIHUAN_REST_DAYS: '90' }, '/srv').limits.restDays).toBe(90)
  expect(readSettings({ BIHUAN_REST_DAYS: '0' }, '/srv').limits.restDays).toBeNull()
  expect(() => readSettings({ BIHUAN_REST_DAYS: '1.5' }, '/srv')).toThrow(/BIHUAN_REST_DAYS/)
})

test('a token that is too short is refused without being printed', () => {
  expect(() => readSettings({ BIHUAN_METRICS_TOKEN: 'hunter2' }, '/srv')).toThrow(
    /^(?!.*hunter2).*BIHUAN_METRICS_TOKEN/s,
  )
})

test('certificate, proxies and the place for traces are read', () => {
  const environment = {
    BIHUAN_TLS_CERT: 'tls/cert.pem',
    BIHUAN_TLS_KEY: '/etc/bihuan/key.pem',
    BIHUAN_PUBLIC_URL: 'https://gov.example',
    BIHUAN_TRUSTED_PROXY: '10.0.0.1, fd00::/8',
    BIHUAN_METRICS_TOKEN: 'a-token-of-enough-length',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
  }
  expect(readSettings(environment, '/srv').edge).toEqual({
    tls: { certificate: '/srv/tls/cert.pem', key: '/etc/bihuan/key.pem' },
    trustedProxies: ['10.0.0.1', 'fd00::/8'],
    metricsToken: 'a-token-of-enough-length',
    tracesEndpoint: 'http://127.0.0.1:4318',
  })
})

test('every setting is in docs/operating.md', () => {
  const document = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  expect(settingNames.filter((name) => !document.includes(`\`${name}\``))).toEqual([])
})
