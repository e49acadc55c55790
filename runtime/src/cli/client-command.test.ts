import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import type { AuditedRows } from '../contract/trail.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { readSettings } from '../settings.ts'
import { addClientCommand } from './client-command.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** What a command prints, beside the server that runs. */
const run = async (...words: readonly string[]): Promise<{ readonly id: string; readonly secret: string }> => {
  const program = new Command()
  const environment = { BIHUAN_DATA: app.folder, BIHUAN_DATABASE_URL: `file:${join(app.folder, 'test.db')}` }
  addClientCommand(program, () => readSettings(environment, app.folder))
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await program.parseAsync(['node', 'bihuan', 'client', ...words, '--json'])
    return JSON.parse(String(log.mock.calls[0]?.[0]))
  } finally {
    log.mockRestore()
  }
}

/** Rows about clients, the newest first, as the auditor reads them. */
async function told(): Promise<AuditedRows['items']> {
  const auditor = await app.as('auditor')
  const { items } = (await (await auditor('GET', '/api/trail/rows?part=security')).json()) as AuditedRows
  return items.filter(({ kind }) => kind.startsWith('client.'))
}

test('A08 who may come in is in the trail: a client is added and removed beside a server that writes there, too', async () => {
  const { host, services } = app.server
  const before = (await told()).length
  const { id, secret } = await run('add', 'archive')
  await host.record('security', 'clock.reset', { type: 'system', id: 'test' }, {})
  await run('remove', id)
  await host.record('security', 'clock.reset', { type: 'system', id: 'test' }, {})
  const [removed, created, ...others] = await told()
  const actor = { type: 'system', id: 'operator' }
  expect(created).toMatchObject({ kind: 'client.created', actor, says: { name: 'archive' } })
  expect(removed).toMatchObject({ kind: 'client.removed', actor, says: { name: 'archive' } })
  expect(others).toHaveLength(before)
  expect(await verifyTrail(services.store)).toMatchObject({ intact: true })
  const { apiClient, payload } = services.store.tables
  expect((await services.store.read.select().from(apiClient)).map((one) => one.id)).not.toContain(id)
  expect(JSON.stringify(await services.store.read.select().from(payload))).not.toContain(secret)
})

test('A08 removing a client that is none is no record', async () => {
  const before = (await told()).length
  await run('remove', 'client-none')
  expect(process.exitCode).toBe(1)
  process.exitCode = undefined
  expect(await told()).toHaveLength(before)
})
