import type { Candidate, CommandValues, FactValues, Variables, Why } from '@bihuan/engine'
import type { TrailEntry } from '../contract/contract.ts'
import { time } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { ReadRow } from '../work/case-data.ts'
import { incidentWords } from './case.ts'

/** What one fact says, before names are looked up. */
export interface Saying {
  readonly elementId?: string
  readonly facts?: { readonly [name: string]: string | null | undefined }
  /** Ids of people among the facts, by the name of the fact. */
  readonly people?: { readonly [name: string]: string | null }
  /** To whom a task is offered from here on. */
  readonly offered?: { readonly positions: readonly Candidate[]; readonly people: readonly string[] }
  readonly answers?: { readonly form: number | null; readonly variables: Variables }
  /** What the case was started with. */
  readonly start?: Partial<CommandValues['processInstance.create']>
  readonly messages?: TrailEntry['messages']
  readonly why?: Why | null
  readonly important?: boolean
}

type Say = { readonly [K in keyof FactValues]?: (value: FactValues[K], key: number, command: ReadRow) => Saying | null }

const at = (ms: number | null): string | null => (ms === null ? null : time(ms))

/** That it came about says all that people need. */
function happened({ elementId }: { readonly elementId: string }): Saying {
  return { elementId, important: true }
}

/** A rule let it come about. */
function decided({ elementId, why }: { readonly elementId: string; readonly why: Why }): Saying {
  return { elementId, why, important: true }
}

/** What was asked to be changed of a task. The fact names its deadline whatever was asked; whom it is offered to stands before it. */
function updated({ elementId, dueAt }: FactValues['userTask.updated'], key: number, { records }: ReadRow): Saying {
  const [command] = records
  const isDeadline = command?.kind !== 'userTask.update' || Object.hasOwn(command.value as object, 'dueAt')
  const corrected = records.find((record) => record?.kind === 'userTask.corrected' && record.key === key)
  const { candidates: positions, candidateUsers: people } = (corrected?.value ?? {}) as Partial<
    FactValues['userTask.corrected']
  >
  return {
    elementId,
    ...(isDeadline && { facts: { dueAt: at(dueAt) } }),
    ...((positions || people) && { offered: { positions: positions ?? [], people: people ?? [] }, important: true }),
  }
}

/** What of a case's facts becomes an entry. Facts that are not here are details of others. */
const sayings: Say = {
  'processInstance.created': (value, _key, { records }) => ({
    facts: { process: value.processName, number: value.businessId, unit: value.units[0]?.name, dueAt: at(value.dueAt) },
    start: records[0]?.value ?? {},
    important: true,
  }),
  'processInstance.completed': () => ({ important: true }),
  'processInstance.terminated': (value) => ({ facts: { reason: value.reason }, important: true }),
  'processInstance.suspended': (value) => ({ facts: { reason: value.reason }, important: true }),
  'processInstance.resumed': (value) => ({ facts: { reason: value.reason }, important: true }),
  'processInstance.modified': (value) => ({ facts: { reason: value.reason }, important: true }),
  'processInstance.migrated': ({ version, processName, reason }) => ({
    facts: { process: processName, version: String(version), reason },
    important: true,
  }),
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
    offered: { positions: value.candidates, people: value.candidateUsers },
    why: value.why[0] ?? null,
  }),
  'userTask.assigned': (value) => ({
    elementId: value.elementId,
    people: { assignee: value.assignee, previous: value.previous },
  }),
  'userTask.unassigned': (value) => ({ elementId: value.elementId, people: { previous: value.previous } }),
  'userTask.updated': updated,
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
  'userTask.denied': (value) => ({
    elementId: value.elementId,
    facts: { event: value.event, reason: value.reason },
    important: true,
  }),
  'callActivity.called': happened,
  'error.thrown': happened,
  'escalation.thrown': happened,
  'signalSubscription.triggered': happened,
  'compensationSubscription.triggered': happened,
  'conditionalSubscription.triggered': decided,
  'multiInstance.decided': decided,
  'adHocSubProcess.decided': (value) => ({ elementId: value.elementId, why: value.why }),
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

/** A fact of a row of the trail with what it says. */
export interface Spoken {
  readonly row: ReadRow
  readonly kind: string
  readonly factKey: number
  readonly value: unknown
  readonly saying: Saying
}

/** What a row of the trail says, fact by fact; nothing for facts that are details of others. */
export function sayRow(row: ReadRow): Spoken[] {
  return row.records.slice(1).flatMap((record) => {
    if (!record || record.key === null) return []
    const say = sayings[record.kind as keyof FactValues] as
      | ((value: unknown, key: number, command: ReadRow) => Saying | null)
      | undefined
    const saying = say?.(record.value, record.key, row)
    return saying ? [{ row, kind: record.kind, factKey: record.key, value: record.value, saying }] : []
  })
}
