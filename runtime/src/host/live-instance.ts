import type { Command, Fact, Key, State } from '@bihuan/engine'
import { buildRow, type Head } from '../audit/chain.ts'
import { insert, type RowChange, upsert } from '../db/row-change.ts'
import type { WriteUnit } from '../db/store.ts'
import { project } from '../projection/all.ts'
import { Called } from '../projection/called.ts'
import type { CaseContext } from '../projection/projection.ts'
import type { InstanceActor } from './instance-actor.ts'

/** Layout of the snapshots this version writes and reads. */
export const SNAPSHOT_FORMAT = 2

/** A process instance in memory: its actor, and where its chain will stand when all that is queued is written. */
export class LiveInstance {
  readonly stream: number
  readonly actor: InstanceActor
  /** Shared by every unit of this object: once one is not written, none of the later ones is. */
  readonly owner = { failed: false }
  #head: Head
  readonly #rowsPerSnapshot: number
  readonly #called: Called
  #snapshotAt: number
  #pending = 0
  /** Settles, never rejecting, when the last queued unit has been written or has failed. */
  #settled: Promise<unknown> = Promise.resolve()

  constructor(stream: number, actor: InstanceActor, head: Head, snapshotAt: number, rowsPerSnapshot: number) {
    this.stream = stream
    this.actor = actor
    this.#head = head
    this.#snapshotAt = snapshotAt
    this.#rowsPerSnapshot = rowsPerSnapshot
    this.#called = Called.of(actor.state)
  }

  get sequence(): number {
    return this.#head.sequence
  }

  get isIdle(): boolean {
    return this.#pending === 0
  }

  get hasEnded(): boolean {
    return this.actor.state.instance?.status !== 'active'
  }

  get hasNewRows(): boolean {
    return this.#head.sequence > this.#snapshotAt
  }

  /** Resolves when everything judged so far is on disk, or is known not to be. */
  settled(): Promise<unknown> {
    return this.#settled
  }

  /** Counts a write of this instance until it ends. */
  track<T>(write: Promise<T>): Promise<T> {
    this.#pending += 1
    const ended = () => {
      this.#pending -= 1
    }
    this.#settled = write.then(ended, ended)
    return write
  }

  /**
   * The unit of a command that the actor has just taken, with its facts: trail row, payload, head, the rows they change,
   * `more` rows, and a snapshot when enough rows have come since the last (`onSnapshot` is told).
   */
  unit(
    command: Command,
    facts: readonly Fact[],
    more: (sequence: number) => readonly RowChange[],
    onSnapshot: () => void,
  ): WriteUnit {
    const { trail, payload, head } = buildRow(
      this.stream,
      this.#head,
      { ...command, key: command.key ?? null, version: 1 },
      facts,
    )
    this.#head = head
    const changes: RowChange[] = [
      insert('payload', payload),
      upsert('stream', { stream: this.stream, ...head, counter: 0 }),
      ...project(command, facts, {
        stream: this.stream,
        sequence: head.sequence,
        at: command.at,
        actor: command.actor,
        command: command.kind,
        case: caseOf(this.actor.state, this.#called),
      }),
      ...more(head.sequence),
    ]
    if (head.sequence - this.#snapshotAt >= this.#rowsPerSnapshot) {
      onSnapshot()
      changes.push(this.#snapshot())
    }
    return { lock: insert('trail', trail), changes, owner: this.owner }
  }

  /** A snapshot of the present state as a unit of its own: for an instance that leaves memory. */
  snapshotUnit(): WriteUnit {
    return { lock: null, changes: [this.#snapshot()], owner: this.owner }
  }

  #snapshot(): RowChange {
    this.#snapshotAt = this.#head.sequence
    return upsert('snapshot', {
      stream: this.stream,
      sequence: this.#head.sequence,
      format: SNAPSHOT_FORMAT,
      state: this.actor.save(),
    })
  }
}

/** The case of a stream. Throws before its first fact. */
export function caseOf(state: State, called: Called): CaseContext {
  const { instance } = state
  if (!instance) throw new Error(`Expected stream ${state.stream} to hold a process instance`)
  return {
    instanceKey: instance.key,
    definitionKey: instance.definitionKey,
    processId: instance.processId,
    units: instance.units,
    startEventId: instance.startEventId ?? null,
    called,
  }
}

/** The stream a key belongs to. */
export const streamOf = (key: Key): number => Math.floor(key / 2 ** 20)
