import type { Key } from '@bihuan/engine'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { openStates } from '../db/schema/process-instance.ts'
import type { Store } from '../db/store.ts'

/**
 * The first case a message has begun, else the first it has reached, whether it is still kept or not; null when it has
 * reached none.
 */
export async function reachedBy({ read, tables }: Store, messageKey: Key): Promise<Key | null> {
  const { correlatedMessage: t } = tables
  const [first] = await read
    .select({ instanceKey: t.instanceKey })
    .from(t)
    .where(eq(t.messageKey, messageKey))
    // 0 stands for the start events, which come before every subscription.
    .orderBy(asc(t.subscriptionKey), asc(t.instanceKey))
    .limit(1)
  return first?.instanceKey ?? null
}

/** The case of a process that a message has reached; null when there is none. */
export async function reachedOf({ read, tables }: Store, messageKey: Key, processId: string): Promise<Key | null> {
  const { messageCorrelation, correlatedMessage: kept, messageSubscription, processInstance } = tables
  const { elementInstance, processDefinition: called } = tables
  const [buffered] = await read
    .select({ instanceKey: messageCorrelation.instanceKey })
    .from(messageCorrelation)
    .where(and(eq(messageCorrelation.messageKey, messageKey), eq(messageCorrelation.processId, processId)))
  if (buffered) return buffered.instanceKey
  // The message may have been forgotten since it was handed over.
  const [forgotten] = await read
    .select({ instanceKey: kept.instanceKey })
    .from(kept)
    .innerJoin(processInstance, eq(processInstance.key, kept.instanceKey))
    .leftJoin(messageSubscription, eq(messageSubscription.key, kept.subscriptionKey))
    .leftJoin(elementInstance, eq(elementInstance.key, messageSubscription.elementInstanceKey))
    .leftJoin(called, eq(called.key, elementInstance.definitionKey))
    .where(
      and(
        eq(kept.messageKey, messageKey),
        eq(sql`coalesce(${called.processId}, ${processInstance.processId})`, processId),
      ),
    )
    .limit(1)
  return forgotten?.instanceKey ?? null
}

/** Whether a case that a message of this correlation key began still runs: there is one at a time. */
export async function isBegun({ read, tables }: Store, processId: string, correlationKey: string): Promise<boolean> {
  if (correlationKey === '') return false
  const { messageStart, processInstance } = tables
  const running = await read
    .select({ key: processInstance.key })
    .from(messageStart)
    .innerJoin(processInstance, eq(processInstance.key, messageStart.instanceKey))
    .where(
      and(
        eq(messageStart.processId, processId),
        eq(messageStart.correlationKey, correlationKey),
        inArray(processInstance.state, openStates),
      ),
    )
  return running.length > 0
}
