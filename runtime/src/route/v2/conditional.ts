import { Rejection, type Variables as Values } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { Type } from 'typebox'
import { readKey } from '../../contract/wire.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { closed, Item, Key, optional } from './shape.ts'
import { DEFAULT_TENANT, unitsOfTenant } from './tenant.ts'

const Evaluate = closed({
  processDefinitionKey: optional(Key),
  variables: Type.Record(Type.String(), Type.Unknown()),
  tenantId: optional(Type.String({ maxLength: 200 })),
})

export function conditionalRoutes(services: Services): Route[] {
  const { host, store } = services
  const { processDefinition: t } = store.tables
  return [
    route({
      method: 'POST',
      path: '/v2/conditionals/evaluation',
      policy: 'client',
      summary: 'Start the processes whose start condition the variables meet; tenantId is the unit',
      input: Evaluate,
      output: Item,
      async handler({ who, body, requestId }) {
        const definitionKey = body.processDefinitionKey == null ? null : readKey(body.processDefinitionKey)
        if (definitionKey !== null) {
          const rows = await store.read.select({ key: t.key }).from(t).where(eq(t.key, definitionKey)).limit(1)
          if (rows.length === 0) throw new Rejection('NOT_FOUND')
        }
        const started = await host.evaluateConditions({
          definitionKey,
          units: await unitsOfTenant(services, body.tenantId),
          variables: body.variables as Values,
          actor: actorOf(who),
          requestId,
        })
        return {
          processInstances: started.map((one) => ({
            processDefinitionKey: String(one.definitionKey),
            processInstanceKey: String(one.instanceKey),
          })),
          tenantId: body.tenantId ?? DEFAULT_TENANT,
        }
      },
    }),
  ]
}
