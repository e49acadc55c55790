import { type CandidateRef, contextOf, type FeelContext, type ProcessDefinition, Rejection } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import { unitLine } from '../identity/person.ts'
import { workPositions } from '../identity/role.ts'
import type { Person, UnitName } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { acceptAnswers } from './answers.ts'
import { aboutStart, dropDraft, type Keep } from './draft.ts'
import type { DeployedForm } from './form-judge.ts'
import { actorOf } from './task.ts'

/** A process a person may start, and for which units. */
export interface StartableProcess {
  readonly definition: Row<'processDefinition'>
  readonly units: readonly UnitName[]
}

/** Units for which a person may start a process: where he holds a role of its start event, at its level. */
function unitsFor(person: Person, starters: readonly CandidateRef[] | null): readonly UnitName[] {
  const held = workPositions(person).filter((position) =>
    (starters ?? []).some(
      (one) => one.role === position.role && (one.level === null || one.level === position.unit.level),
    ),
  )
  return [...new Map(held.map((position) => [position.unit.id, position.unit])).values()]
}

/** What a person may start: the newest version of each process that takes new cases. */
export async function startableBy({ store }: Services, person: Person): Promise<readonly StartableProcess[]> {
  const { processDefinition } = store.tables
  const rows = await store.read
    .select()
    .from(processDefinition)
    .where(and(eq(processDefinition.latest, true), eq(processDefinition.retired, false)))
  return rows
    .map((definition) => ({ definition, units: unitsFor(person, definition.starters) }))
    .filter((one) => one.units.length > 0)
    .sort((a, b) => a.definition.processId.localeCompare(b.definition.processId))
}

/**
 * One process a person may start. Throws `NOT_FOUND` when there is none or it is not his to start, `PROCESS_RETIRED`
 * when it takes no new cases.
 */
export async function findStartable(services: Services, person: Person, processId: string): Promise<StartableProcess> {
  const found = await ownStartable(services, person, processId)
  if (found.definition.retired) throw new Rejection('PROCESS_RETIRED', { processId })
  return found
}

/** The same, retired or not: what was started before it was retired may be asked for again. */
async function ownStartable(services: Services, person: Person, processId: string): Promise<StartableProcess> {
  const { processDefinition } = services.store.tables
  const [definition] = await services.store.read
    .select()
    .from(processDefinition)
    .where(and(eq(processDefinition.processId, processId), eq(processDefinition.latest, true)))
    .limit(1)
  const units = definition ? unitsFor(person, definition.starters) : []
  if (!definition || units.length === 0) throw new Rejection('NOT_FOUND')
  return { definition, units }
}

/** The none start event of a process; null when only events start it. */
export const startElementOf = (process: ProcessDefinition): string | null =>
  process.scopes[process.id]?.startEventId ?? null

/**
 * The start form of a process, as who starts it may have it: the one its package was published with, else the newest
 * version; null when it has none.
 */
export async function startForm(
  { forms, host }: Services,
  definition: Pick<Row<'processDefinition'>, 'key' | 'startFormId' | 'bound'>,
): Promise<DeployedForm | null> {
  const latest = definition.startFormId === null ? null : await forms.used(definition.startFormId, definition.bound)
  const elementId = startElementOf(await host.definition(definition.key))
  if (!latest || elementId === null) return latest
  return forms.forStep(latest.row.key, { definitionKey: definition.key, elementId })
}

/** What a start form may read: the unit, the parameters a case started now would have, and nothing of any case. */
export async function startData(
  { store, host }: Services,
  definitionKey: number,
  unit: UnitName | undefined,
): Promise<FeelContext> {
  if (!unit) return contextOf({ parameters: await host.parametersFor(definitionKey, []) })
  return contextOf({
    parameters: await host.parametersFor(definitionKey, await unitLine(store, unit.id)),
    case: { key: null, number: null, unit: { ...unit } },
  })
}

/** Starts a case with a person's answers, for a unit in which he may. `keep` has them until it has started. */
export async function startCase(
  services: Services,
  person: Person,
  given: {
    readonly processId: string
    readonly unitId: string
    readonly formKey: string | null
    readonly answers: { readonly [name: string]: unknown }
  },
  requestId: string,
  keep: Keep,
): Promise<{ readonly instanceKey: number }> {
  const { definition, units } = await ownStartable(services, person, given.processId)
  const about = aboutStart(given.processId)
  await keep(about, given.answers)
  const unit = units.find((one) => one.id === given.unitId)
  if (!unit) throw new Rejection('FORBIDDEN')
  const form = await startForm(services, definition)
  const asked = { actor: actorOf(person), requestId, asked: given }
  let instanceKey: number
  try {
    const variables = await acceptAnswers(services, {
      form,
      formKey: given.formKey,
      answers: given.answers,
      data: await startData(services, definition.key, unit),
      personId: person.id,
      instanceKey: null,
    })
    const units = await unitLine(services.store, unit.id)
    const request = { definitionKey: definition.key, units, variables, formKey: form?.row.key ?? null, ...asked }
    instanceKey = (await services.host.start(request)).instanceKey
  } catch (error) {
    // Only the reply was lost: what has changed since then refuses nothing that is done.
    const before = await services.host.started(asked)
    if (before === null) throw error
    instanceKey = before.instanceKey
  }
  await dropDraft(services, person.id, about)
  return { instanceKey }
}
