import type { FactValues, ProcessDefinition, Why } from '@bihuan/engine'
import { eq, inArray } from 'drizzle-orm'
import { verifyTrail } from '../audit/verify.ts'
import type { Trail, TrailEntry } from '../contract/contract.ts'
import { time } from '../contract/wire.ts'
import { hasPartInCase } from '../identity/access.ts'
import { namesOf } from '../identity/person.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { type ReadRow, readRows, streamOf } from '../work/case-data.ts'
import { onlySeen, type Sees, seenBy } from '../work/field-access.ts'
import { describe, describeStart } from './answer.ts'
import { placesOf } from './called-place.ts'
import { capacitiesOf } from './capacity.ts'
import { findCase } from './case.ts'
import { candidateWords } from './task.ts'
import { type Saying, type Spoken, sayRow } from './trail-saying.ts'

const MAX_ROWS = 2000
/** Rows whose hashes are checked for one request; `bihuan verify` checks all. */
const MAX_CHECKED = 10_000

/**
 * Everything that happened in a case, in order, and whether its chain holds now. `after` is the sequence the page before
 * ended with, 0 for the first.
 */
export async function readTrail(services: Services, person: Person, key: number, after: number): Promise<Trail> {
  const instance = await findCase(services, person, key)
  const { store } = services
  const stream = streamOf(key)
  const rows = await readRows(store, stream, after, MAX_ROWS)
  const placeOf = await placesOf(services, instance, rows)
  const spoken = rows.flatMap((row) => sayRow(row))
  const name = await namesOf(store, [
    ...rows.filter((row) => row.row.actorType === 'person').map((row) => row.row.actorId),
    ...spoken.flatMap(({ saying }) => [...Object.values(saying.people ?? {}), ...(saying.offered?.people ?? [])]),
  ])
  // Who may act on the case and has no part in its tasks reads what happened, and of people himself alone.
  const seesPeople = await hasPartInCase(store, person, key)
  const personNamed = (id: string): string | null => (seesPeople || id === person.id ? name(id) : null)
  const clientName = await clientNames(services, rows)
  const offered = await offeredTo(services, spoken)
  const capacities = await capacitiesOf(services, key, spoken)
  const formOf = actionForms(rows)
  const shared = await seenBy(services, person, instance)
  const entries: TrailEntry[] = []
  for (const [index, { row, kind, factKey, value, saying }] of spoken.entries()) {
    const { process, callId } = placeOf(factKey, value, row.row.sequence)
    const form = formOf(factKey, row.row.sequence)
    const { actorType, actorId } = row.row
    // What one has written oneself is no secret from oneself.
    const isOwn = actorType === 'person' && actorId === person.id
    const sees: Sees = isOwn ? () => true : shared
    const people = (saying.offered?.people ?? []).flatMap((id) => personNamed(id) ?? [])
    const candidates = new Set([...(offered.get(index) ?? []), ...people])
    const actor =
      actorType === 'person'
        ? personNamed(actorId)
        : actorType === 'client'
          ? (clientName.get(actorId) ?? actorId)
          : actorId
    entries.push({
      sequence: row.row.sequence,
      at: time(row.row.at),
      actor: actor === null ? { type: 'withheld', id: '', name: '' } : { type: actorType, id: actorId, name: actor },
      kind,
      elementId: callId ?? saying.elementId ?? null,
      elementName: saying.elementId === undefined ? null : nameOf(process, saying.elementId),
      // What has no name in the drawing is left out: an id says nothing to people.
      facts: {
        ...plain({
          ...saying.facts,
          ...(saying.facts?.flow && { flow: process.flows[saying.facts.flow]?.name }),
          ...(saying.facts?.target && { target: nameOf(process, saying.facts.target) }),
          // Stages of a called process are none of the case.
          ...(saying.facts?.stage && { stage: callId === null ? process.nodes[saying.facts.stage]?.stage : null }),
        }),
        ...plain(
          Object.fromEntries(
            Object.entries(saying.people ?? {}).map(([fact, id]) => [fact, id === null ? null : personNamed(id)]),
          ),
        ),
        // An office that one person holds is as good as his name.
        ...(actor !== null && plain({ as: capacities.get(index)?.map(within(instance.unitName)).join('、') })),
        ...(candidates.size > 0 && { candidates: [...candidates].join('、') }),
        ...(kind === 'messageSubscription.correlated' && form && { action: form.label }),
      },
      answers: saying.start
        ? await describeStart(services, instance.definitionKey, saying.start, sees)
        : await answersOf(services, saying, form?.formKey ?? null, sees),
      why: saying.why && (seesPeople || !saying.offered) ? becauseOf(saying.why, shared) : null,
      messages: saying.messages ?? null,
      important: saying.important ?? false,
    })
  }
  const next = rows.length === MAX_ROWS ? (rows.at(-1)?.row.sequence ?? null) : null
  return { entries, next, chain: await chainOf(services, stream) }
}

/** A reason with what may be seen of it: values and names of data; kinds of values give nothing away. */
const becauseOf = ({ rule, inputs, result, missing, unlike }: Why, sees: Sees): NonNullable<TrailEntry['why']> => ({
  rule,
  inputs: onlySeen(inputs, sees),
  result,
  ...(missing && { missing: missing.filter((name) => sees(name.split('.')[0] ?? name)) }),
  ...(unlike && { unlike: [...unlike] }),
})

const nameOf = (process: ProcessDefinition, elementId: string): string | null => process.nodes[elementId]?.name ?? null

function plain(facts: { readonly [name: string]: string | null | undefined } | undefined): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(facts ?? {}).filter((entry): entry is [string, string] => entry[1] != null && entry[1] !== ''),
  )
}

/** A position without its unit, where that is the unit of the case. */
const within = (unitName: string) => (words: string) =>
  words.startsWith(`${unitName} `) ? words.slice(unitName.length + 1) : words

/** The positions a task was offered to, in words, by the place of the entry: as the fact has it, whatever came later. */
function offeredTo(services: Services, spoken: readonly Spoken[]): Promise<ReadonlyMap<number, string[]>> {
  const rows = spoken.flatMap(({ saying }, taskKey) =>
    (saying.offered?.positions ?? []).map(({ role, unitId }) => ({ taskKey, role, unitId })),
  )
  return candidateWords(services, rows)
}

/** What people saw of an act when its subscription was used in a row of the trail; undefined where it is none. */
function actionForms(rows: readonly ReadRow[]): (key: number, sequence: number) => ActionForm | undefined {
  const found = new Map<number, ActionForm[]>()
  for (const { row, records } of rows) {
    for (const record of records) {
      if (!record || record.key === null || !/^messageSubscription\.(created|migrated)$/.test(record.kind)) continue
      const { action } = record.value as FactValues['messageSubscription.created' | 'messageSubscription.migrated']
      if (!action) continue
      const { label, formKey } = action
      found.set(record.key, [...(found.get(record.key) ?? []), { sequence: row.sequence, label, formKey }])
    }
  }
  return (key, sequence) => found.get(key)?.findLast((one) => one.sequence <= sequence)
}

interface ActionForm {
  readonly sequence: number
  readonly label: string
  readonly formKey: number | null
}

async function clientNames({ store }: Services, rows: readonly ReadRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.filter((row) => row.row.actorType === 'client').map((row) => row.row.actorId))]
  if (ids.length === 0) return new Map()
  const { apiClient } = store.tables
  const found = await store.read
    .select({ id: apiClient.id, name: apiClient.name })
    .from(apiClient)
    .where(inArray(apiClient.id, ids))
  return new Map(found.map((row) => [row.id, row.name]))
}

async function answersOf({ forms }: Services, { answers }: Saying, actionForm: number | null, sees: Sees) {
  const formKey = answers?.form ?? actionForm
  return answers && formKey !== null ? describe(await forms.byKey(formKey), answers.variables, sees) : []
}

async function chainOf({ store }: Services, stream: number): Promise<Trail['chain']> {
  const { stream: heads } = store.tables
  const [head] = await store.read
    .select({ hash: heads.hash, sequence: heads.sequence })
    .from(heads)
    .where(eq(heads.stream, stream))
    .limit(1)
  const { rows, intact, breaks } = await verifyTrail(store, stream, MAX_CHECKED)
  return {
    rows,
    intact,
    brokenAt: breaks[0]?.sequence ?? null,
    unchecked: rows < MAX_CHECKED ? 0 : Math.max(0, (head?.sequence ?? 0) - rows),
    head: head?.hash ?? '',
  }
}
