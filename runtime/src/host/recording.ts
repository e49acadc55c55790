import type { HashAlgorithm } from '../audit/algorithm.ts'
import type { Store } from '../db/store.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Host } from './host.ts'
import { SystemStream, systemStreams } from './system-stream.ts'
import { Writer } from './writer.ts'

/** Writes facts that happen outside cases to the streams it is given, each with the rows that belong to it. */
export const recorder =
  (streamNamed: (name: keyof typeof systemStreams) => SystemStream, clock: Clock): Host['record'] =>
  async (stream, kind, actor, value, changes = []) => {
    await streamNamed(stream).append({ at: clock.now(), actor, requestId: '' }, () => ({
      command: { kind, key: null, version: 1, value },
      facts: [],
      changes,
    }))
  }

/** A store with the trail of what is done to it: what a host has, and what a command has beside a server. */
export type Recording = Pick<Host, 'store' | 'clock' | 'record'>

/**
 * The same without the lock of a server, which may be running: of two that write a stream one commits, the other reads it
 * again.
 */
export function recordingOn(store: Store, hash: HashAlgorithm): Recording {
  const writer = new Writer(store)
  const streamNamed = (name: keyof typeof systemStreams) => new SystemStream(systemStreams[name], store, writer, hash)
  return { store, clock: systemClock, record: recorder(streamNamed, systemClock) }
}
