import { TASK_HEADER } from '@bihuan/engine'
import type { ActivatedJob } from '../../host/host.ts'

/**
 * What a task listener is told of its user task: what is asked of it, and the task as it will be. It stands in the headers
 * of the job (engine SPEC TL5), from which Camunda takes it, too. Null for other jobs.
 */
export function userTaskOf({ listenerKind, headers }: ActivatedJob) {
  if (listenerKind !== 'task') return null
  const told = (name: string) => headers[TASK_HEADER + name] ?? null
  return {
    userTaskKey: told('userTaskKey'),
    action: told('action') ?? '',
    assignee: told('assignee'),
    candidateGroups: texts(told('candidateGroups')),
    candidateUsers: texts(told('candidateUsers')),
    changedAttributes: texts(told('changedAttributes')),
    dueDate: told('dueDate'),
    followUpDate: told('followUpDate'),
    formKey: told('formKey'),
    priority: Number(told('priority')) || 0,
  }
}

/** A list as JSON; an empty one for anything else: a model may have a header of that name. */
function texts(json: string | null): readonly string[] {
  try {
    const list: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
