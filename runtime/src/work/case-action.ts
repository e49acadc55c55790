import { type CaseAction, Rejection } from '@bihuan/engine'
import { and, asc, eq } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { actsOf, maySeeCase } from '../identity/access.ts'
import { workPositions } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { acceptAnswers } from './answers.ts'
import { dataOf, scopesOf, streamOf } from './case-data.ts'
import { aboutAction, dropDraft, saveDraft } from './draft.ts'
import { actorOf, isAnswered } from './task.ts'

/** An act on a running case that a person may do now. */
export interface OpenAction {
  readonly subscription: Row<'subscription'>
  readonly action: CaseAction
}

const mayDo = (person: Person, action: CaseAction): boolean =>
  workPositions(person).some((held) =>
    action.candidates.some((one) => one.role === held.role && one.unitId === held.unit.id),
  )

/** Acts of a case a person may do, oldest first. */
export async function actionsFor(
  { store }: Services,
  person: Person,
  instanceKey: number,
): Promise<readonly OpenAction[]> {
  const { subscription } = store.tables
  const rows = await store.read
    .select()
    .from(subscription)
    .where(eq(subscription.instanceKey, instanceKey))
    .orderBy(asc(subscription.key))
  return rows.flatMap((row) =>
    row.action && mayDo(person, row.action) ? [{ subscription: row, action: row.action }] : [],
  )
}

/**
 * One act with its case and form, and what that form may read: of the called process where the act waits in one. Throws
 * `PROCESS_INSTANCE_ENDED` or `STATE_CONFLICT` for one whose time has passed, `NOT_FOUND` for what is not the person's to
 * do.
 */
export async function openAction(services: Services, person: Person, instanceKey: number, key: number) {
  const { store } = services
  if (!(await maySeeCase(store, person, instanceKey)) && !(await wasOffered(store, person, instanceKey, key)))
    throw new Rejection('NOT_FOUND')
  const found = (await actionsFor(services, person, instanceKey)).find((one) => one.subscription.key === key)
  if (!found) throw await noLonger(services, instanceKey, key)
  const { processInstance, elementInstance } = services.store.tables
  const [instance] = await services.store.read
    .select()
    .from(processInstance)
    .where(eq(processInstance.key, instanceKey))
    .limit(1)
  if (!instance) throw new Rejection('NOT_FOUND')
  const { elementId, elementInstanceKey } = found.subscription
  const [waiting] = await services.store.read
    .select({ definitionKey: elementInstance.definitionKey })
    .from(elementInstance)
    .where(eq(elementInstance.key, elementInstanceKey))
    .limit(1)
  const place = { definitionKey: waiting?.definitionKey ?? instance.definitionKey, elementId }
  const form = await services.forms.forStep(found.action.formKey, place)
  const scopes = await scopesOf(services.store, instance.key, elementInstanceKey)
  const { context } = await dataOf(services.store, instance, scopes.at(-1) ?? instance.key)
  return { ...found, form, context }
}

/** Whether an act, open or not, is for a position of the person: who has missed it may have filled in its form. */
async function wasOffered(store: Store, person: Person, instanceKey: number, key: number): Promise<boolean> {
  const { actionCandidate: t } = store.tables
  const rows = await store.read
    .select({ key: t.subscriptionKey })
    .from(t)
    .where(and(eq(t.instanceKey, instanceKey), eq(t.subscriptionKey, key), actsOf(store, person)))
    .limit(1)
  return rows.length > 0
}

/** Why an act cannot be done that the person may know of. */
async function noLonger({ store }: Services, instanceKey: number, key: number): Promise<Rejection> {
  const { messageSubscription: m, processInstance: p } = store.tables
  const [row] = await store.read
    .select({ state: m.state, endedAt: p.endedAt })
    .from(m)
    .innerJoin(p, eq(p.key, m.instanceKey))
    .where(and(eq(m.key, key), eq(m.instanceKey, instanceKey)))
  if (!row || row.state === 'created') return new Rejection('NOT_FOUND')
  return new Rejection(row.endedAt === null ? 'STATE_CONFLICT' : 'PROCESS_INSTANCE_ENDED')
}

/** Does an act: sends its message to the case with the answers. A repeated request does nothing more. */
export async function doAction(
  services: Services,
  person: Person,
  instanceKey: number,
  key: number,
  given: { readonly formKey: string | null; readonly answers: { readonly [name: string]: unknown } },
  requestId: string,
): Promise<void> {
  const open = await openAction(services, person, instanceKey, key).catch(async (error: unknown) => {
    if (await isAnswered(services, streamOf(key), requestId, actorOf(person))) return null
    throw error
  })
  if (!open) return
  const { subscription, form, context } = open
  await saveDraft(services, person.id, aboutAction(key), { ...given.answers })
  const variables = await acceptAnswers(services, {
    form,
    formKey: given.formKey,
    answers: given.answers,
    data: context,
    personId: person.id,
    instanceKey,
  })
  await services.host.submit({
    kind: 'message.correlate',
    key,
    actor: actorOf(person),
    requestId,
    // Sent to this very subscription: there is no message of its own beside it.
    value: { messageName: subscription.messageName, messageKey: 0, variables },
  })
  await dropDraft(services, person.id, aboutAction(key))
}
