import { expect, test } from 'vitest'
import { readSettings, SettingsError } from './settings.ts'

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
  })
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
