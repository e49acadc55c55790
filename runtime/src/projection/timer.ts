import { insert, remove, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const timer: Projection = {
  'timer.created': (key, value, { at, case: { instanceKey } }) => [
    insert('timer', {
      key,
      instanceKey,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      dueAt: value.dueAt,
      interrupting: value.interrupting,
      createdAt: at,
    }),
  ],
  'timer.migrated': (key, { elementId, interrupting }) => [update('timer', { elementId, interrupting }, { key })],
  'timer.triggered': (key) => [remove('timer', { key })],
  'timer.canceled': (key) => [remove('timer', { key })],
}
