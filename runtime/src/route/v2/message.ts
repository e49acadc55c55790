import type { Variables as Values } from '@bihuan/engine'
import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { closed, Item, optional, Variables } from './shape.ts'
import { DEFAULT_TENANT, noTenantOfItsOwn } from './tenant.ts'

const DAY = 24 * 60 * 60 * 1000

const message = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  correlationKey: optional(Type.String({ maxLength: 200 })),
  variables: Variables,
  tenantId: optional(Type.String({ maxLength: 200 })),
}
const Correlate = closed(message)
const Publish = closed({
  ...message,
  timeToLive: optional(Type.Integer({ minimum: 0, maximum: 366 * DAY })),
  messageId: optional(Type.String({ maxLength: 200 })),
})

export function messageRoutes({ host }: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v2/messages/publication',
      policy: 'client',
      summary: 'Publish a message; it waits for timeToLive milliseconds',
      input: Publish,
      output: Item,
      async handler({ who, body, requestId }) {
        noTenantOfItsOwn(body.tenantId)
        const { key } = await host.publishMessage({
          name: body.name,
          correlationKey: body.correlationKey ?? '',
          timeToLive: body.timeToLive ?? 0,
          // Zeebe: an empty id is none.
          messageId: body.messageId || null,
          variables: (body.variables ?? {}) as Values,
          actor: actorOf(who),
          requestId,
        })
        return { messageKey: String(key), tenantId: DEFAULT_TENANT }
      },
    }),
    route({
      method: 'POST',
      path: '/v2/messages/correlation',
      policy: 'client',
      summary: 'Hand a message to what waits for it now; answers with the process instance it reached',
      input: Correlate,
      output: Item,
      async handler({ who, body, requestId }) {
        noTenantOfItsOwn(body.tenantId)
        const { key, instanceKey } = await host.correlateMessage({
          name: body.name,
          correlationKey: body.correlationKey ?? '',
          variables: (body.variables ?? {}) as Values,
          actor: actorOf(who),
          requestId,
        })
        return { messageKey: String(key), processInstanceKey: String(instanceKey), tenantId: DEFAULT_TENANT }
      },
    }),
  ]
}
