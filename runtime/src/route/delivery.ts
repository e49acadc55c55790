import { Deliveries } from '../contract/contract.ts'
import { readDeliveries } from '../query/delivery.ts'
import type { Services } from '../services.ts'
import { type Route, route } from './route.ts'

/** What operators see of the built-in workers. */
export function deliveryRoutes({ store }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/deliveries',
      policy: 'operate',
      summary: 'What built-in workers have still to send: attempts, the last error, when it is tried next',
      input: null,
      output: Deliveries,
      query: ['cursor'],
      handler: async ({ who, query }) => readDeliveries(store, who, query.cursor),
    }),
  ]
}
