import { TASK_HEADER, taskHeaders } from '../element/user-task.ts'
import type { TaskCorrections } from '../record/record.ts'
import type { TaskAct, UserTask } from '../state/state.ts'
import type { Run } from './run.ts'

/** What is called `action` and what is told of a task, for a task listener (Camunda 8: "Accessing user task data"). */
const ACTION: { readonly [event in TaskAct['event']]: string } = {
  creating: 'create',
  assigning: 'assign',
  updating: 'update',
  completing: 'complete',
  canceling: 'cancel',
}

/** Attributes of a task as its listeners see them; names are those of Camunda 8. */
interface Attributes {
  readonly assignee: string | null
  readonly candidateGroups: readonly string[]
  readonly candidateUsers: readonly string[]
  readonly dueDate: number | null
  readonly followUpDate: number | null
  readonly priority: number
}

/**
 * Headers of a task listener's job: the task as it will be when what is asked takes effect, corrections of the listeners
 * before it included, and which attributes that changes (SPEC TL5).
 */
export function listenerHeaders(run: Run, task: UserTask): { readonly [name: string]: string } {
  const { pending, details, key } = task
  if (!pending) return {}
  const before = attributesOf(run, task)
  const after = corrected(asked(before, pending), pending.corrections)
  const names = Object.keys(before) as (keyof Attributes)[]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  if (pending.event === 'updating' && pending.asked.variables) changed.push('variables' as keyof Attributes)
  const unassigns = pending.event === 'assigning' && pending.asked.assignee === null
  const called = 'action' in pending.asked ? pending.asked.action : undefined
  return {
    [`${TASK_HEADER}action`]: called || (unassigns ? 'unassign' : ACTION[pending.event]),
    ...taskHeaders({ ...after, formKey: details?.formKey ? String(details.formKey) : null }),
    [`${TASK_HEADER}priority`]: String(after.priority),
    [`${TASK_HEADER}userTaskKey`]: String(key),
    ...(changed.length > 0 ? { [`${TASK_HEADER}changedAttributes`]: JSON.stringify(changed.sort()) } : {}),
  }
}

function attributesOf(run: Run, { assignee, dueAt, priority, details }: UserTask): Attributes {
  const units = run.state.instance?.units ?? []
  const group = ({ role, unitId }: { readonly role: string; readonly unitId: string }) =>
    unitId === units[0]?.id ? role : `${role}@${units.find((unit) => unit.id === unitId)?.level ?? unitId}`
  return {
    assignee,
    candidateGroups: (details?.candidates ?? []).map(group),
    candidateUsers: details?.candidateUsers ?? [],
    dueDate: dueAt,
    followUpDate: details?.followUpAt ?? null,
    priority,
  }
}

function asked(before: Attributes, act: TaskAct): Attributes {
  if (act.event === 'assigning') return { ...before, assignee: act.asked.assignee }
  if (act.event === 'updating') return { ...before, dueDate: act.asked.dueAt, priority: act.asked.priority }
  return before
}

function corrected(before: Attributes, corrections: TaskCorrections): Attributes {
  const { dueAt = before.dueDate, followUpAt = before.followUpDate, ...others } = corrections
  return { ...before, ...others, dueDate: dueAt, followUpDate: followUpAt }
}
