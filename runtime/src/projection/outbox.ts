import type { Command } from '@bihuan/engine'
import { type RowChange, remove, upsert } from '../db/row-change.ts'
import type { OutboxKind } from '../db/schema/outbox.ts'
import type { Projection } from './projection.ts'

const internalJobs: ReadonlyMap<string, OutboxKind> = new Map([
  ['bihuan.notice', 'job.notice'],
  ['bihuan.people', 'job.people'],
])

const put = (key: number, kind: OutboxKind, dueAt: number, mark = 0) => [upsert('outbox', { key, kind, dueAt, mark })]

function jobDone(key: number, type: string) {
  const kind = internalJobs.get(type)
  return kind ? [remove('outbox', { key, kind })] : []
}

function jobWaits(key: number, type: string, dueAt: number, mark: number) {
  const kind = internalJobs.get(type)
  return kind ? put(key, kind, dueAt, mark) : []
}

/** What the host has to do next, and that it has been done. `mark` makes each attempt's request its own. */
export const outbox: Projection = {
  'job.created': (key, value, { at, sequence }) => jobWaits(key, value.type, at, sequence),
  'job.failed': (key, value, { at, sequence }) =>
    value.retries > 0 ? jobWaits(key, value.type, value.retryAt ?? at, sequence) : jobDone(key, value.type),
  'job.retriesUpdated': (key, value, { at, sequence }) => jobWaits(key, value.type, at, sequence),
  'job.completed': (key, value) => jobDone(key, value.type),
  'job.errorThrown': (key, value) => jobDone(key, value.type),
  'job.canceled': (key, value) => jobDone(key, value.type),
  'multiInstance.pending': (key, value, { at }) => put(key, 'multiInstance.continue', at, value.created),
  'messageSubscription.created': (key, value, { at }) =>
    value.action && value.correlationKey === '' ? [] : put(key, 'subscription.match', at),
  // Messages that came meanwhile, and all else of the case that was passed over.
  'processInstance.resumed': (key, _value, { at, sequence }) => put(key, 'case.resumed', at, sequence),
}

/** What a command itself settles, before its facts put something new. */
export function settledBy(command: Pick<Command, 'kind' | 'key'>): readonly RowChange[] {
  return command.kind === 'multiInstance.continue' && command.key !== undefined
    ? [remove('outbox', { key: command.key, kind: 'multiInstance.continue' })]
    : []
}
