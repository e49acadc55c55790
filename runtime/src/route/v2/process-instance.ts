import { and, eq, exists, gt, sql } from 'drizzle-orm'
import { time, timeOrNull } from '../../contract/wire.ts'
import { ofCase } from '../../db/of-case.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import { caseVisible } from '../../identity/access.ts'
import type { Services } from '../../services.ts'
import type { Route } from '../route.ts'
import { elementStates } from './element-instance.ts'
import { compare, type Filter, flag, read, whether } from './filter.ts'
import { type Filters, getRoute, type Listing, searchRoute } from './search.ts'
import { tenantColumn, tenantOf } from './tenant.ts'
import { holdsVariables } from './variable.ts'

const states = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' }
/** Camunda has no word for a suspended instance: it is active. */
const wireStates: { readonly [state in Row<'processInstance'>['state']]: string } = {
  active: 'ACTIVE',
  suspended: 'ACTIVE',
  completed: 'COMPLETED',
  terminated: 'TERMINATED',
}

interface Found {
  readonly row: Row<'processInstance'>
  readonly hasIncident: boolean
  readonly versionTag: string | null
}

const show = ({ row, hasIncident, versionTag }: Found) => ({
  processInstanceKey: String(row.key),
  rootProcessInstanceKey: String(row.key),
  processDefinitionId: row.processId,
  processDefinitionName: row.processName,
  processDefinitionVersion: row.version,
  processDefinitionVersionTag: versionTag,
  processDefinitionKey: String(row.definitionKey),
  parentProcessInstanceKey: null,
  parentElementInstanceKey: null,
  startDate: time(row.startedAt),
  endDate: timeOrNull(row.endedAt),
  state: wireStates[row.state],
  hasIncident,
  tenantId: tenantOf(row),
  businessId: row.number,
  tags: [],
})

/** Whether a case has an incident now. */
function stopped({ read: reader, tables: { incident, processInstance } }: Store) {
  return exists(
    reader
      .select({ one: sql`1` })
      .from(incident)
      .where(and(eq(incident.instanceKey, processInstance.key), eq(incident.state, 'active'))),
  )
}

/** What of one element instance of the case is asked for: all that the filter says of it holds of the same one. */
function elementFilter(store: Store): Filter {
  const { read: reader, tables } = store
  const { elementInstance: e, incident, processInstance } = tables
  const hasIncident = exists(
    reader
      .select({ one: sql`1` })
      .from(incident)
      .where(and(eq(incident.elementInstanceKey, e.key), eq(incident.state, 'active'))),
  )
  return (_value, _name, filter) => {
    const { elementId, elementInstanceState: state, hasElementInstanceIncident: withIncident } = filter
    return exists(
      reader
        .select({ one: sql`1` })
        .from(e)
        .where(
          and(
            ofCase(e.key, processInstance.key),
            elementId == null
              ? undefined
              : compare(store, 'elementId', elementId, { column: e.elementId, read: read.text }),
            state == null
              ? undefined
              : compare(store, 'elementInstanceState', state, { column: e.state, read: read.word(elementStates) }),
            withIncident == null ? undefined : whether(hasIncident)(withIncident, 'hasElementInstanceIncident'),
          ),
        ),
    )
  }
}

/** Filters by the definition of a case; `processDefinition` is joined. */
function definitionFilters({ tables: { processInstance: t, processDefinition } }: Store): Filters {
  return {
    processDefinitionKey: { column: t.definitionKey, read: read.key },
    processDefinitionId: { column: t.processId, read: read.text },
    processDefinitionName: { column: t.processName, read: read.text },
    processDefinitionVersion: { column: t.version, read: read.integer },
    processDefinitionVersionTag: { column: processDefinition.versionTag, read: read.text },
  }
}

/** What people may search process instances by, beside the definition. */
function filtersOfPeople(store: Store): Filters {
  const { processInstance: t } = store.tables
  return {
    processInstanceKey: { column: t.key, read: read.key },
    state: {
      column: sql`case when ${t.state} = 'suspended' then 'active' else ${t.state} end`,
      read: read.word(states),
    },
    startDate: { column: t.startedAt, read: read.time },
    endDate: { column: t.endedAt, read: read.time },
    businessId: { column: t.number, read: read.text },
    tenantId: { column: tenantColumn(store), read: read.text },
    // No case has a parent: what a case calls runs in the case itself.
    parentProcessInstanceKey: { column: sql`cast(null as bigint)`, read: read.key },
    parentElementInstanceKey: { column: sql`cast(null as bigint)`, read: read.key },
    hasIncident: flag(stopped(store)),
  }
}

/**
 * What systems may search process instances by, beside the definition: more than people, who could guess by filters
 * values that no form shows them.
 */
export function instanceFilters(store: Store): Filters {
  const { processInstance: t, job } = store.tables
  const element = elementFilter(store)
  const retried = store.read
    .select({ one: sql`1` })
    .from(job)
    .where(and(eq(job.instanceKey, t.key), eq(job.state, 'failed'), gt(job.retries, 0)))
  return {
    ...filtersOfPeople(store),
    variables: holdsVariables(store, t.key),
    elementId: element,
    elementInstanceState: element,
    hasElementInstanceIncident: element,
    hasRetriesLeft: whether(exists(retried)),
  }
}

export function processInstanceRoutes({ store }: Services): Route[] {
  const { processInstance: t, processDefinition } = store.tables
  const hasIncident = sql<boolean>`${stopped(store)}`.mapWith(Boolean)
  const listing: Listing<Found, object> = {
    rows: (from) =>
      from
        .select({ row: t, hasIncident, versionTag: processDefinition.versionTag })
        .from(t)
        .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey)),
    key: t.key,
    keysOf: ({ row }) => [row.key],
    visible: (who, one) => (who.type === 'person' ? caseVisible(store, who, one) : undefined),
    show: (rows) => rows.map(show),
  }
  const ofPeople = { ...definitionFilters(store), ...filtersOfPeople(store) }
  const ofSystems = { ...ofPeople, ...instanceFilters(store) }
  return [
    searchRoute(store, listing, {
      path: '/v2/process-instances/search',
      policy: 'tasks',
      summary: 'Search process instances; people find those they may see',
      filters: (who) => (who.type === 'client' ? ofSystems : ofPeople),
    }),
    getRoute(store, listing, { path: '/v2/process-instances/:key', policy: 'tasks', summary: 'One process instance' }),
  ]
}
