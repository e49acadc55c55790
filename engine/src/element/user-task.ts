import type { ModdleElement } from 'bpmn-moddle'
import { type Expression, staticExpression } from '../feel/index.ts'
import type { FlowNodeOf, FormRef, JobSpec, TaskListenerEvent, TaskListeners } from '../model/definition.ts'
import { formatInstant } from '../model/time.ts'
import { parseCandidates } from './candidate.ts'
import { type Context, element, type Reader, wait } from './element.ts'
import { taskValues } from './user-task-values.ts'

type UserTaskNode = FlowNodeOf<'bpmn:UserTask'>

/** Type of the job that a user task without `zeebe:userTask` is (Zeebe: "Job worker implementation"). */
const JOB_TYPE = staticExpression('io.camunda.zeebe:userTask')
const ONE_RETRY = staticExpression('1')

/** What Zeebe calls the attributes of a user task in the headers of a job. */
export const TASK_HEADER = 'io.camunda.zeebe:'

/**
 * User task: people complete it, before and after its task listeners (Zeebe: "Camunda user tasks"); without
 * `zeebe:userTask` it is a job, whose worker brings it to people.
 */
export const userTask = element({
  type: 'bpmn:UserTask',
  waits: true,
  properties: ['implementation', 'renderings'],
  extensions: [
    'zeebe:UserTask',
    'zeebe:AssignmentDefinition',
    'zeebe:TaskSchedule',
    'zeebe:PriorityDefinition',
    'zeebe:FormDefinition',
    'zeebe:TaskHeaders',
    'zeebe:TaskListeners',
    'zeebe:JobPriorityDefinition',
  ],
  read: (bo, reader) => {
    const assignment = reader.extension(bo, 'zeebe:AssignmentDefinition')
    const schedule = reader.extension(bo, 'zeebe:TaskSchedule')
    const native = reader.extension(bo, 'zeebe:UserTask') !== null
    const headers = reader.headers(bo)
    return {
      job: native ? null : { jobType: JOB_TYPE, retries: ONE_RETRY, priority: reader.jobPriority(bo), headers },
      listeners: readListeners(bo, reader, native),
      assignee: reader.expression(assignment?.assignee),
      candidateGroups: reader.expression(assignment?.candidateGroups),
      candidateUsers: reader.expression(assignment?.candidateUsers),
      dueDate: reader.expression(schedule?.dueDate),
      followUpDate: reader.expression(schedule?.followUpDate),
      priority: reader.expression(reader.extension(bo, 'zeebe:PriorityDefinition')?.priority),
      ...readForm(bo, reader, native),
    }
  },
  activate: (node, context) => {
    if (!node.own.job) return { kind: 'createTask', task: taskOf(node, context) }
    context.createJob(node.own.job, headersOf(node, context))
    return wait
  },
})

/** A form of elsewhere (`externalReference`) documents; a form key is for the worker of a job. */
function readForm(
  bo: ModdleElement,
  reader: Reader,
  native: boolean,
): { readonly form: FormRef | null; readonly formKey: Expression | null } {
  const definition = reader.extension(bo, 'zeebe:FormDefinition')
  const [formId, formKey, externalReference] = ['formId', 'formKey', 'externalReference'].map(
    (name): unknown => definition?.[name],
  )
  if (!formId && native && externalReference && !formKey) return { form: null, formKey: null }
  if (!formId && !native && formKey && !externalReference) return { form: null, formKey: reader.expression(formKey) }
  return { form: reader.form(bo), formKey: null }
}

const EVENTS: readonly TaskListenerEvent[] = ['creating', 'assigning', 'updating', 'completing', 'canceling']

/** `zeebe:taskListeners`; only native tasks have them. */
function readListeners(bo: ModdleElement, reader: Reader, native: boolean): TaskListeners {
  const listeners: { [event in TaskListenerEvent]?: JobSpec[] } = {}
  const all = (reader.extension(bo, 'zeebe:TaskListeners')?.listeners ?? []) as ModdleElement[]
  if (all.length > 0 && !native)
    reader.problem('ELEMENT_NOT_EXECUTED', { type: 'zeebe:taskListeners at a user task without zeebe:userTask' })
  for (const one of all) {
    const event = EVENTS.find((known) => known === one.eventType)
    const job = reader.listener(bo, one)
    if (!event)
      reader.problem('ELEMENT_NOT_EXECUTED', { type: `zeebe:taskListener eventType ${String(one.eventType)}` })
    else if (job) listeners[event] = [...(listeners[event] ?? []), job]
  }
  return listeners
}

function taskOf({ id, name, own }: UserTaskNode, context: Context) {
  const values = taskValues(context)
  const assignee = values.text(own.assignee)
  const groups = values.list(own.candidateGroups)
  const candidates = context.resolve(groups.flatMap((group) => parseCandidates(group)))
  const candidateUsers = values.list(own.candidateUsers)
  const dueAt = values.time(own.dueDate)
  const followUpAt = values.time(own.followUpDate)
  const priority = values.priority(own.priority)
  return {
    elementId: id,
    elementInstanceKey: context.key,
    name: name ?? id,
    assignee,
    candidates,
    candidateUsers,
    formId: own.form?.formId ?? null,
    formKey: own.form ? context.formKey(own.form.formId) : null,
    dueAt,
    followUpAt,
    priority,
    why: values.why,
    ...(Object.keys(own.listeners).length > 0 ? { listened: true as const } : {}),
  }
}

/** What the worker of a job-based user task is told of it; groups are as written, the worker knows them. */
function headersOf({ own }: UserTaskNode, context: Context): { readonly [name: string]: string } {
  const values = taskValues(context)
  const formKey = own.form ? context.formKey(own.form.formId) : values.text(own.formKey)
  return taskHeaders({
    assignee: values.text(own.assignee),
    candidateGroups: values.list(own.candidateGroups),
    candidateUsers: values.list(own.candidateUsers),
    dueDate: values.time(own.dueDate),
    followUpDate: values.time(own.followUpDate),
    formKey: formKey === null ? null : String(formKey),
  })
}

/** Attributes of a user task as headers of a job: what is absent or empty is left out (Zeebe: reserved headers). */
export function taskHeaders(given: {
  readonly assignee: string | null
  readonly candidateGroups: readonly string[]
  readonly candidateUsers: readonly string[]
  readonly dueDate: number | null
  readonly followUpDate: number | null
  readonly formKey: string | null
}): { readonly [name: string]: string } {
  const list = (texts: readonly string[]) => (texts.length > 0 ? JSON.stringify(texts) : null)
  const time = (at: number | null) => (at === null ? null : formatInstant(at))
  const headers: { [name: string]: string | null } = {
    assignee: given.assignee,
    candidateGroups: list(given.candidateGroups),
    candidateUsers: list(given.candidateUsers),
    dueDate: time(given.dueDate),
    followUpDate: time(given.followUpDate),
    formKey: given.formKey,
  }
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[TASK_HEADER + name, value]])),
  )
}
