import { type Command, type Fact, hasEnded, type Key, type State } from '@bihuan/engine'
import type { HashAlgorithm } from '../audit/algorithm.ts'
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
  readonly #hash: HashAlgorithm
  readonly #called: Called
  #snapshotAt: number
  #pending = 0
  /** Bytes of the state as text, as far as they are known: those of the last snapshot and of the records since. */
  #bytes: number
  /** Of these, those of the last snapshot. */
  #savedBytes: number
  /** How many of them are counted among those in memory. */
  counted = 0
  /** Settles, never rejecting, when the last queued unit has been written or has failed. */
  #settled: Promise<unknown> = Promise.resolve()

  constructor(
    stream: number,
    actor: InstanceActor,
    head: Head,
    snapshotAt: number,
    how: { readonly rowsPerSnapshot: number; readonly hash: HashAlgorithm },
    bytes: { readonly saved: number; readonly since: number } = { saved: 0, since: 0 },
  ) {
    this.stream = stream
    this.actor = actor
    this.#head = head
    this.#snapshotAt = snapshotAt
    this.#rowsPerSnapshot = how.rowsPerSnapshot
    this.#hash = how.hash
    this.#bytes = bytes.saved + bytes.since
    this.#savedBytes = bytes.saved
    this.#called = Called.of(actor.state)
  }

  get sequence(): number {
    return this.#head.sequence
  }

  get bytes(): number {
    return this.#bytes
  }

  get isIdle(): boolean {
    return this.#pending === 0
  }

  get hasEnded(): boolean {
    const { instance } = this.actor.state
    return !instance || hasEnded(instance)
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
      this.#hash,
    )
    this.#head = head
    this.#bytes += payload.records.length
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
    if (this.#isSnapshotDue) {
      onSnapshot()
      changes.push(this.#snapshot())
    }
    return { lock: insert('trail', trail), changes, owner: this.owner }
  }

  /**
   * Enough rows have come since the last, and as many bytes as it had: a ballot of thousands would else be written whole
   * again for every hundred votes.
   */
  get #isSnapshotDue(): boolean {
    const rows = this.#head.sequence - this.#snapshotAt
    return rows >= this.#rowsPerSnapshot && this.#bytes >= 2 * this.#savedBytes
  }

  /** A snapshot of the present state as a unit of its own: for an instance that leaves memory. */
  snapshotUnit(): WriteUnit {
    return { lock: null, changes: [this.#snapshot()], owner: this.owner }
  }

  #snapshot(): RowChange {
    const state = this.actor.save()
    const { sequence } = this.#head
    this.#snapshotAt = sequence
    this.#bytes = state.length
    this.#savedBytes = state.length
    return upsert('snapshot', { stream: this.stream, sequence, format: SNAPSHOT_FORMAT, state })
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
