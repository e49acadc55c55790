import type { CommandValues, FactValues, ProcessDefinition, Variables, Why } from '@bihuan/engine'
import { eq, inArray } from 'drizzle-orm'
import { verifyTrail } from '../audit/verify.ts'
import type { Trail, TrailEntry } from '../contract/contract.ts'
import { time } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import { namesOf } from '../identity/person.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { type ReadRow, readRows, streamOf } from '../work/case-data.ts'
import { onlySeen, type Sees, seenBy } from '../work/field-access.ts'
import { describe, describeStart } from './answer.ts'
import { findCase, incidentWords } from './case.ts'
import { candidateWords } from './task.ts'

const MAX_ROWS = 2000
/** Rows whose hashes are checked for one request; `bihuan verify` checks all. */
const MAX_CHECKED = 10_000

/** What one fact says, before names are looked up. */
interface Saying {
  readonly elementId?: string
  readonly facts?: { readonly [name: string]: string | null | undefined }
  /** Ids of people among the facts, by the name of the fact. */
  readonly people?: { readonly [name: string]: string | null }
  readonly answers?: { readonly form: number | null; readonly variables: Variables }
  /** What the case was started with. */
  readonly start?: Partial<CommandValues['processInstance.create']>
  readonly messages?: TrailEntry['messages']
  readonly why?: Why | null
  readonly important?: boolean
}

type Say = { readonly [K in keyof FactValues]?: (value: FactValues[K], key: number, command: ReadRow) => Saying | null }

const at = (ms: number | null): string | null => (ms === null ? null : time(ms))

/** What of a case's facts becomes an entry. Facts that are not here are details of others. */
const sayings: Say = {
  'processInstance.created': (value, _key, { records }) => ({
    facts: { process: value.processName, number: value.businessId, unit: value.units[0]?.name, dueAt: at(value.dueAt) },
    start: records[0]?.value ?? {},
    important: true,
  }),
  'processInstance.completed': () => ({ important: true }),
  'processInstance.terminated': (value) => ({ facts: { reason: value.reason }, important: true }),
  'element.activated': (value) =>
    value.stage ? { elementId: value.elementId, facts: { stage: value.elementId }, important: true } : null,
  'sequenceFlow.taken': (value) =>
    value.why
      ? {
          elementId: value.targetId,
          facts: { flow: value.flowId, target: value.targetId },
          why: value.why,
          important: isReckoned(value.why),
        }
      : null,
  'decision.evaluated': (value) => ({
    elementId: value.elementId,
    facts: { decision: value.decisionId, rules: value.rules.join(', ') },
    why: value.why,
    important: true,
  }),
  'userTask.created': (value) => ({
    elementId: value.elementId,
    facts: { task: value.name, dueAt: at(value.dueAt) },
    people: { assignee: value.assignee },
    why: value.why[0] ?? null,
  }),
  'userTask.assigned': (value) => ({
    elementId: value.elementId,
    people: { assignee: value.assignee, previous: value.previous },
  }),
  'userTask.unassigned': (value) => ({ elementId: value.elementId, people: { previous: value.previous } }),
  'userTask.updated': (value) => ({ elementId: value.elementId, facts: { dueAt: at(value.dueAt) } }),
  'userTask.completed': (value) => ({
    elementId: value.elementId,
    facts: { task: value.name },
    answers: { form: value.formKey, variables: value.variables },
    important: true,
  }),
  'userTask.canceled': (value) => ({ elementId: value.elementId, facts: { task: value.name } }),
  'timer.created': (value) => ({ elementId: value.elementId, facts: { dueAt: at(value.dueAt) } }),
  'timer.triggered': (value) => ({ elementId: value.elementId, facts: { dueAt: at(value.dueAt) }, important: true }),
  'messageSubscription.correlated': (value) => ({
    elementId: value.elementId,
    facts: { message: value.messageName },
    answers: { form: null, variables: value.variables },
    important: true,
  }),
  'job.completed': (value) => ({
    elementId: value.elementId,
    facts: {
      type: value.type,
      ...(value.notice && { notice: value.notice.title, kind: value.notice.kind, until: at(value.notice.until) }),
    },
    important: value.notice !== undefined,
  }),
  'job.failed': (value) => ({ elementId: value.elementId, facts: { type: value.type, message: value.message } }),
  'job.errorThrown': (value) => ({
    elementId: value.elementId,
    facts: { type: value.type, error: value.errorCode, message: value.message },
    important: true,
  }),
  'incident.created': (value) => {
    const messages = incidentWords({ ...value, facts: value.facts as Row<'incident'>['facts'] })
    return { elementId: value.elementId, facts: { text: messages['zh-CN'].text }, messages, important: true }
  },
  'incident.resolved': (value) => ({ elementId: value.elementId, important: true }),
}

/** Votes counted, a quorum reached: a way taken because of numbers alone. */
function isReckoned(why: Why): boolean {
  const inputs = Object.values(why.inputs)
  return inputs.length > 0 && inputs.every((value) => typeof value === 'number')
}

/**
 * Everything that happened in a case, in order, and whether its chain holds now. `after` is the sequence the page before
 * ended with, 0 for the first.
 */
export async function readTrail(services: Services, person: Person, key: number, after: number): Promise<Trail> {
  const instance = await findCase(services, person, key)
  const { store } = services
  const stream = streamOf(key)
  const rows = await readRows(store, stream, after, MAX_ROWS)
  const process = await services.host.definition(instance.definitionKey)
  const spoken = rows.flatMap((row) => sayRow(row))
  const name = await namesOf(store, [
    ...rows.filter((row) => row.row.actorType === 'person').map((row) => row.row.actorId),
    ...spoken.flatMap(({ saying }) => Object.values(saying.people ?? {})),
  ])
  const clientName = await clientNames(services, rows)
  const offered = await offeredTo(services, spoken)
  const forms = await actionForms(services, rows)
  const shared = await seenBy(services, person, instance)
  const entries: TrailEntry[] = []
  for (const { row, kind, factKey, saying } of spoken) {
    const { actorType, actorId } = row.row
    // What one has written oneself is no secret from oneself.
    const isOwn = actorType === 'person' && actorId === person.id
    const sees: Sees = isOwn ? () => true : shared
    entries.push({
      sequence: row.row.sequence,
      at: time(row.row.at),
      actor: {
        type: actorType,
        id: actorId,
        name:
          actorType === 'person'
            ? name(actorId)
            : actorType === 'client'
              ? (clientName.get(actorId) ?? actorId)
              : actorId,
      },
      kind,
      elementId: saying.elementId ?? null,
      elementName: saying.elementId === undefined ? null : nameOf(process, saying.elementId),
      // What has no name in the drawing is left out: an id says nothing to people.
      facts: {
        ...plain({
          ...saying.facts,
          ...(saying.facts?.flow && { flow: process?.flows[saying.facts.flow]?.name }),
          ...(saying.facts?.stage && {
            stage: process.stages.find((stage) => stage.elementId === saying.elementId)?.name ?? '',
          }),
          ...(saying.facts?.target && { target: nameOf(process, saying.facts.target) }),
          ...(saying.facts?.stage && { stage: process?.nodes[saying.elementId ?? '']?.stage }),
        }),
        ...plain(
          Object.fromEntries(
            Object.entries(saying.people ?? {}).map(([fact, id]) => [fact, id === null ? null : name(id)]),
          ),
        ),
        ...(kind === 'userTask.created' && offered.has(factKey) && { candidates: offered.get(factKey)!.join('、') }),
        ...(kind === 'messageSubscription.correlated' && forms.has(factKey) && { action: forms.get(factKey)!.label }),
      },
      answers: saying.start
        ? await describeStart(services, instance.definitionKey, saying.start, sees)
        : await answersOf(services, saying, forms.get(factKey)?.formKey ?? null, sees),
      why: saying.why
        ? { rule: saying.why.rule, inputs: onlySeen(saying.why.inputs, shared), result: saying.why.result }
        : null,
      messages: saying.messages ?? null,
      important: saying.important ?? false,
    })
  }
  const next = rows.length === MAX_ROWS ? (rows.at(-1)?.row.sequence ?? null) : null
  return { entries, next, chain: await chainOf(services, stream) }
}

interface Spoken {
  readonly row: ReadRow
  readonly kind: string
  readonly factKey: number
  readonly saying: Saying
}

function sayRow(row: ReadRow): Spoken[] {
  return row.records.slice(1).flatMap((record) => {
    if (!record || record.key === null) return []
    const say = sayings[record.kind as keyof FactValues] as
      | ((value: unknown, key: number, command: ReadRow) => Saying | null)
      | undefined
    const saying = say?.(record.value, record.key, row)
    return saying ? [{ row, kind: record.kind, factKey: record.key, saying }] : []
  })
}

const nameOf = (process: ProcessDefinition, elementId: string): string | null => process.nodes[elementId]?.name ?? null

function plain(facts: { readonly [name: string]: string | null | undefined } | undefined): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(facts ?? {}).filter((entry): entry is [string, string] => entry[1] != null && entry[1] !== ''),
  )
}

/** Whom each task was offered to, in words. */
async function offeredTo(services: Services, spoken: readonly Spoken[]): Promise<ReadonlyMap<number, string[]>> {
  const keys = spoken.filter((one) => one.kind === 'userTask.created').map((one) => one.factKey)
  if (keys.length === 0) return new Map()
  const { taskCandidate } = services.store.tables
  const rows = await services.store.read.select().from(taskCandidate).where(inArray(taskCandidate.taskKey, keys))
  return candidateWords(services, rows)
}

/** Label and form of each act, by its subscription. */
async function actionForms(_services: Services, rows: readonly ReadRow[]) {
  const found = new Map<number, { label: string; formKey: number | null }>()
  for (const { records } of rows) {
    for (const record of records) {
      if (record?.kind !== 'messageSubscription.created' || record.key === null) continue
      const { action } = record.value as FactValues['messageSubscription.created']
      if (action) found.set(record.key, { label: action.label, formKey: action.formKey })
    }
  }
  return found
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
