import type { CommandKind, Key, ProcessDefinition, UnitRef, Variables } from '@bihuan/engine'
import { Rejection } from '@bihuan/engine'
import { max } from 'drizzle-orm'
import { StorageError } from '../db/storage-error.ts'
import type { Store } from '../db/store.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import { CaseNumbers } from './case-number.ts'
import { Commands, type Committed } from './commands.ts'
import { Definitions } from './definitions.ts'
import { Deployments } from './deployments.ts'
import { type Clock, type Host, type Submission, systemStreams } from './host.ts'
import { Instances } from './instances.ts'
import { InternalJobs } from './internal-jobs.ts'
import { JobLoans } from './job-loans.ts'
import type { OnPoint } from './kill-point.ts'
import { Messages } from './messages.ts'
import { Outbox, outboxActor } from './outbox.ts'
import { createPackages } from './packages.ts'
import { Parameters as PackageParameters } from './parameters.ts'
import { Requests } from './requests.ts'
import { Retries } from './retries.ts'
import { Signals } from './signals.ts'
import { StartEvents } from './start-events.ts'
import { SystemStream } from './system-stream.ts'
import { Timers } from './timers.ts'
import { Writer } from './writer.ts'

/** What a host is made of. */
export interface HostParts {
  readonly store: Store
  readonly clock: Clock
  readonly liveLimit: number
  readonly rowsPerSnapshot: number
  readonly poll: boolean
  readonly point: OnPoint
  readonly report: (what: string, error: unknown) => void
}

const POLL = 1_000

/** Makes a host over an opened store. */
export async function createHost({
  store,
  clock,
  liveLimit,
  rowsPerSnapshot,
  poll,
  point,
  report,
}: HostParts): Promise<Host> {
  const writer = new Writer(store)
  const requests = new Requests(store)
  const definitions = new Definitions(store, report)
  await definitions.refresh()
  const streams = new Map(
    Object.entries(systemStreams).map(([name, number]) => [name, new SystemStream(number, store, writer)]),
  )
  const streamNamed = (name: keyof typeof systemStreams) => streams.get(name)!
  const parameters = new PackageParameters(store, streamNamed('parameters'), requests)
  const instances = new Instances(
    store,
    writer,
    async (key) => (await definitions.get(key)).bundle,
    { liveLimit, rowsPerSnapshot },
    point,
  )
  const listeners = new Set<(written: Committed) => void>()

  const [highest] = await store.read.select({ stream: max(store.tables.stream.stream) }).from(store.tables.stream)
  let lastStream = Math.max(highest?.stream ?? 0, FIRST_INSTANCE_STREAM - 1)

  const publish = (written: Committed) => {
    point('published')
    for (const listener of listeners) {
      try {
        listener(written)
      } catch (error) {
        report('listener', error)
      }
    }
    if (leavesWork(written)) kick()
  }
  const commands = new Commands({
    clock,
    writer,
    instances,
    requests,
    numbers: new CaseNumbers(store),
    parameters,
    point,
    newStream: () => ++lastStream,
    prepare: (key) => definitions.get(key),
    publish,
  })
  const submit = <K extends CommandKind>(submission: Submission<K>) => commands.submit(submission)
  const deployments = new Deployments({
    store,
    stream: streamNamed('definitions'),
    definitions,
    requests,
    clock,
    point,
  })
  const retries = new Retries(report)
  const startEvents = new StartEvents({
    store,
    stream: streamNamed('definitions'),
    definitions,
    deployments,
    clock,
    retries,
    report,
    start: (request, find, message) => commands.start(request, find, message),
  })
  const outside = { store, stream: streamNamed('messages'), writer, requests, clock, startEvents, submit }
  const messages = new Messages(outside)
  const signals = new Signals(outside)
  const internal = new InternalJobs(store, clock, submit)
  const loans = new JobLoans(store, clock)
  const timers = new Timers({ store, writer, clock, submit, retries, point })
  const outbox = new Outbox({
    store,
    writer,
    clock,
    retries,
    point,
    handlers: {
      'job.notice': internal.notice,
      'job.people': internal.people,
      'multiInstance.continue': async ({ key, mark }) => {
        const requestId = `continue:${key}:${mark}`
        await submit({ kind: 'multiInstance.continue', key, actor: outboxActor, requestId, value: {} })
        return 'removed'
      },
      'message.correlate': async ({ key }) => {
        await messages.correlate(key)
        return 'done'
      },
      'subscription.match': async ({ key }) => {
        await messages.match(key)
        return 'done'
      },
      'signal.broadcast': async ({ key }) => {
        await signals.deliver(key)
        return 'removed'
      },
      'messageStart.match': async ({ key }) => {
        await startEvents.afterEnd(key)
        return 'done'
      },
    },
  })

  let closing = false
  let working: Promise<void> = Promise.resolve()
  let queued = false

  /** One turn after the other; what is asked for while one waits is part of it. */
  const settle = (): Promise<void> => {
    working = working.then(async () => {
      queued = false
      while (!closing) {
        const done = (await timers.fireDue()) + (await startEvents.fireDue()) + (await outbox.drain())
        if (done === 0) break
      }
      if (!closing) await messages.forgetExpired()
    })
    const mine = working
    working = mine.catch((error: unknown) => report('settle', error))
    return mine
  }
  const kick = () => {
    if (queued || closing) return
    queued = true
    setImmediate(() => settle().catch(() => {}))
  }
  const polling = poll ? setInterval(kick, POLL) : null
  polling?.unref()
  if (poll) kick()

  const open = () => {
    if (closing) throw new Rejection('SHUTTING_DOWN')
  }
  /** The store's own failures as the answer a caller understands. */
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    open()
    try {
      return await work()
    } catch (error) {
      if (error instanceof StorageError) throw new Rejection('STORAGE_UNAVAILABLE', { reason: error.code })
      throw error
    }
  }

  const packages = createPackages({
    store,
    stream: streamNamed('definitions'),
    writer,
    deployments,
    definitions,
    requests,
    clock,
    guarded,
  })

  return {
    clock,
    store,
    submit: (submission) => guarded(() => submit(submission)),
    start: (request) =>
      guarded(async () => {
        const { processId, definitionKey } = request
        const answer = await commands.start(request, async () => {
          const found =
            definitionKey === undefined
              ? await definitions.latest(processId ?? '')
              : await definitions.get(definitionKey)
          definitions.checkOpen(found)
          return found
        })
        const created = answer.facts[0]
        if (created?.kind !== 'processInstance.created') throw new Error('Expected a start to create an instance')
        const { value, key } = created
        return {
          ...answer,
          instanceKey: key,
          definitionKey: value.definitionKey,
          processId: value.processId,
          version: value.version,
        }
      }),
    deploy: (resources, actor, requestId, within = null) =>
      guarded(() => deployments.deploy(systemStreams.definitions, resources, actor, requestId, within)),
    packages,
    publishMessage: (message) =>
      guarded(async () => {
        const published = await messages.publish(systemStreams.messages, message)
        kick()
        return published
      }),
    broadcastSignal: (signal) =>
      guarded(async () => {
        const broadcast = await signals.broadcast(systemStreams.messages, signal)
        kick()
        return broadcast
      }),
    evaluateConditions: (given) => guarded(() => startEvents.evaluateConditions(given)),
    record: (stream, kind, actor, value, changes = []) =>
      guarded(async () => {
        const circumstances = { at: clock.now(), actor, requestId: '' }
        await streamNamed(stream).append(circumstances, () => ({
          command: { kind, key: null, version: 1, value },
          facts: [],
          changes,
        }))
      }),
    setParameters: (given, actor, requestId) =>
      guarded(() => parameters.set(given, { at: clock.now(), actor, requestId })),
    parametersFor: (definitionKey: Key, units: readonly UnitRef[]): Promise<Variables> =>
      guarded(async () => {
        const { packageId } = await definitions.get(definitionKey)
        return packageId === null ? {} : parameters.inForce(packageId, units, clock.now())
      }),
    definition: (key: Key): Promise<ProcessDefinition> =>
      guarded(async () => (await definitions.get(key)).bundle.process),
    activateJobs: (request) => guarded(() => loans.lend(request)),
    health: () => writer.health,
    settle,
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      if (closing) return
      closing = true
      if (polling) clearInterval(polling)
      await working
      await writer.idle()
      await instances.putAway()
      await store.close()
    },
  }
}

/** Whether facts put something into the outbox, or a timer that may be due at once. */
function leavesWork({ facts }: Committed): boolean {
  return facts.some(
    ({ kind }) =>
      kind === 'job.created' ||
      kind === 'job.retriesUpdated' ||
      kind === 'multiInstance.pending' ||
      kind === 'messageSubscription.created' ||
      kind === 'signal.broadcast',
  )
}
