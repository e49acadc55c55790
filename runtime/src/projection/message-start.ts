import type { Command, Key, MessageStart } from '@bihuan/engine'
import { type RowChange, upsert } from '../db/row-change.ts'
import type { FactContext, Projection } from './projection.ts'

/** What a command says of the message that starts a case; null for every other command. */
export function messageStartOf(command: Pick<Command, 'kind'> & { readonly value?: unknown }): MessageStart | null {
  if (command.kind !== 'processInstance.create') return null
  return (command.value as { readonly message?: MessageStart } | undefined)?.message ?? null
}

/** The message has reached this process, and no other case of it begins by that key while this one is active. */
export function startedByMessage(
  { messageKey, correlationKey }: MessageStart,
  { at, case: { instanceKey, processId } }: Pick<FactContext, 'at' | 'case'>,
): readonly RowChange[] {
  return [
    upsert('messageCorrelation', { messageKey, processId, instanceKey }),
    upsert('correlatedMessage', { messageKey, subscriptionKey: 0, instanceKey, correlatedAt: at }),
    ...(correlationKey === '' ? [] : [upsert('messageStart', { processId, correlationKey, instanceKey })]),
  ]
}

function ended(key: Key, { at, case: { startEventId } }: FactContext): readonly RowChange[] {
  return startEventId === null ? [] : [upsert('outbox', { key, kind: 'messageStart.match', dueAt: at, mark: 0 })]
}

/** A case that a start event began has ended: messages may wait for that. */
export const messageStart: Projection = {
  'processInstance.completed': (key, _value, context) => ended(key, context),
  'processInstance.terminated': (key, _value, context) => ended(key, context),
}
