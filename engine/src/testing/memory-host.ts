import type { ActorLogic } from 'xstate'
import { createActor, type Actor as Running } from 'xstate'
import type { ProcessInput } from '../actor/process-logic.ts'
import { createProcessLogic, type ProcessEvent, type ProcessSnapshot } from '../actor/process-logic.ts'
import { Rejection } from '../problem/problem.ts'
import type { Variables } from '../record/json.ts'
import type { Actor, Command, Fact, Key } from '../record/record.ts'
import { fold } from '../state/apply.ts'
import { serializeState } from '../state/snapshot.ts'
import { emptyState, type State } from '../state/state.ts'
import { internalJob } from './internal-job.ts'
import type { MemoryHostOptions, ScenarioHost, ScenarioStart } from './scenario.ts'

type Logic = ActorLogic<ProcessSnapshot, ProcessEvent, ProcessInput>

const STREAM = 1024
const system: Actor = { type: 'system', id: 'worker' }

/** What happens to the state after every command. */
type Between = (logic: Logic, actor: Running<Logic>, facts: readonly Fact[]) => Running<Logic>

/** Runs a case in memory, one actor from start to end. */
export function memoryHost(options: MemoryHostOptions): ScenarioHost {
  return inMemory('memory', options, (_logic, actor) => actor)
}

/** Saves the state as JSON and loads it again after every command. */
export function saveLoadHost(options: MemoryHostOptions): ScenarioHost {
  return inMemory('save-load', options, (logic, actor) => {
    const saved = JSON.stringify(actor.getPersistedSnapshot())
    actor.stop()
    return createActor(logic, { snapshot: JSON.parse(saved), input: { stream: STREAM } }).start()
  })
}

/** Folds all facts anew after every command, compares with the live state, and goes on from the folded one. */
export function refoldHost(options: MemoryHostOptions): ScenarioHost {
  return inMemory('refold', options, (logic, actor, facts) => {
    const live = JSON.stringify(serializeState(actor.getSnapshot().state))
    const copies = JSON.parse(JSON.stringify(facts)) as Fact[]
    const folded = serializeState(fold(emptyState(STREAM), copies))
    if (JSON.stringify(folded) !== live)
      throw new Error(`ST4 does not hold: folded ${JSON.stringify(folded)}, live ${live}`)
    actor.stop()
    const snapshot = { status: 'active', output: undefined, error: undefined, state: folded } as never
    return createActor(logic, { snapshot, input: { stream: STREAM } }).start()
  })
}

function inMemory(name: string, options: MemoryHostOptions, between: Between): ScenarioHost {
  let now = 0
  let commands = 0
  let logic: Logic | null = null
  let actor: Running<Logic> | null = null
  let people: ScenarioStart['people'] = {}
  const facts: Fact[] = []

  const state = (): State => {
    if (!actor) throw new Error('the scenario has not started')
    return actor.getSnapshot().state
  }

  /** One command, then what follows from its facts. */
  function send(given: Pick<Command, 'kind' | 'key' | 'value' | 'actor'>): void {
    if (!actor || !logic) throw new Error('the scenario has not started')
    commands += 1
    const command = { ...given, at: now, requestId: `scenario-${commands}` } as Command
    actor.send({ type: 'command', command })
    const { last, fault } = actor.getSnapshot()
    if (fault) throw fault
    if (last?.rejection) throw last.rejection
    const written = last?.facts ?? []
    facts.push(...written)
    actor = between(logic, actor, facts)
    for (const fact of written) followUp(fact)
  }

  function followUp(fact: Fact): void {
    if (fact.kind === 'multiInstance.pending') {
      if (state().elements.has(fact.key))
        send({ kind: 'multiInstance.continue', key: fact.key, value: {}, actor: system })
      return
    }
    if (fact.kind === 'signal.broadcast') {
      deliver(fact)
      return
    }
    const created = createdJob(fact)
    if (!created || !state().jobs.has(fact.key)) return
    const { type, variables, headers } = created.value
    const own = options.jobs?.[type]
    const done = own
      ? { kind: 'job.complete' as const, value: { variables: own(variables, now, headers) as Variables } }
      : internalJob(created, now, state().instance?.units ?? [], people)
    if (done) send({ ...done, key: fact.key, actor: system })
  }

  /** Hands a signal of the case to every subscription of that name that is open in it. */
  function deliver({ key: signalKey, value: { signalName, variables } }: Fact<'signal.broadcast'>): void {
    const waiting = [...state().subscriptions.values()].filter(
      (one) => one.kind === 'signal' && one.signalName === signalName,
    )
    // One that interrupts may have closed others.
    for (const { key } of waiting)
      if (state().subscriptions.has(key))
        send({ kind: 'signal.trigger', key, value: { signalName, signalKey, variables }, actor: system })
  }

  /** The creation of a job that is to be done now: it has just been created, or may be tried again. */
  function createdJob(fact: Fact): Fact<'job.created'> | null {
    if (fact.kind === 'job.created') return fact
    if (fact.kind !== 'job.retriesUpdated') return null
    const { variables } = (fact as Fact<'job.retriesUpdated'>).value
    const first = facts.find((one): one is Fact<'job.created'> => one.kind === 'job.created' && one.key === fact.key)
    return first ? { ...first, value: { ...first.value, variables } } : null
  }

  function fireDue(until: number): void {
    for (;;) {
      const [first] = [...state().timers.values()].sort((a, b) => a.dueAt - b.dueAt || a.key - b.key)
      if (!first || first.dueAt > until) return
      now = Math.max(now, first.dueAt)
      send({ kind: 'timer.trigger', key: first.key, value: {}, actor: { type: 'system', id: 'timer' } })
    }
  }

  return {
    name,
    now: () => now,
    async start(request) {
      now = request.at
      people = request.people
      const bundle = options.bundle(request.processId)
      logic = createProcessLogic(bundle)
      actor = createActor(logic, { input: { stream: STREAM } }).start()
      const { numberPrefix } = bundle.process
      const year = new Date(now + 8 * 3_600_000).getUTCFullYear()
      const businessId = request.businessId ?? (numberPrefix === null ? null : `${numberPrefix}-${year}-0001`)
      const { units, variables, parameters, startEventId } = request
      send({
        kind: 'processInstance.create',
        value: { units, variables, parameters, businessId, ...(startEventId !== undefined && { startEventId }) },
        actor: request.actor,
      })
      fireDue(now)
    },
    async submit(kind, key: Key, value, by) {
      send({ kind, key, value, actor: by } as Command)
      fireDue(now)
    },
    async advance(at) {
      if (at < now) throw new Rejection('STATE_CONFLICT', { state: 'clock' })
      fireDue(at)
      now = at
    },
    facts: async () => [...facts],
    async close() {
      actor?.stop()
    },
  }
}
