import type { Key, Variables } from '@bihuan/engine'
import { type RowChange, upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

/** A signal that was broadcast, by a case or from outside: the host hands it to everyone who waits for it. */
export function broadcast(key: Key, name: string, variables: Variables, at: number): readonly RowChange[] {
  return [
    upsert('signal', { key, name, variables, broadcastAt: at }),
    upsert('outbox', { key, kind: 'signal.broadcast', dueAt: at, mark: 0 }),
  ]
}

export const signal: Projection = {
  'signal.broadcast': (key, value, { at }) => broadcast(key, value.signalName, value.variables, at),
}
