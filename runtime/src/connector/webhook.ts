import { type Actor, compileExpression, contextOf, evaluate, Rejection, type Variables } from '@bihuan/engine'
import { and, asc, eq } from 'drizzle-orm'
import { invalid, unreadable } from '../contract/fault.ts'
import { readJson } from '../contract/read-json.ts'
import { insert, remove } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import type { Recording } from '../host/recording.ts'
import { SecretFault, type Secrets } from './secrets.ts'
import { isSigned } from './signature.ts'

export type Webhook = Row<'webhook'>

/** A webhook that cannot be added as asked; the text says why. */
export class WebhookFault extends Error {}

const NAME = /^[A-Za-z0-9_.-]{1,100}$/
const VARIABLE = /^[A-Za-z_]\w{0,99}$/
const DELIVERY = /^[\x21-\x7e]{1,150}$/
/** Signs what nobody knows the secret of: an unknown name takes as long as a wrong signature. */
const NOBODY = 'no webhook has this secret'

/**
 * Adds a webhook, with a record of it. Throws `WebhookFault` for a name that is taken, parts that cannot be used, and a
 * secret by which what is signed for another webhook would be taken here.
 */
export async function addWebhook({ store, record }: Recording, webhook: Webhook, actor: Actor): Promise<void> {
  if (!NAME.test(webhook.name))
    throw new WebhookFault('Expected a name of letters, digits, dots, hyphens and underscores.')
  if (webhook.messageName === '' || webhook.messageName.length > 200)
    throw new WebhookFault('Expected the name of a message.')
  if (!VARIABLE.test(webhook.variable)) throw new WebhookFault('Expected the name of a variable.')
  const compiled = compileExpression(webhook.keyExpression)
  if (!('expression' in compiled))
    throw new WebhookFault(`Expected a FEEL expression for the key, but ${compiled.error}.`)
  const { webhook: t } = store.tables
  const alike = and(eq(t.secret, webhook.secret), eq(t.signature, 'v1'))
  const [other] = webhook.signature === 'v1' ? await store.read.select().from(t).where(alike) : []
  if (other && other.name !== webhook.name)
    throw new WebhookFault(
      `Expected a secret of its own, but the webhook ${other.name} has ${webhook.secret}: v1 does not say which of both is meant. Use another secret, or v2.`,
    )
  if (await webhookNamed(store, webhook.name))
    throw new WebhookFault(`Expected a name that is free, but there is a webhook ${webhook.name}.`)
  await record('security', 'webhook.created', actor, saidOf(webhook), [insert('webhook', webhook)])
}

const saidOf = ({ name, messageName }: Webhook) => ({ name, messageName })

const webhookNamed = async ({ read, tables: { webhook } }: Store, name: string): Promise<Webhook | undefined> =>
  (await read.select().from(webhook).where(eq(webhook.name, name)))[0]

export const listWebhooks = async ({ read, tables: { webhook } }: Store): Promise<readonly Webhook[]> =>
  read.select().from(webhook).orderBy(asc(webhook.name))

/** Removes a webhook, with a record of it; false when there was none. */
export async function removeWebhook({ store, record }: Recording, name: string, actor: Actor): Promise<boolean> {
  const found = await webhookNamed(store, name)
  if (!found) return false
  await record('security', 'webhook.removed', actor, saidOf(found), [remove('webhook', { name })])
  return true
}

/** What came to a webhook. */
export interface WebhookCall {
  readonly name: string
  /** `X-Bihuan-Delivery`: the sender's own id of what it sends. */
  readonly delivery: string
  /** `X-Bihuan-Signature`. */
  readonly signature: string
  readonly body: Uint8Array
}

/**
 * The webhook that a call proves to be meant for it; null alike for a name nobody knows, a secret that is not there,
 * a wrong signature, and one that is too old.
 */
export async function provenWebhook(
  store: Store,
  secrets: Secrets,
  { name, delivery, signature, body }: WebhookCall,
  at: number,
): Promise<Webhook | null> {
  const found = NAME.test(name) ? await webhookNamed(store, name) : undefined
  const secret = found ? await secretOrNull(secrets, found.secret) : null
  const signed = { name: found?.signature === 'v1' ? null : name, id: delivery, body }
  const isRight = DELIVERY.test(delivery) && isSigned(signature, secret ?? NOBODY, signed, at)
  return found && secret !== null && isRight ? found : null
}

async function secretOrNull(secrets: Secrets, name: string): Promise<string | null> {
  try {
    return await secrets.get(name, null)
  } catch (error) {
    if (error instanceof SecretFault) return null
    throw error
  }
}

/**
 * Publishes the message of a webhook. The delivery is the id of message and request: the same one again is answered
 * from the first and changes nothing, with another body it is refused (`IDEMPOTENCY_KEY_REUSED`). Throws
 * `BODY_UNREADABLE`, and `BODY_INVALID` when the body has no key.
 */
export async function publishWebhook(
  host: Host,
  webhook: Webhook,
  call: WebhookCall,
): Promise<{ readonly key: number }> {
  const value = readJson(utf8(call.body))
  const id = `webhook:${webhook.name}:${call.delivery}`
  const actor: Actor = { type: 'system', id: `webhook:${webhook.name}` }
  return host.publishMessage({
    name: webhook.messageName,
    correlationKey: keyOf(webhook, { body: value }, host.clock.now()),
    timeToLive: webhook.timeToLive,
    messageId: id,
    variables: { [webhook.variable]: value },
    actor,
    requestId: id,
  })
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('notUtf8')
  }
}

function keyOf({ keyExpression }: Webhook, variables: Variables, at: number): string {
  const compiled = compileExpression(keyExpression)
  if (!('expression' in compiled)) throw new Rejection('UNEXPECTED')
  const result = evaluate(compiled.expression, contextOf(variables), at)
  const key = result.ok && typeof result.value === 'number' ? String(result.value) : result.ok ? result.value : null
  if (typeof key !== 'string' || key === '') throw invalid('body', 'missing')
  if (key.length > 200) throw invalid('body', 'charactersAtMost', 200)
  return key
}
