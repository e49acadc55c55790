import { insert, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

const returned = { worker: null, lentUntil: null } as const

export const job: Projection = {
  'job.created': (key, value, { at, case: { instanceKey } }) => [
    insert('job', {
      key,
      instanceKey,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      name: value.name,
      type: value.type,
      state: 'created',
      retries: value.retries,
      priority: value.priority ?? 0,
      listenerKind: value.listener?.kind ?? null,
      listenerEvent: value.listener?.event ?? null,
      headers: value.headers,
      variables: value.variables,
      retryAt: null,
      errorMessage: null,
      errorCode: null,
      denied: null,
      deniedReason: null,
      createdAt: at,
      endedAt: null,
      worker: null,
      lentUntil: null,
    }),
  ],
  'job.completed': (key, { result }, { at }) => [
    update('job', { state: 'completed', endedAt: at, ...returned }, { key }),
    ...(result?.type === 'userTask'
      ? [update('job', { denied: result.denied, deniedReason: result.denied ? result.deniedReason : null }, { key })]
      : []),
  ],
  'job.failed': (key, value) => [
    update(
      'job',
      { state: 'failed', retries: value.retries, retryAt: value.retryAt, errorMessage: value.message, ...returned },
      { key },
    ),
  ],
  'job.retriesUpdated': (key, value) => [
    update('job', { state: 'created', retries: value.retries, variables: value.variables, retryAt: null }, { key }),
  ],
  'job.errorThrown': (key, value) => [
    update(
      'job',
      { state: 'errorThrown', errorCode: value.errorCode, errorMessage: value.message, ...returned },
      { key },
    ),
  ],
  'job.migrated': (key, { elementId, name }) => [update('job', { elementId, name }, { key })],
  'job.canceled': (key, _value, { at }) => [update('job', { state: 'canceled', endedAt: at, ...returned }, { key })],
}
