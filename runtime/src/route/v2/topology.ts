import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { Item } from './shape.ts'

/** Level of Camunda's interface this one speaks. */
const GATEWAY_VERSION = '8.9.0'

export function topologyRoutes(_services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v2/topology',
      policy: 'known',
      summary: 'One node with one partition',
      input: null,
      output: Item,
      handler: async () => ({
        brokers: [
          {
            nodeId: 0,
            host: 'localhost',
            port: 0,
            partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }],
            version: GATEWAY_VERSION,
          },
        ],
        clusterId: 'bihuan',
        clusterSize: 1,
        partitionsCount: 1,
        replicationFactor: 1,
        gatewayVersion: GATEWAY_VERSION,
        lastCompletedChangeId: '-1',
      }),
    }),
  ]
}
