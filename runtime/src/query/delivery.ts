import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Deliveries } from '../contract/contract.ts'
import { readCursor, time, timeOrNull, wireKey, writeCursor } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'
import { casesLookedAfter } from '../identity/reach.ts'
import type { Who } from '../identity/who.ts'

const PAGE = 100

/**
 * What built-in workers have still to send, the next first: of the units an operator looks after and those below
 * them; of all for systems.
 */
export async function readDeliveries(store: Store, who: Who, cursor: string | undefined): Promise<Deliveries> {
  const { delivery, job, processInstance } = store.tables
  const from = readCursor(cursor)
  const after = from && or(gt(delivery.dueAt, from.at), and(eq(delivery.dueAt, from.at), gt(delivery.key, from.key)))
  const rows = await store.read
    .select({ delivery, job, instance: processInstance })
    .from(delivery)
    .innerJoin(job, eq(job.key, delivery.key))
    .innerJoin(processInstance, eq(processInstance.key, job.instanceKey))
    .where(and(await casesLookedAfter(store, who), after ?? undefined))
    .orderBy(asc(delivery.dueAt), asc(delivery.key))
    .limit(PAGE + 1)
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return {
    items: items.map(({ delivery, job, instance }) => ({
      key: wireKey(job.key),
      type: job.type,
      target: delivery.target,
      caseKey: wireKey(instance.key),
      caseNumber: instance.number,
      elementId: job.elementId,
      elementName: job.name,
      attempts: delivery.attempts,
      attemptedAt: timeOrNull(delivery.attemptedAt),
      retries: job.retries,
      error: job.errorMessage,
      nextAt: time(delivery.dueAt),
    })),
    next: rows.length > PAGE && last ? writeCursor({ at: last.delivery.dueAt, key: last.delivery.key }) : null,
  }
}
