import { accessOf, type FieldEntry, type FlowNode, type ProcessDefinition } from '@bihuan/engine'
import { and, eq, exists, or, type SQL, sql } from 'drizzle-orm'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { caseVisible, heldBy, namedIn } from '../identity/access.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { startElementOf } from './start.ts'

/** Whether a person may see the value of a variable, by its top-level name. */
export type Sees = (name: string) => boolean

/**
 * What a person may see of the fields of a case beside his own forms: those of grade `public`, and those that a step of
 * his fills or reads (a start he made, a task he has, had or is offered). What is sensitive and each of several fills in
 * for himself, as a vote, is not shown to the others, and neither is the list that collects it. Other names the
 * dictionary does not hold are as the forms show them.
 */
export async function seenBy(
  services: Pick<Services, 'store' | 'forms' | 'host'>,
  person: Person,
  instance: Pick<Row<'processInstance'>, 'key' | 'definitionKey' | 'startedBy'>,
): Promise<Sees> {
  return seenAt(services, person, instance, () => stepsOf(services.store, person, instance.key))
}

/** The same by steps that are known otherwise, such as those of an archived case. */
export async function seenAt(
  services: Pick<Services, 'forms' | 'host'>,
  person: Person,
  instance: Pick<Row<'processInstance'>, 'definitionKey' | 'startedBy'>,
  stepsOfHis: () => Promise<readonly string[]>,
): Promise<Sees> {
  const dictionary = await services.forms.dictionary(instance.definitionKey)
  if (!dictionary) return () => true
  const process = await services.host.definition(instance.definitionKey)
  const steps = [...(await stepsOfHis())]
  const start = instance.startedBy === person.id ? startElementOf(process) : null
  if (start !== null) steps.push(start)
  const granted = steps.map((step) => ({ access: accessOf(dictionary, step), isOneOfMany: isOneOfMany(process, step) }))
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
  for (const { name, steps } of collectionsOf(process)) if (steps.some(isWrittenAt)) hidden.add(name)
  return (name) => !hidden.has(name)
}

/** Lists in which multi-instances collect what each instance gave, with the steps that are done within one. */
function collectionsOf({ nodes }: ProcessDefinition): { readonly name: string; readonly steps: readonly string[] }[] {
  return Object.values(nodes).flatMap(({ id, multiInstance }) => {
    const name = multiInstance?.outputCollection
    const isWithin = (step: FlowNode | undefined): boolean =>
      step !== undefined && (step.id === id || isWithin(nodes[step.scopeId]))
    return name
      ? [
          {
            name,
            steps: Object.values(nodes)
              .filter(isWithin)
              .map((step) => step.id),
          },
        ]
      : []
  })
}

/** Whether a step is done by several, each for himself: it, or a scope around it, is multi-instance. */
function isOneOfMany({ nodes }: ProcessDefinition, step: string): boolean {
  for (let node = nodes[step]; node; node = nodes[node.scopeId]) if (node.multiInstance) return true
  return false
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
  const { caseFile, processInstance, userTask } = tables
  const some = await read
    .select({ key: caseFile.instanceKey })
    .from(caseFile)
    .where(eq(caseFile.fileId, fileId))
    .limit(FEW + 1)
  // Nobody's picture waits behind a search, and no file that thousands of cases name holds everybody up.
  const from = some.length > FEW ? scan : read
  const named = await from
    .selectDistinct({
      definitionKey: processInstance.definitionKey,
      name: caseFile.name,
      isHis: sql`coalesce(${processInstance.startedBy} = ${person.id}, false)`.mapWith(Boolean),
      elementId: userTask.elementId,
    })
    .from(caseFile)
    .innerJoin(processInstance, eq(processInstance.key, caseFile.instanceKey))
    .leftJoin(userTask, and(ofCase(userTask.key, processInstance.key), isHisTask(services.store, person)))
    .where(and(eq(caseFile.fileId, fileId), caseVisible(services.store, person)))
  for (const { definitionKey, name, isHis, elementId } of named) {
    const instance = { definitionKey, startedBy: isHis ? person.id : '' }
    const sees = await seenAt(services, person, instance, async () => (elementId === null ? [] : [elementId]))
    if (sees(name)) return true
  }
  return false
}

/** Elements of a case at which a person has, had or is offered a task. */
async function stepsOf(store: Store, person: Person, instanceKey: number): Promise<string[]> {
  const { userTask } = store.tables
  const rows = await store.read
    .selectDistinct({ elementId: userTask.elementId })
    .from(userTask)
    .where(and(ofCase(userTask.key, instanceKey), isHisTask(store, person)))
  return rows.map(({ elementId }) => elementId)
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
