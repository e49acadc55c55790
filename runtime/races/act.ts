import { type Actor, type DefinitionBundle, emptyState, fold, type Key, type State } from '@bihuan/engine'
import { GOOD, type Move, movesOf, operatorMove } from '@bihuan/engine/testing/random'
import type { Random } from '../faults/random.ts'
import type { Host } from '../src/host/host.ts'
import { streamOf } from '../src/host/live-instance.ts'
import type { Answer, Submission } from '../src/host/submission.ts'
import type { Observer } from './observer.ts'

/** Something that is asked of the host. A `command` is judged by the state of its case alone. */
export interface Act {
  readonly name: string
  readonly command: Omit<Submission, 'requestId'> | null
  run(host: Host, requestId: string): Promise<Answer | null>
}

/** What acts are chosen by. */
export interface Surroundings {
  readonly random: Random
  readonly observer: Observer
  readonly bundles: ReadonlyMap<Key, DefinitionBundle>
  /** Versions of the process: cases begin in the last of them, and are moved between them. */
  readonly versions: readonly Key[]
  readonly now: () => number
  /** Counts what is asked and answered. */
  readonly tick: () => number
  /** Lets time pass, in ms. */
  readonly pass: (milliseconds: number) => void
}

const clerk: Actor = { type: 'person', id: 'clerk' }
const operator: Actor = { type: 'person', id: 'operator' }
const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]
/** What cases are called by: few, so that several wait for the same. */
const KEYS = ['k1', 'k2', 'k3']
const PAUSES = [1_000, 60_000, 1_300_000, 3_700_000]
/** What the host asks by itself. */
const OWN: ReadonlySet<string> = new Set([
  'processInstance.create',
  'timer.trigger',
  'message.correlate',
  'signal.trigger',
  'multiInstance.continue',
])

const WEIGHTS = {
  start: 3,
  move: 18,
  operate: 4,
  activate: 3,
  publish: 4,
  correlate: 2,
  broadcast: 1,
  pass: 3,
  settle: 8,
  rest: 2,
  wake: 1,
} as const

const other = (name: string, run: (host: Host, requestId: string) => Promise<unknown>): Act => ({
  name,
  command: null,
  run: async (host, requestId) => {
    await run(host, requestId)
    return null
  },
})

/** Acts that can be chosen, by name; null when there is nothing to act on. */
const acts: { readonly [name in keyof typeof WEIGHTS]: (given: Surroundings) => Act | null } = {
  start: ({ random }) => {
    const variables = { ...GOOD, key: random.pick(KEYS)!, done: random.chance(0.2) }
    return {
      name: 'start',
      command: null,
      run: (host, requestId) => host.start({ processId: 'process', units, variables, actor: clerk, requestId }),
    }
  },
  move: (given) => {
    const found = caseOf(given)
    if (!found) return null
    const { random } = given
    const moves = movesOf(found.bundle, found.state, random.between(0, 2 ** 20)).filter(({ kind }) => !OWN.has(kind))
    return commanded(found.key, random.pick(moves), clerk)
  },
  operate: (given) => {
    const found = caseOf(given)
    if (!found) return null
    const { random, versions } = given
    const move = operatorMove(found.bundle, found.state, random.between(0, 2 ** 20))
    if (move.kind !== 'processInstance.migrate') return commanded(found.key, move, operator)
    const value = { ...move.value, targetDefinitionKey: random.pick(versions)! }
    return commanded(found.key, { ...move, value } as Move, operator)
  },
  activate: ({ random, observer }) => {
    const type = random.pick(observer.find<string>('SELECT DISTINCT type FROM job ORDER BY type'))
    if (type === undefined) return null
    return other('activate', (host) => host.activateJobs({ type, worker: 'w', timeout: 60_000, maxJobs: 2 }))
  },
  publish: (given) => {
    const called = subscribed(given, 'message')
    if (!called) return null
    const message = { ...called, timeToLive: 3_600_000, messageId: null, variables: {}, actor: clerk }
    return other('publish', (host, requestId) => host.publishMessage({ ...message, requestId }))
  },
  correlate: (given) => {
    const called = subscribed(given, 'message')
    if (!called) return null
    return other('correlate', (host, requestId) =>
      host.correlateMessage({ ...called, variables: {}, actor: clerk, requestId }),
    )
  },
  broadcast: (given) => {
    const signal = subscribed(given, 'signal')
    if (!signal) return null
    return other('broadcast', (host, requestId) =>
      host.broadcastSignal({ signalName: signal.name, variables: {}, actor: clerk, requestId }),
    )
  },
  pass: ({ random, pass }) => {
    const milliseconds = random.pick(PAUSES)!
    return other('pass', async () => pass(milliseconds))
  },
  settle: () => other('settle', (host) => host.settle()),
  rest: (given) => {
    const key = given.random.pick(ended(given))
    return key === undefined ? null : other('rest', (host) => host.rest(key))
  },
  wake: (given) => {
    const key = given.random.pick(ended(given))
    return key === undefined ? null : other('wake', (host) => host.wake([key]))
  },
}

/** One act, chosen as the seed says. */
export function chooseAct(given: Surroundings): Act {
  for (;;) {
    const act = acts[given.random.weighted(WEIGHTS)](given)
    if (act) return act
  }
}

function commanded(caseKey: Key, move: Move | undefined, actor: Actor): Act | null {
  if (!move) return null
  const command = { actor, ...move, key: move.key ?? caseKey } as Omit<Submission, 'requestId'>
  return {
    name: command.kind,
    command,
    run: (host, requestId) => host.submit({ ...command, requestId }),
  }
}

interface Case {
  readonly key: Key
  readonly state: State
  readonly bundle: DefinitionBundle
}

/** A case as it is on disk, mostly one that runs; undefined where there is none that can be read. */
function caseOf({ random, observer, bundles }: Surroundings): Case | undefined {
  const key = random.pick(
    random.chance(0.9)
      ? observer.find<Key>('SELECT key FROM process_instance WHERE ended_at IS NULL ORDER BY key DESC LIMIT 5')
      : observer.find<Key>('SELECT key FROM process_instance ORDER BY key'),
  )
  if (key === undefined) return undefined
  const stream = streamOf(key)
  const state = emptyState(stream)
  fold(state, observer.facts(stream))
  const bundle = state.instance && bundles.get(state.instance.definitionKey)
  return bundle ? { key, state, bundle } : undefined
}

/** What some case waits for. */
function subscribed(
  given: Surroundings,
  kind: 'message' | 'signal',
): { readonly name: string; readonly correlationKey: string } | undefined {
  const all = [...(caseOf(given)?.state.subscriptions.values() ?? [])].flatMap((one) => {
    if (one.kind !== kind) return []
    return one.kind === 'message'
      ? [{ name: one.messageName, correlationKey: one.correlationKey }]
      : [{ name: one.signalName, correlationKey: '' }]
  })
  return given.random.pick(all)
}

const ended = ({ observer }: Surroundings): Key[] =>
  observer.find<Key>('SELECT key FROM process_instance WHERE ended_at IS NOT NULL ORDER BY key')
