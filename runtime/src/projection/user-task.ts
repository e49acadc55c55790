import type { FactValues, Key } from '@bihuan/engine'
import { type RowChange, update, upsert } from '../db/row-change.ts'
import type { UserTaskState } from '../db/schema/user-task.ts'
import type { FactContext, Projection } from './projection.ts'

/** A task that its listeners have looked at is there already when it is created. */
function task(
  key: Key,
  value: FactValues['userTask.created'],
  state: UserTaskState,
  { at, case: { instanceKey, called } }: FactContext,
): readonly RowChange[] {
  return [
    upsert('userTask', {
      key,
      instanceKey,
      definitionKey: called.definitionOf(value.elementInstanceKey),
      elementInstanceKey: value.elementInstanceKey,
      elementId: value.elementId,
      name: value.name,
      state,
      pending: null,
      assignee: value.assignee,
      candidateUsers: value.candidateUsers,
      formId: value.formId,
      formKey: value.formKey,
      dueAt: value.dueAt,
      followUpAt: value.followUpAt,
      priority: value.priority,
      createdAt: at,
      endedAt: null,
      completedBy: null,
    }),
  ]
}

export const userTask: Projection = {
  'userTask.creating': (key, value, context) => task(key, value, 'creating', context),
  'userTask.created': (key, value, context) => task(key, value, 'created', context),
  'userTask.assigning': (key) => [update('userTask', { pending: 'assigning' }, { key })],
  'userTask.updating': (key) => [update('userTask', { pending: 'updating' }, { key })],
  'userTask.completing': (key, _value, { actor }) => [
    update('userTask', { pending: 'completing', completedBy: actor.id }, { key }),
  ],
  'userTask.canceling': (key) => [update('userTask', { pending: 'canceling' }, { key })],
  'userTask.denied': (key) => [update('userTask', { pending: null, completedBy: null }, { key })],
  'userTask.corrected': (key, { assignee, dueAt, followUpAt, candidateUsers, priority }) => {
    const set = {
      ...(assignee !== undefined && { assignee }),
      ...(dueAt !== undefined && { dueAt }),
      ...(followUpAt !== undefined && { followUpAt }),
      ...(candidateUsers !== undefined && { candidateUsers }),
      ...(priority !== undefined && { priority }),
    }
    return Object.keys(set).length > 0 ? [update('userTask', set, { key })] : []
  },
  'userTask.migrated': (key, { elementId, name, formId, formKey }) => [
    update('userTask', { elementId, name, formId, formKey }, { key }),
  ],
  'userTask.assigned': (key, value) => [update('userTask', { assignee: value.assignee, pending: null }, { key })],
  'userTask.unassigned': (key) => [update('userTask', { assignee: null, pending: null }, { key })],
  'userTask.updated': (key, value) => [
    update('userTask', { dueAt: value.dueAt, priority: value.priority, pending: null }, { key }),
  ],
  'userTask.completed': (key, _value, { at, actor, command }) => {
    const ended = { state: 'completed', pending: null, endedAt: at } as const
    // After listeners it is the worker's answer that completes it: who asked for it has.
    return [update('userTask', command === 'userTask.complete' ? { ...ended, completedBy: actor.id } : ended, { key })]
  },
  'userTask.canceled': (key, _value, { at }) => [
    update('userTask', { state: 'canceled', pending: null, endedAt: at }, { key }),
  ],
}
