import { type FlowNode, type Key, type ProcessDefinition, Rejection, statusOf } from '@bihuan/engine'
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type {
  DrawnElement,
  FailingJobs,
  MigrationMappings,
  MigrationResult,
  OperatedDefinitions,
  OperatedHealth,
  PlanMigration,
} from '../contract/contract.ts'
import { readCursor, readKey, time, timeOrNull, wireKey, writeCursor } from '../contract/wire.ts'
import { openStates } from '../db/schema/process-instance.ts'
import type { Store } from '../db/store.ts'
import type { MigrationPage } from '../host/migration.ts'
import { casesLookedAfter } from '../identity/reach.ts'
import type { Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { definitionOf } from './definition-of.ts'
import { wordsOf } from './operated-words.ts'

const PAGE = 100
/** Versions that are named at most: those of processes of which cases run. */
const DEFINITIONS = 1000

/** Steps of a drawing that may be named: what is there only beside another, or begins it, is left out. */
export function namedElements({ nodes }: ProcessDefinition): DrawnElement[] {
  const isNamed = ({ type, own }: FlowNode) =>
    type !== 'bpmn:BoundaryEvent' && type !== 'bpmn:StartEvent' && !('byEvent' in own && own.byEvent)
  return Object.values(nodes)
    .filter(isNamed)
    .map(({ id, name, type }) => ({ elementId: id, name, type }))
}

/** The versions of the processes of which cases within reach run, with how many. */
export async function readDefinitions({ store }: Services, who: Who): Promise<OperatedDefinitions> {
  const { processInstance, processDefinition: t } = store.tables
  const reach = await casesLookedAfter(store, who)
  const counts = await store.scan
    .select({ key: processInstance.definitionKey, processId: processInstance.processId, running: count() })
    .from(processInstance)
    .where(and(inArray(processInstance.state, openStates), reach))
    .groupBy(processInstance.definitionKey, processInstance.processId)
  const ids = [...new Set(counts.map(({ processId }) => processId))]
  const running = new Map(counts.map((one) => [one.key, Number(one.running)]))
  const rows =
    ids.length === 0
      ? []
      : await store.read
          .select({ key: t.key, id: t.processId, name: t.name, version: t.version, latest: t.latest })
          .from(t)
          .where(inArray(t.processId, ids))
          .orderBy(asc(t.processId), desc(t.version))
          .limit(DEFINITIONS)
  return { items: rows.map((row) => ({ ...row, key: wireKey(row.key), running: running.get(row.key) ?? 0 })) }
}

/** What becomes of each element between two definitions without saying. Throws `NOT_FOUND`. */
export async function readMappings({ host }: Services, from: Key, to: Key): Promise<MigrationMappings> {
  const [source, target] = [await host.definition(from), await host.definition(to)]
  return {
    mappings: (await host.suggestMappings(from, to)).map((one) => ({ ...one })),
    sources: namedElements(source),
    targets: namedElements(target),
  }
}

/** A page of the running cases of a definition within reach, after a key: which, and where the next page begins. */
export async function migrationPage(
  { store, host }: Services,
  who: Who,
  { from, after, limit = PAGE }: PlanMigration,
): Promise<{ readonly instanceKeys: readonly Key[]; readonly next: Key | null }> {
  const definitionKey = readKey(from)
  await host.definition(definitionKey)
  const { processInstance: t } = store.tables
  const rows = await store.read
    .select({ key: t.key })
    .from(t)
    .where(
      and(
        eq(t.definitionKey, definitionKey),
        gt(t.key, after === undefined ? 0 : readKey(after)),
        isNull(t.endedAt),
        await casesLookedAfter(store, who),
      ),
    )
    .orderBy(asc(t.key))
    .limit(limit + 1)
  const instanceKeys = rows.slice(0, limit).map(({ key }) => key)
  return { instanceKeys, next: rows.length > limit ? (instanceKeys.at(-1) ?? null) : null }
}

/** A page of a migration, planned or carried out, as it is told. */
export async function showMigration(store: Store, { items, next }: MigrationPage): Promise<MigrationResult> {
  const { processInstance: t } = store.tables
  const keys = items.map(({ instanceKey }) => instanceKey)
  const rows = keys.length === 0 ? [] : await store.read.select().from(t).where(inArray(t.key, keys))
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return {
    items: items.flatMap(({ instanceKey, rejection }) => {
      const row = byKey.get(instanceKey)
      if (!row) return []
      return [
        {
          caseKey: wireKey(instanceKey),
          caseNumber: row.number,
          unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
          refusal: rejection && wordsOf(rejection),
        },
      ]
    }),
    next: next === null ? null : wireKey(next),
  }
}

/** Jobs within reach that failed and may still be tried, the next to be tried first. */
export async function readFailingJobs({ store }: Services, who: Who, cursor: string | undefined): Promise<FailingJobs> {
  const { job, processInstance, elementInstance, processDefinition } = store.tables
  const { processId, processName, version } = definitionOf(store, elementInstance.definitionKey)
  const nextAt = sql<number>`coalesce(${job.retryAt}, 0)`.mapWith(Number)
  const from = readCursor(cursor)
  const rows = await store.read
    .select({ job, instance: processInstance, nextAt, processId, processName, version })
    .from(job)
    .innerJoin(processInstance, eq(processInstance.key, job.instanceKey))
    .leftJoin(elementInstance, eq(elementInstance.key, job.elementInstanceKey))
    .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey))
    .where(
      and(
        inArray(job.state, ['created', 'failed']),
        gt(job.retries, 0),
        isNotNull(job.errorMessage),
        await casesLookedAfter(store, who),
        from ? or(gt(nextAt, from.at), and(eq(nextAt, from.at), gt(job.key, from.key))) : undefined,
      ),
    )
    .orderBy(asc(nextAt), asc(job.key))
    .limit(PAGE + 1)
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    items: rows.slice(0, PAGE).map(({ job, instance, processId: id, processName: name, version }) => ({
      key: wireKey(job.key),
      type: job.type,
      caseKey: wireKey(instance.key),
      caseNumber: instance.number,
      unit: { id: instance.unitId, name: instance.unitName, level: instance.unitLevel },
      process: { id, name, version },
      elementId: job.elementId,
      elementName: job.name,
      retries: job.retries,
      error: job.errorMessage,
      nextAt: timeOrNull(job.retryAt),
    })),
    next: last ? writeCursor({ at: last.nextAt, key: last.job.key }) : null,
  }
}

/** How the server is. */
export async function readHealth({ host }: Services): Promise<OperatedHealth> {
  const { status, reason, alarms } = host.health()
  const all = await host.figures()
  const { queued, inFlight, shed, conflicts, failedGroups, lastGroupMs, liveInstances } = all
  const { walBytes, freeBytes, timersDue, outboxDue, outboxWaiting, retrying } = all
  return {
    status,
    reason,
    alarms: [...alarms],
    figures: {
      queued,
      inFlight,
      shed,
      conflicts,
      failedGroups,
      lastGroupMs,
      liveInstances,
      walBytes,
      freeBytes,
      timersDue,
      outboxDue,
      outboxWaiting,
      retrying,
    },
    now: time(host.clock.now()),
  }
}

/** Whether a refusal is about the one thing it met, and not about the host as a whole. */
export const isOfOne = (error: unknown): error is Rejection => error instanceof Rejection && statusOf(error.code) < 500
