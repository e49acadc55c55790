import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sign } from '../connector/signature.ts'
import { addWebhook, WebhookFault } from '../connector/webhook.ts'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const file = join(app.folder, 'secrets.json')
  writeFileSync(file, JSON.stringify({ PARTNER: 'shared-key' }))
  chmodSync(file, 0o600)
  for (const [name, secret, signature] of [
    ['payments', 'PARTNER', 'v2'],
    ['refunds', 'PARTNER', 'v2'],
    ['older', 'PARTNER', 'v1'],
    ['orphan', 'NOBODY_WROTE_IT', 'v2'],
  ] as const)
    await add(name, secret, signature)
})
afterAll(() => app.close())

const add = (name: string, secret: string, signature: 'v1' | 'v2') => {
  const made = { messageName: 'paid', keyExpression: 'body.order.id', variable: 'payment', timeToLive: 60_000 }
  const webhook = { name, secret, signature, ...made, createdAt: 0 }
  return addWebhook(app.server.host, webhook, { type: 'system', id: 'test' })
}

const now = () => app.server.host.clock.now()
interface Sending {
  readonly name?: string
  readonly id?: string
  readonly body?: string
  readonly secret?: string
  readonly at?: number
  readonly signature?: string
}
/** Sends as a partner does: signed with the shared key now, unless the test says otherwise. */
const send = async ({ name = 'payments', id = 'd-1', body = '{"order":{"id":"N1"}}', ...rest }: Sending = {}) => {
  const signature = rest.signature ?? sign(rest.secret ?? 'shared-key', { name, id, body }, rest.at ?? now())
  const headers = { 'x-bihuan-delivery': id, 'x-bihuan-signature': signature }
  const answer = await app.server.app.request(`/hooks/${name}`, { method: 'POST', headers, body })
  return { status: answer.status, body: (await answer.json()) as { readonly [name: string]: unknown } }
}
const messages = async () => {
  const { message } = app.server.services.store.tables
  return app.server.services.store.read.select().from(message)
}
const refusals = async () => {
  const { trail } = app.server.services.store.tables
  return app.server.services.store.read.select().from(trail).where(eq(trail.kind, 'webhook.refused'))
}

test('F13 a signed delivery is a message, and its repeat has the same answer and no effect', async () => {
  const first = await send()
  expect(first).toMatchObject({ status: 202, body: { messageKey: expect.any(String) } })
  expect(await messages()).toMatchObject([
    {
      name: 'paid',
      correlationKey: 'N1',
      messageId: 'webhook:payments:d-1',
      variables: { payment: { order: { id: 'N1' } } },
      expiresAt: now() + 60_000,
    },
  ])
  expect(await send()).toEqual(first)
  // A copy of what was sent, seconds later, with the signature it had.
  const at = now()
  await app.advance(30_000)
  expect(await send({ at })).toEqual(first)
  expect(await messages()).toHaveLength(1)
  expect(await send({ body: '{"order":{"id":"N2"}}' })).toMatchObject({
    status: 422,
    body: { code: 'IDEMPOTENCY_KEY_REUSED' },
  })
  // When it has expired, the id still counts.
  await app.advance(60_000)
  expect(await send()).toEqual(first)
  expect(await messages()).toHaveLength(1)
})

const paid = { name: 'payments', id: 'd-1', body: '{"order":{"id":"N1"}}' }

test('a sender of before signs without the name, with a secret that no other such webhook has', async () => {
  const signature = sign('shared-key', { ...paid, name: null }, now())
  expect((await send({ name: 'older', signature })).status).toBe(202)
  await expect(add('second', 'PARTNER', 'v1')).rejects.toThrow(WebhookFault)
  await add('third', 'PARTNER', 'v2')
})

test.each<[string, () => Sending]>([
  ['a name nobody knows', () => ({ name: 'nothing' })],
  ['a name that is none', () => ({ name: 'a%00b' })],
  ['a secret that is not there', () => ({ name: 'orphan' })],
  ['another secret', () => ({ secret: 'guessed' })],
  ['no signature', () => ({ signature: '' })],
  ['half a signature', () => ({ signature: `t=${Math.trunc(now() / 1000)},v1=00` })],
  [
    'a signature of another delivery',
    () => ({ id: 'd-3', signature: sign('shared-key', { ...paid, id: 'd-2' }, now()) }),
  ],
  ['a signature of another body', () => ({ signature: sign('shared-key', { ...paid, body: '{}' }, now()) })],
  ['a signature of another webhook', () => ({ signature: sign('shared-key', { ...paid, name: 'refunds' }, now()) })],
  ['a signature of none', () => ({ signature: sign('shared-key', { ...paid, name: null }, now()) })],
  [
    'a signature that names none where the delivery looks like a name',
    () => ({ signature: sign('shared-key', { ...paid, name: null, id: 'payments.d-1' }, now()).replace('v1', 'v2') }),
  ],
  ['a newer signature than the webhook has', () => ({ name: 'older' })],
  ['a signature that is too old', () => ({ id: 'old', at: now() - 301_000 })],
  ['a signature of the future', () => ({ id: 'new', at: now() + 301_000 })],
  ['no delivery', () => ({ id: '' })],
])('%s is refused like every other, and recorded', async (_what, sending) => {
  const before = (await refusals()).length
  const { status, body } = await send(sending())
  const known = await send({ secret: 'guessed' })
  if (status === 404) return expect(sending().name).toBe('a%00b')
  expect([status, body]).toEqual([known.status, known.body])
  expect([status, body.code]).toEqual([401, 'SIGNATURE_INVALID'])
  expect(await refusals()).toHaveLength(before + 2)
})

test.each([
  ['{"order":{}}', 422],
  ['{"order":{"id":""}}', 422],
  ['{"order":{"id":true}}', 422],
  [`{"order":{"id":"${'x'.repeat(201)}"}}`, 422],
  ['{"order":', 400],
  ['', 400],
  ['[]', 422],
  [`{"order":{"id":"${'x'.repeat(256 * 1024)}"}}`, 413],
])('a signed body without a key is refused and is no message (%#)', async (body, status) => {
  const before = await messages()
  expect((await send({ id: `bad-${body.length}`, body })).status).toBe(status)
  expect(await messages()).toEqual(before)
})

test('too many deliveries of one address are turned away for a while', async () => {
  let status = 0
  for (let i = 0; i < 700 && status !== 429; i += 1) status = (await send({ signature: 'x' })).status
  expect(status).toBe(429)
})
