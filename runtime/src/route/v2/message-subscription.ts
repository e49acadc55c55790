import { eq, sql } from 'drizzle-orm'
import { time } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import { type Belonging, definitionOf } from '../../query/definition-of.ts'
import type { Services } from '../../services.ts'
import type { Route } from '../route.ts'
import { read } from './filter.ts'
import { type Listing, searchRoute } from './search.ts'
import { tenantColumn, tenantOf } from './tenant.ts'

const states = { CREATED: 'created', CORRELATED: 'correlated', DELETED: 'deleted', MIGRATED: null }

interface Found extends Belonging {
  readonly subscription: Row<'messageSubscription'>
  readonly instance: Row<'processInstance'>
}
interface Correlated extends Found {
  readonly correlated: Row<'correlatedMessage'>
}

const place = ({ subscription, instance, definitionKey, processId }: Found) => ({
  processDefinitionId: processId,
  processDefinitionKey: String(definitionKey),
  processInstanceKey: String(instance.key),
  rootProcessInstanceKey: String(instance.key),
  elementId: subscription.elementId,
  elementInstanceKey: String(subscription.elementInstanceKey),
  messageName: subscription.messageName,
  correlationKey: subscription.correlationKey,
  tenantId: tenantOf(instance),
})

const show = (found: Found) => ({
  ...place(found),
  messageSubscriptionKey: String(found.subscription.key),
  messageSubscriptionState: found.subscription.state.toUpperCase(),
  lastUpdatedDate: time(found.subscription.updatedAt),
})

const showCorrelated = (found: Correlated) => ({
  ...place(found),
  subscriptionKey: String(found.subscription.key),
  messageKey: String(found.correlated.messageKey),
  correlationTime: time(found.correlated.correlatedAt),
  partitionId: 1,
})

/** What cases have waited for by message, and what has come. */
export function messageSubscriptionRoutes({ store }: Services): Route[] {
  const {
    messageSubscription: t,
    correlatedMessage,
    processInstance,
    elementInstance,
    processDefinition,
  } = store.tables
  const { definitionKey, processId } = definitionOf(store, elementInstance.definitionKey)
  const columns = { subscription: t, instance: processInstance, definitionKey, processId }
  const listing: Listing<Found, object> = {
    rows: (from) =>
      from
        .select(columns)
        .from(t)
        .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
        .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey)),
    key: t.key,
    keysOf: ({ subscription }) => [subscription.key],
    show: (rows) => rows.map(show),
  }
  const correlated: Listing<Correlated, object> = {
    rows: (from) =>
      from
        .select({ ...columns, correlated: correlatedMessage })
        .from(correlatedMessage)
        .innerJoin(t, eq(t.key, correlatedMessage.subscriptionKey))
        .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
        .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey)),
    key: correlatedMessage.messageKey,
    ties: t.key,
    keysOf: (row) => [row.correlated.messageKey, row.subscription.key],
    show: (rows) => rows.map(showCorrelated),
  }
  const filters = {
    processDefinitionId: { column: processId, read: read.text },
    processDefinitionKey: { column: definitionKey, read: read.key },
    processInstanceKey: { column: t.instanceKey, read: read.key },
    elementId: { column: t.elementId, read: read.text },
    elementInstanceKey: { column: t.elementInstanceKey, read: read.key },
    messageName: { column: t.messageName, read: read.text },
    correlationKey: { column: t.correlationKey, read: read.text },
    tenantId: { column: tenantColumn(store), read: read.text },
  }
  return [
    searchRoute(store, listing, {
      path: '/v2/message-subscriptions/search',
      policy: 'client',
      summary: 'Search message subscriptions',
      filters: {
        ...filters,
        messageSubscriptionKey: { column: t.key, read: read.key },
        messageSubscriptionState: { column: t.state, read: read.word(states) },
        lastUpdatedDate: { column: t.updatedAt, read: read.time },
      },
    }),
    searchRoute(store, correlated, {
      path: '/v2/correlated-message-subscriptions/search',
      policy: 'client',
      summary: 'Search what messages have reached subscriptions',
      filters: {
        ...filters,
        subscriptionKey: { column: t.key, read: read.key },
        messageKey: { column: correlatedMessage.messageKey, read: read.key },
        correlationTime: { column: correlatedMessage.correlatedAt, read: read.time },
        partitionId: { column: sql`cast(1 as integer)`, read: read.integer },
      },
    }),
  ]
}
