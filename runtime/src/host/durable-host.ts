import type { CommandKind, Key, ProcessDefinition, UnitRef, Variables } from '@bihuan/engine'
import { Admission } from './admission.ts'
import { highestStream } from './archival.ts'
import { Bulk } from './bulk.ts'
import { CaseNumbers } from './case-number.ts'
import { ClockTrust, gapDoubt } from './clock-trust.ts'
import { Commands, type Committed } from './commands.ts'
import { Decisions } from './decisions.ts'
import { Definitions } from './definitions.ts'
import { Deployments } from './deployments.ts'
import { leftToDo } from './figures.ts'
import { Gate } from './gate.ts'
import type { Host } from './host.ts'
import type { HostParts } from './host-parts.ts'
import { Instances } from './instances.ts'
import { InternalJobs } from './internal-jobs.ts'
import { JobLoans } from './job-loans.ts'
import { createLeaving } from './leaving.ts'
import { Listeners } from './listeners.ts'
import { Loop } from './loop.ts'
import { Messages } from './messages.ts'
import { Migrations } from './migration.ts'
import { Outbox } from './outbox.ts'
import { outboxHandlers } from './outbox-handlers.ts'
import { createPackages } from './packages.ts'
import { Parameters as PackageParameters } from './parameters.ts'
import { recorder } from './recording.ts'
import { Requests } from './requests.ts'
import { Resting } from './resting.ts'
import { Retries } from './retries.ts'
import { Room } from './room.ts'
import { createSealer } from './sealing.ts'
import { Signals } from './signals.ts'
import { StartEvents } from './start-events.ts'
import { StartTimers } from './start-timers.ts'
import type { Submission } from './submission.ts'
import { SystemStream, systemStreams } from './system-stream.ts'
import { Timers } from './timers.ts'
import { Watch } from './watch.ts'
import { Writer } from './writer.ts'

/** Makes a host over an opened store. */
export async function createHost({
  store,
  clock,
  liveLimit,
  liveBytes,
  rowsPerSnapshot,
  admission: limits,
  disk,
  requestDays,
  steady,
  hash,
  seal,
  poll,
  point,
  findings,
  report,
}: HostParts): Promise<Host> {
  const writer = new Writer(store)
  const requests = new Requests(store)
  const definitions = new Definitions(store, report)
  await definitions.refresh()
  const streams = new Map(
    Object.entries(systemStreams).map(([name, number]) => [name, new SystemStream(number, store, writer, hash)]),
  )
  const streamNamed = (name: keyof typeof systemStreams) => streams.get(name)!
  const parameters = new PackageParameters(store, streamNamed('parameters'), requests)
  const resting = new Resting({ store, writer, steady, isSealing: seal !== null, point, instances: () => instances })
  const instances: Instances = new Instances(
    store,
    writer,
    async (key) => (await definitions.get(key)).bundle,
    { liveLimit, liveBytes, rowsPerSnapshot, hash },
    point,
    (stream) => resting.wake(stream),
  )
  const listeners = new Listeners(report)
  let lastStream = await highestStream(store)
  const publish = (written: Committed) => {
    point('published')
    listeners.tell(written)
    if (written.leavesWork) loop.kick()
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
    findings,
  })
  const retries = new Retries(report)
  const startEvents = new StartEvents({
    store,
    definitions,
    clock,
    report,
    start: (request, find, message) => commands.start(request, find, message),
  })
  const startTimers = new StartTimers({
    store,
    stream: streamNamed('definitions'),
    deployments,
    startEvents,
    clock,
    retries,
  })
  const outside = { store, stream: streamNamed('messages'), writer, requests, clock, startEvents, submit }
  const messages = new Messages(outside)
  const signals = new Signals(outside)
  const decisions = new Decisions({ store, stream: streamNamed('definitions'), clock })
  const internal = new InternalJobs(store, clock, submit)
  const bulk = new Bulk({ stream: streamNamed('definitions'), requests, clock })
  const migrations = new Migrations({
    store,
    bulk,
    clock,
    submit,
    definition: (key) => definitions.get(key),
    look: (stream, read) => instances.look(stream, read),
  })
  const loans = new JobLoans(store, clock)
  const timers: Timers = new Timers({
    store,
    writer,
    clock,
    submit,
    retries,
    point,
    isStopped: () => loop.isStopped,
  })
  const outbox = new Outbox({
    store,
    writer,
    clock,
    retries,
    point,
    isStopped: () => loop.isStopped,
    handlers: outboxHandlers({ internal, messages, signals, startEvents, submit }),
  })

  const record = recorder(streamNamed, clock)
  const sealer =
    seal &&
    createSealer({
      store,
      clock,
      writer,
      algorithm: hash,
      options: seal,
      // A server works whenever it is asked to; its trail is sealed once a second.
      pause: poll ? 900 : 0,
      record: (kind, actor, value, changes) => record('security', kind, actor, value, changes),
      report,
    })

  const room = new Room(disk, report)
  const admission = new Admission(limits, () => writer.figures)
  const gate = new Gate(admission, room)
  const guarded = <T>(work: () => Promise<T>) => gate.admit(work)
  const trust = new ClockTrust(clock, steady, await gapDoubt(store, clock.now()))
  const watch = new Watch({
    store,
    writer,
    requests,
    messages,
    room,
    clock,
    steady,
    trust,
    stream: streamNamed('security'),
    requestDays,
    report,
  })
  const loop: Loop = new Loop({
    work: [() => timers.fireDue(), () => startTimers.fireDue(), () => outbox.drain()],
    tidy: async () => {
      retries.forgetGone(clock.now())
      await sealer?.turn()
    },
    look: () => watch.look(),
    isPaused: () => room.isLow || writer.health.reason === 'LEASE_LOST',
    report,
  })
  /** For what leaves work in the outbox. */
  const leading = <T>(work: () => Promise<T>) =>
    guarded(async () => {
      const answer = await work()
      loop.kick()
      return answer
    })
  if (poll) loop.poll()

  const packages = createPackages({
    store,
    stream: streamNamed('definitions'),
    writer,
    deployments,
    definitions,
    requests,
    clock,
    guarded,
    passed: (work) => gate.pass(work),
    skipMissed: (packageId) => startTimers.skipMissed(packageId),
  })

  return {
    clock,
    store,
    submit: (submission) => guarded(() => submit(submission)),
    start: (request) =>
      guarded(async () => {
        const { processId, definitionKey } = request
        return commands.start(request, async () => {
          const found =
            definitionKey === undefined
              ? await definitions.latest(processId ?? '')
              : await definitions.get(definitionKey)
          definitions.checkOpen(found)
          return found
        })
      }),
    started: (request) => gate.pass(() => commands.started(request)),
    once: (request, act) => guarded(() => commands.once(request, act)),
    deploy: (resources, actor, requestId, within = null) =>
      guarded(() => deployments.deploy(systemStreams.definitions, resources, actor, requestId, within)),
    packages,
    publishMessage: (message) => leading(() => messages.publish(systemStreams.messages, message)),
    correlateMessage: (message) => leading(() => messages.correlateNow(systemStreams.messages, message)),
    planMigration: (request) => gate.pass(() => migrations.plan(request)),
    beginBulk: (given, choose) => guarded(() => bulk.begin(given, choose)),
    migrateInstances: (request, by) => guarded(() => migrations.migrate(request, by)),
    suggestMappings: (sourceKey, targetKey) => gate.pass(() => migrations.suggest(sourceKey, targetKey)),
    evaluateDecision: (request) => guarded(() => decisions.evaluate(request)),
    broadcastSignal: (signal) => leading(() => signals.broadcast(systemStreams.messages, signal)),
    evaluateConditions: (given) => guarded(() => startEvents.evaluateConditions(given)),
    // The trail of what is refused goes on when there is no room for anything else.
    record: (stream, kind, actor, value, changes) => gate.pass(() => record(stream, kind, actor, value, changes)),
    ...createLeaving({ store, writer, clock, security: streamNamed('security'), instances, resting, point, gate }),
    seal: () => gate.pass(async () => sealer?.seal()),
    setParameters: (given, actor, requestId) =>
      guarded(() => parameters.set(given, { at: clock.now(), actor, requestId })),
    parametersFor: (definitionKey: Key, units: readonly UnitRef[]): Promise<Variables> =>
      gate.pass(async () => {
        const { packageId } = await definitions.get(definitionKey)
        return packageId === null ? {} : parameters.inForce(packageId, units, clock.now())
      }),
    definition: (key: Key): Promise<ProcessDefinition> =>
      gate.pass(async () => (await definitions.get(key)).bundle.process),
    activateJobs: (request) => guarded(() => loans.lend(request)),
    giveBackJobs: (lent) => guarded(() => loans.giveBack(lent)),
    nextJobAt: (type, after) => loans.nextAt(type, after),
    extendJob: (key, timeout) => guarded(() => loans.extend(key, timeout)),
    health: () => ({
      ...(room.isLow && writer.health.status === 'up' ? { status: 'read_only', reason: 'DISK_LOW' } : writer.health),
      alarms: [
        ...(watch.log.isHeld ? ['WAL_LARGE' as const] : []),
        ...(trust.isAfterGap ? ['CLOCK_DOUBTED' as const] : []),
      ],
    }),
    figures: async () => ({
      ...writer.figures,
      ...instances.figures,
      ...(await leftToDo(store, clock.now())),
      inFlight: admission.inFlight,
      shed: admission.shed,
      conflicts: commands.conflicts,
      walBytes: watch.log.bytes,
      freeBytes: room.free,
      retrying: retries.size,
    }),
    trustsClock: () => trust.isTrusted,
    checkRoom: () => gate.check(),
    inspect: () => watch.look(),
    settle: () => loop.settle(),
    onGroup: (listener) => writer.onGroup(listener),
    onCommitted: (listener) => listeners.add(listener),
    async close() {
      if (gate.isClosed) return
      gate.close()
      await loop.stop()
      await writer.idle()
      await instances.putAway()
      await sealer?.close()
      await store.close()
    },
  }
}
