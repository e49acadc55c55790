import { Rejection } from '@bihuan/engine'
import type { Person, Who } from '../../identity/who.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { Item } from './shape.ts'
import { DEFAULT_TENANT } from './tenant.ts'

/** Level of Camunda's interface this one speaks. */
const GATEWAY_VERSION = '8.9.0'

const tenantsOf = ({ positions }: Person) => [
  ...new Map(
    positions.map(({ unit }) => [unit.id, { tenantId: unit.id, name: unit.name, description: unit.level }]),
  ).values(),
]

/** Who asks, in the words of Camunda: tenants are units, groups are roles in units. */
function showUser(who: Who) {
  if (who.type === 'anonymous') throw new Rejection('NOT_SIGNED_IN')
  const isPerson = who.type === 'person'
  return {
    // What tasks call their assignee and candidates: what people sign in with is for signing in alone.
    username: who.id,
    displayName: who.name,
    email: null,
    authorizedComponents: [],
    tenants: isPerson ? tenantsOf(who) : [{ tenantId: DEFAULT_TENANT, name: DEFAULT_TENANT, description: null }],
    groups: isPerson ? who.positions.map(({ role, unit }) => `${role}@${unit.id}`) : [],
    roles: isPerson ? [...new Set(who.positions.map(({ role }) => role))] : [],
    salesPlanType: '',
    c8Links: {},
    canLogout: isPerson,
  }
}

/** What a client asks of a cluster before it begins. */
export function clusterRoutes({ host }: Services): Route[] {
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
    route({
      method: 'GET',
      path: '/v2/status',
      policy: 'public',
      summary: 'Whether writes reach the disk: 204, or a refusal that says why not',
      input: null,
      output: null,
      async handler() {
        const { status, reason } = host.health()
        if (status !== 'up') throw new Rejection('STORAGE_UNAVAILABLE', { reason: reason ?? '' })
      },
    }),
    route({
      method: 'GET',
      path: '/v2/license',
      policy: 'public',
      summary: 'The licence of this software, which never ends',
      input: null,
      output: Item,
      handler: async () => ({
        validLicense: true,
        licenseType: 'Apache-2.0',
        isCommercial: false,
        expiresAt: null,
      }),
    }),
    route({
      method: 'GET',
      path: '/v2/authentication/me',
      policy: 'known',
      summary: 'Who asks',
      input: null,
      output: Item,
      handler: async ({ who }) => showUser(who),
    }),
  ]
}
