import { accessOf, type FieldEntry, type Key } from '@bihuan/engine'
import { and, eq, exists, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { actsOpenTo, caseVisible, heldBy, namedIn } from '../identity/access.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { collectionsOf, isOneOfMany, type Processes } from './one-of-many.ts'
import { startElementOf } from './start.ts'

/** Whether a person may see the value of a variable, by its top-level name. */
export type Sees = (name: string) => boolean

/**
 * What a person may see of the fields of a case beside his own forms: those of grade `public`, and those that a step of
 * his fills or reads (a start he made, a task he has, had or is offered, an act that is open to him). What is sensitive
 * and each of several fills in for himself, as a vote or in an act that can be done again, is not shown to the others, and
 * neither is the list that collects it. Other names the dictionary does not hold are as the forms show them.
 */
export async function seenBy(
  services: Pick<Services, 'store' | 'forms' | 'host'>,
  person: Person,
  instance: Pick<Row<'processInstance'>, 'key' | 'definitionKey' | 'startedBy'>,
): Promise<Sees> {
  const { store } = services
  const called = () => calledBy(store, instance.key)
  return seenAt(services, person, instance, () => stepsOf(store, person, instance.key), called)
}

/**
 * The same by steps that are known otherwise, such as those of an archived case.
 * @param calledByIt definitions of the processes it has called
 */
export async function seenAt(
  services: Pick<Services, 'forms' | 'host'>,
  person: Person,
  instance: Pick<Row<'processInstance'>, 'definitionKey' | 'startedBy'>,
  stepsOfHis: () => Promise<readonly string[]>,
  calledByIt: () => Promise<readonly Key[]>,
): Promise<Sees> {
  const dictionary = await services.forms.dictionary(instance.definitionKey)
  if (!dictionary) return () => true
  const process = await services.host.definition(instance.definitionKey)
  const steps = [...(await stepsOfHis())]
  const start = instance.startedBy === person.id ? startElementOf(process) : null
  if (start !== null) steps.push(start)
  const called = await Promise.all((await calledByIt()).map((key) => services.host.definition(key)))
  const processes: Processes = [process, ...called]
  const granted = steps.map((step) => ({
    access: accessOf(dictionary, step),
    isOneOfMany: isOneOfMany(processes, step),
  }))
  const isHidden = ({ key, grade }: FieldEntry) =>
    grade !== 'public' &&
    granted.every(({ access, isOneOfMany }) => {
      const cell = access[key] ?? 'none'
      return cell === 'none' || (cell !== 'read' && grade === 'sensitive' && isOneOfMany)
    })
  const hidden = new Set(dictionary.fields.filter(isHidden).map(({ key }) => key))
  const isWrittenAt = (step: string): boolean =>
    Object.entries(accessOf(dictionary, step)).some(
      ([key, cell]) => hidden.has(key) && (cell === 'write' || cell === 'required'),
    )
  for (const { name, steps } of collectionsOf(processes)) if (steps.some(isWrittenAt)) hidden.add(name)
  return (name) => !hidden.has(name)
}

/** The values among `values` that may be seen. */
export function onlySeen<V>(values: { readonly [name: string]: V }, sees: Sees): { [name: string]: V } {
  return Object.fromEntries(Object.entries(values).filter(([name]) => sees(name.split('.')[0] ?? name)))
}

/** Cases whose rows are looked through in no time. */
const FEW = 50

/**
 * Whether a field names a file that a person may see, in a case that he may see. However many cases name it, each field
 * of a definition is judged once for each step of his.
 */
export async function seesFile(
  services: Pick<Services, 'store' | 'forms' | 'host'>,
  person: Person,
  fileId: string,
): Promise<boolean> {
  const { read, scan, tables } = services.store
  const { actionCandidate, caseFile, elementInstance, processInstance, subscription, userTask } = tables
  const some = await read
    .select({ key: caseFile.instanceKey })
    .from(caseFile)
    .where(eq(caseFile.fileId, fileId))
    .limit(FEW + 1)
  // Nobody's picture waits behind a search, and no file that thousands of cases name holds everybody up.
  const from = some.length > FEW ? scan : read
  const found = {
    definitionKey: processInstance.definitionKey,
    name: caseFile.name,
    isHis: sql`coalesce(${processInstance.startedBy} = ${person.id}, false)`.mapWith(Boolean),
  }
  const named = await from
    .selectDistinct({ ...found, elementId: userTask.elementId, calledKey: userTask.definitionKey })
    .from(caseFile)
    .innerJoin(processInstance, eq(processInstance.key, caseFile.instanceKey))
    .leftJoin(userTask, and(ofCase(userTask.key, processInstance.key), isHisTask(services.store, person)))
    .where(and(eq(caseFile.fileId, fileId), caseVisible(services.store, person, caseFile.instanceKey)))
  const atActs = await from
    .selectDistinct({ ...found, elementId: subscription.elementId, calledKey: elementInstance.definitionKey })
    .from(caseFile)
    .innerJoin(processInstance, eq(processInstance.key, caseFile.instanceKey))
    .innerJoin(
      actionCandidate,
      and(eq(actionCandidate.instanceKey, caseFile.instanceKey), actsOpenTo(services.store, person)),
    )
    .innerJoin(subscription, eq(subscription.key, actionCandidate.subscriptionKey))
    .leftJoin(elementInstance, eq(elementInstance.key, subscription.elementInstanceKey))
    .where(eq(caseFile.fileId, fileId))
  for (const { definitionKey, name, isHis, elementId, calledKey } of [...named, ...atActs]) {
    const instance = { definitionKey, startedBy: isHis ? person.id : '' }
    const steps = async () => (elementId === null ? [] : [elementId])
    const called = async () => (calledKey === null ? [] : [calledKey])
    const sees = await seenAt(services, person, instance, steps, called)
    if (sees(name)) return true
  }
  return false
}

/** Definitions of the processes a case has called. */
async function calledBy({ read, tables: { elementInstance: e } }: Store, instanceKey: Key): Promise<readonly Key[]> {
  const rows = await read
    .selectDistinct({ definitionKey: e.definitionKey })
    .from(e)
    .where(and(ofCase(e.key, instanceKey), isNotNull(e.definitionKey)))
  return rows.map(({ definitionKey }) => definitionKey!)
}

/** Elements of a case at which a person has, had or is offered a task, or may act now. */
async function stepsOf(store: Store, person: Person, instanceKey: number): Promise<string[]> {
  const { actionCandidate, subscription, userTask } = store.tables
  const acts = await store.read
    .selectDistinct({ elementId: subscription.elementId })
    .from(actionCandidate)
    .innerJoin(subscription, eq(subscription.key, actionCandidate.subscriptionKey))
    .where(and(eq(actionCandidate.instanceKey, instanceKey), actsOpenTo(store, person)))
  const rows = await store.read
    .selectDistinct({ elementId: userTask.elementId })
    .from(userTask)
    .where(and(ofCase(userTask.key, instanceKey), isHisTask(store, person)))
  return [...rows, ...acts].map(({ elementId }) => elementId)
}

/** Tasks that a person has, had or is offered, by a position or by name. */
function isHisTask(store: Store, person: Person): SQL | undefined {
  const { userTask, taskCandidate } = store.tables
  const offered = store.read
    .select({ one: sql`1` })
    .from(taskCandidate)
    .where(and(eq(taskCandidate.taskKey, userTask.key), heldBy(store, person)))
  return or(
    eq(userTask.assignee, person.id),
    eq(userTask.completedBy, person.id),
    namedIn(store, person),
    exists(offered),
  )
}
