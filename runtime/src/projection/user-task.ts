import { insert, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const userTask: Projection = {
  'userTask.created': (key, value, { at, case: { instanceKey } }) => [
    insert('userTask', {
      key,
      instanceKey,
      elementInstanceKey: value.elementInstanceKey,
      elementId: value.elementId,
      name: value.name,
      state: 'created',
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
  ],
  'userTask.assigned': (key, value) => [update('userTask', { assignee: value.assignee }, { key })],
  'userTask.unassigned': (key) => [update('userTask', { assignee: null }, { key })],
  'userTask.updated': (key, value) => [update('userTask', { dueAt: value.dueAt, priority: value.priority }, { key })],
  'userTask.completed': (key, _value, { at, actor }) => [
    update('userTask', { state: 'completed', endedAt: at, completedBy: actor.id }, { key }),
  ],
  'userTask.canceled': (key, _value, { at }) => [update('userTask', { state: 'canceled', endedAt: at }, { key })],
}
