import type { Variables as Values } from '@bihuan/engine'
import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { closed, Item, optional, Variables } from './shape.ts'
import { DEFAULT_TENANT, noTenantOfItsOwn } from './tenant.ts'

const Broadcast = closed({
  signalName: Type.String({ minLength: 1, maxLength: 200 }),
  variables: Variables,
  tenantId: optional(Type.String({ maxLength: 200 })),
})

export function signalRoutes({ host }: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v2/signals/broadcast',
      policy: 'client',
      summary: 'Broadcast a signal to everyone who waits for it now',
      input: Broadcast,
      output: Item,
      async handler({ who, body, requestId }) {
        noTenantOfItsOwn(body.tenantId)
        const { key } = await host.broadcastSignal({
          signalName: body.signalName,
          variables: (body.variables ?? {}) as Values,
          actor: actorOf(who),
          requestId,
        })
        return { signalKey: String(key), tenantId: DEFAULT_TENANT }
      },
    }),
  ]
}
