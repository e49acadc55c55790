import { Rejection } from '@bihuan/engine'
import { Type } from 'typebox'
import { provenWebhook, publishWebhook } from '../connector/webhook.ts'
import { wireKey } from '../contract/wire.ts'
import { requestLimit } from '../identity/rate-limit.ts'
import type { Services } from '../services.ts'
import { type Route, route } from './route.ts'

const LARGEST = 256 * 1024
const A_MINUTE = 600

/** Doors for systems that sign what they send: what comes is a message. */
export function webhookRoutes(services: Services): Route[] {
  const { store, secrets, host, security } = services
  const limit = requestLimit(A_MINUTE)
  return [
    route({
      method: 'POST',
      path: '/hooks/:name',
      policy: 'public',
      summary: 'Take a signed delivery of another system as a message',
      input: 'bytes',
      limit: LARGEST,
      output: Type.Object({ messageKey: Type.String() }),
      status: 202,
      keyed: false,
      async handler({ params, headers, body, address }) {
        await limit.attempt(address)
        const call = {
          name: params.name ?? '',
          delivery: headers.get('x-bihuan-delivery') ?? '',
          signature: headers.get('x-bihuan-signature') ?? '',
          body,
        }
        const webhook = await provenWebhook(store, secrets, call, host.clock.now())
        if (!webhook) {
          const actor = { type: 'system', id: 'webhook' } as const
          await security.refused('webhook.refused', address, actor, { name: call.name.slice(0, 100) })
          throw new Rejection('SIGNATURE_INVALID')
        }
        const { key } = await publishWebhook(host, webhook, call)
        return { messageKey: wireKey(key) }
      },
    }),
  ]
}
