import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebhookFault } from '../connector/webhook.ts'
import { readSettings } from '../settings.ts'
import { addWebhookCommand } from './webhook-command.ts'
import { withStore } from './with-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-webhook-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = undefined
})

/** What a command prints. */
const run = async (...words: readonly string[]): Promise<unknown> => {
  const program = new Command()
  addWebhookCommand(program, () => readSettings({ BIHUAN_DATA: folder }, folder))
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await program.parseAsync(['node', 'bihuan', 'webhook', ...words, '--json'])
    return JSON.parse(String(log.mock.calls[0]?.[0]))
  } finally {
    log.mockRestore()
  }
}
const add = (name: string, key = '=body.order.id', ...more: readonly string[]) =>
  run('add', name, '--message', 'paid', '--key-expression', key, '--secret', 'PARTNER', ...more)

test('a webhook is added, listed and removed', async () => {
  await add('payments', '=body.order.id', '--time-to-live', 'P1D', '--variable', 'payment')
  await add('refunds')
  const payments = { name: 'payments', messageName: 'paid', keyExpression: 'body.order.id', timeToLive: 86_400_000 }
  expect(await run('list')).toMatchObject([
    { ...payments, variable: 'payment', secret: 'PARTNER', signature: 'v2' },
    { name: 'refunds', variable: 'body', timeToLive: 3_600_000 },
  ])
  expect(await run('remove', 'payments')).toEqual({ name: 'payments', removed: true })
  expect(process.exitCode).toBeUndefined()
  expect(await run('remove', 'payments')).toEqual({ name: 'payments', removed: false })
  expect(process.exitCode).toBe(1)
  expect(await run('list')).toMatchObject([{ name: 'refunds' }])
  const kinds = await withStore({ databaseUrl: `file:${join(folder, 'bihuan.db')}` }, ({ read, tables: { trail } }) =>
    read.select({ kind: trail.kind }).from(trail).orderBy(trail.sequence),
  )
  expect(kinds.map(({ kind }) => kind)).toEqual(['webhook.created', 'webhook.created', 'webhook.removed'])
})

test('what could not be used is refused, and so is a name that is taken', async () => {
  await add('payments')
  await add('older', 'x', '--signature', 'v1')
  const refused = [
    add('payments'),
    add('alike', 'x', '--signature', 'v1'),
    add('a/b'),
    add('b', 'body.('),
    add('c', 'x', '--variable', '1'),
  ]
  for (const attempt of [...refused, add('d', 'x', '--time-to-live', 'soon')])
    await expect(attempt).rejects.toThrow(WebhookFault)
  expect(await run('list')).toHaveLength(2)
})
