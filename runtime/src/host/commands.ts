import {
  asksNothing,
  type Command,
  type CommandKind,
  type CommandValues,
  type Fact,
  type Key,
  type MessageStart,
  Rejection,
} from '@bihuan/engine'
import type { RowChange } from '../db/row-change.ts'
import { StorageError } from '../db/storage-error.ts'
import type { WriteResult, WriteUnit } from '../db/store.ts'
import type { CaseNumbers } from './case-number.ts'
import type { Clock } from './clock.ts'
import { DefinitionNeeded, type DeployedDefinition } from './definitions.ts'
import type { Instances } from './instances.ts'
import type { OnPoint } from './kill-point.ts'
import { type LiveInstance, streamOf } from './live-instance.ts'
import type { Parameters } from './parameters.ts'
import { storageRefusal } from './refusal.ts'
import { digestOf, isRepeatable, type OnceRequest, type Requests, START_SCOPE, UNRECORDED } from './requests.ts'
import type { Answer, Started, StartRequest, Submission } from './submission.ts'
import type { Writer } from './writer.ts'

const TRIES = 5

export type Committed = {
  readonly stream: number
  readonly sequence: number
  readonly facts: readonly Fact[]
  /** Whether its rows say that the host has something to do at once. */
  readonly leavesWork: boolean
}

/** What commands need of the rest of the host. */
export interface CommandSurroundings {
  readonly clock: Clock
  readonly writer: Writer
  readonly instances: Instances
  readonly requests: Requests
  readonly numbers: CaseNumbers
  readonly parameters: Parameters
  readonly point: OnPoint
  readonly newStream: () => number
  /** Compiles a definition that a step has come to. */
  readonly prepare: (definitionKey: Key) => Promise<unknown>
  readonly publish: (written: Committed) => void
}

/**
 * Commands to process instances: judged by the live actor, written by the writer, answered after COMMIT. A rejection too
 * waits for the rows it was judged on.
 */
export class Commands {
  readonly #around: CommandSurroundings
  #conflicts = 0

  constructor(around: CommandSurroundings) {
    this.#around = around
  }

  /** Writes since the start that somebody else was faster with. */
  get conflicts(): number {
    return this.#conflicts
  }

  /** Throws `Rejection`; `STORAGE_UNAVAILABLE` or `STORAGE_FULL` when the disk did not take it. */
  submit<K extends CommandKind>(submission: Submission<K>): Promise<Answer> {
    const stream = streamOf(submission.key)
    const { kind, key, actor, value, requestId } = submission
    this.#around.point('command.received')
    if (!isRepeatable(requestId)) return this.#submit(stream, submission as Submission, null)
    const digest = digestOf(actor, kind, key, submission.asked ?? value)
    return this.#around.requests.onceWritten(stream, requestId, digest, () =>
      this.#submit(stream, submission as Submission, digest),
    )
  }

  /** `digest` is that of the request; null for one that nobody can repeat. */
  async #submit(stream: number, submission: Submission, digest: string | null): Promise<Answer> {
    const { instances, clock, requests } = this.#around
    for (let attempt = 1; ; attempt += 1) {
      const live = await instances.get(stream)
      const command = { ...submission, at: clock.now() } as Command
      const answer = await this.#prepared(() =>
        this.#take(live, command, (sequence) =>
          requests.rows(stream, submission.requestId, digest, { stream, sequence, at: command.at }),
        ),
      )
      if (answer === 'prepared') attempt -= 1
      else if (answer !== null) return answer
      if (attempt === TRIES) throw new Rejection('STATE_CONFLICT', { stream })
    }
  }

  /** Starts an instance of a bundle in a stream of its own. `message` is what starts it, when a message does. */
  async start(
    request: StartRequest,
    bundle: () => Promise<DeployedDefinition>,
    message?: MessageStart,
  ): Promise<Started> {
    const { requestId } = request
    this.#around.point('command.received')
    const first = async (digest: string | null) => this.#start(request, await bundle(), digest, message)
    if (!isRepeatable(requestId)) return begun(await first(null))
    const digest = startDigest(request)
    return begun(await this.#around.requests.once(START_SCOPE, requestId, digest, () => first(digest)))
  }

  /** The answer this very start was given before; null when it has begun nothing. */
  async started(request: Asking): Promise<Started | null> {
    const answer = await this.#around.requests.before(START_SCOPE, request.requestId, startDigest(request))
    return answer && begun(answer)
  }

  /**
   * Does what leaves no record, unless this request has been answered. Cut off before it is remembered, it is done again.
   * Throws `IDEMPOTENCY_KEY_REUSED`.
   */
  async once({ stream, actor, requestId, asked }: OnceRequest, act: () => Promise<void>): Promise<void> {
    if (!isRepeatable(requestId)) return act()
    const { requests, clock } = this.#around
    const digest = digestOf(actor, asked)
    await requests.once(stream, requestId, digest, async () => {
      await act()
      const answer = { stream, sequence: UNRECORDED, at: clock.now() }
      await this.#remember(requests.row(stream, requestId, digest, answer))
      return { ...answer, facts: [] }
    })
  }

  async #remember(...rows: readonly RowChange[]): Promise<void> {
    if (rows.length === 0) return
    const result = await this.#around.writer.write({ lock: null, changes: rows, owner: null }).catch(refuse)
    if (result.outcome === 'failed') throw result.error
  }

  async #start(
    request: StartRequest,
    { bundle, packageId }: DeployedDefinition,
    digest: string | null,
    message: MessageStart | undefined,
  ): Promise<Answer> {
    const { actor, requestId, units, variables, formKey, startEventId, startDepth } = request
    const { clock, instances, numbers, parameters, requests, newStream } = this.#around
    let stream = newStream()
    for (let attempt = 1; ; attempt += 1) {
      const at = clock.now()
      const inForce = packageId === null ? {} : await parameters.inForce(packageId, units, at)
      const number = await numbers.next(bundle.process.numberPrefix, at)
      const live = instances.create(stream, bundle)
      const value: CommandValues['processInstance.create'] = {
        units,
        variables,
        parameters: inForce,
        businessId: number?.text ?? null,
        ...(formKey !== undefined && { formKey }),
        ...(startEventId !== undefined && { startEventId }),
        ...(startDepth !== undefined && { startDepth }),
        ...(message && { message }),
      }
      const command: Command<'processInstance.create'> = {
        kind: 'processInstance.create',
        at,
        actor,
        requestId,
        value,
      }
      const answer = await this.#prepared(() => {
        const taken = this.#take(live, command, (sequence) =>
          requests.rows(START_SCOPE, requestId, digest, { stream, sequence, at }),
        )
        if (live.sequence > 0) instances.add(live)
        else number?.giveBack()
        return taken
      })
      if (answer === 'prepared') {
        attempt -= 1
        continue
      }
      if (answer !== null) return answer
      if (attempt === TRIES) throw new Rejection('STATE_CONFLICT', { stream })
      stream = newStream()
    }
  }

  /**
   * What judging a command gives; `prepared` when it came to a process that was not compiled, which is by then: the
   * command is to be judged again.
   */
  async #prepared(judge: () => Promise<Answer | null>): Promise<Answer | null | 'prepared'> {
    try {
      return await judge()
    } catch (error) {
      if (!(error instanceof DefinitionNeeded)) throw error
      await this.#around.prepare(error.key)
      return 'prepared'
    }
  }

  /**
   * Judges a command and queues its rows, both at once: between them no other command may come to the actor. Null when
   * it has to be judged anew, since what it was judged on, or itself, did not reach the disk.
   */
  #take(
    live: LiveInstance,
    command: Command,
    more: (sequence: number) => readonly RowChange[],
  ): Promise<Answer | null> {
    const { instances, writer, point } = this.#around
    let result: ReturnType<LiveInstance['actor']['send']>
    let write: Promise<WriteResult>
    let leaves: boolean
    try {
      result = live.actor.send(command)
      point('command.judged')
      if (result.rejection !== null) return this.#refuse(live, result.rejection)
      if (asksNothing(command)) return this.#unrecorded(live, more(UNRECORDED))
      const unit = live.unit(command, result.facts, more, () => point('snapshot.due'))
      leaves = leavesWork(unit, command.at)
      write = live.track(writer.write(unit))
    } catch (error) {
      // A fault of ours: the state in memory is not to be trusted any more.
      instances.drop(live)
      return Promise.reject(error)
    }
    const answer = { stream: live.stream, sequence: live.sequence, facts: result.facts }
    return this.#answer(live, answer, write, leaves)
  }

  /** Throws the rejection once everything it was judged on is on disk; null when that failed. */
  async #refuse(live: LiveInstance, rejection: Rejection): Promise<null> {
    await live.settled()
    if (live.owner.failed) return null
    throw rejection
  }

  /** Answers what changes nothing once everything it was judged on is on disk; null when that failed. */
  async #unrecorded(live: LiveInstance, rows: readonly RowChange[]): Promise<Answer | null> {
    await live.settled()
    if (live.owner.failed) return null
    await this.#remember(...rows)
    return { stream: live.stream, sequence: UNRECORDED, facts: [] }
  }

  async #answer(
    live: LiveInstance,
    answer: Answer,
    write: Promise<WriteResult>,
    leaves: boolean,
  ): Promise<Answer | null> {
    const { instances, publish, point } = this.#around
    let result: WriteResult
    try {
      result = await write
    } catch (error) {
      instances.drop(live)
      return refuse(error)
    }
    if (result.outcome === 'written') {
      publish({ ...answer, leavesWork: leaves })
      point('answer.ready')
      return answer
    }
    instances.drop(live)
    if (result.outcome === 'failed') throw result.error
    this.#conflicts += 1
    return null
  }
}

/** Throws what a write ended with: of a disk that did not take it, as a refusal. */
function refuse(error: unknown): never {
  throw error instanceof StorageError ? storageRefusal(error) : error
}

/** Who asks for a start, and for which. */
type Asking = Pick<StartRequest, 'actor' | 'requestId'> & Partial<StartRequest>

/** What makes two starts the same besides their id. */
function startDigest({ actor, asked, startEventId, processId, definitionKey, units, variables }: Asking): string {
  const what = asked ? [asked] : [processId ?? null, definitionKey ?? null, units, variables]
  return digestOf(actor, 'start', ...what, ...(startEventId === undefined ? [] : [startEventId]))
}

/** Whether a unit puts something into the outbox that is due, or a timer that is. */
function leavesWork({ changes }: WriteUnit, at: number): boolean {
  return changes.some((change) => {
    if (change.op !== 'insert' && change.op !== 'upsert') return false
    return (change.table === 'outbox' || change.table === 'timer') && change.row.dueAt <= at
  })
}

/** An answer to a start with the case that it names, and the definition it was begun in. */
function begun(answer: Answer): Started {
  const created = answer.facts[0]
  if (created?.kind !== 'processInstance.created') throw new Error('Expected a start to create an instance')
  const { definitionKey, processId, version } = created.value
  return { ...answer, instanceKey: created.key, definitionKey, processId, version }
}
