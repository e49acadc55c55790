import type { FlowNode, JobResult, Key } from '@bihuan/engine'
import type { View } from '@bihuan/engine/testing'
import { st } from '../../i18n/studio.ts'
import type { Trial } from './trial.ts'
import type { Deed, Turn } from './turn.ts'

type State = View['state']
type Job = State['jobs'] extends ReadonlyMap<Key, infer One> ? One : never
type Choices = Extract<Turn, { kind: 'outside' }>['choices']

/** What the case waits for that no person of it does: workers, messages, signals, data, what is stuck. */
export function outsideTurns(trial: Trial): readonly Turn[] {
  const { state } = trial.view
  const subscriptions = [...state.subscriptions.values()]
  const signals = new Set(subscriptions.flatMap((one) => (one.kind === 'signal' ? one.signalName : [])))
  const conditional = subscriptions.find((one) => one.kind === 'conditional')
  return [
    ...[...state.jobs.values()].filter(({ status }) => status === 'created').map((job) => jobTurn(trial, state, job)),
    ...[...state.elements.values()].flatMap(({ key, adHoc }) =>
      adHoc && !adHoc.decided && !state.jobs.has(state.elements.get(key)?.job ?? 0) ? adHocTurn(trial, state, key) : [],
    ),
    ...subscriptions.flatMap((one): Turn[] =>
      one.kind === 'message' && one.action === null
        ? [
            turn(`message ${one.key}`, 'message', one.messageName, st('trial.outside.messageAbout'), [
              { label: st('trial.outside.send'), run: ({ variables }) => trial.act(one.key, variables, 'trial') },
            ]),
          ]
        : [],
    ),
    ...[...signals].map((name) =>
      turn(`signal ${name}`, 'signal', name, st('trial.outside.signalAbout'), [
        { label: st('trial.outside.send'), run: ({ variables }) => trial.signal(name, variables) },
      ]),
    ),
    ...(conditional ? [dataTurn(trial, nameAt(trial, state, conditional))] : []),
    ...[...state.incidents.values()].map((incident) => stuckTurn(trial, state, incident)),
  ]
}

/** What stands in the drawing at an element instance, in whichever process that is. */
function nodeAt(trial: Trial, state: State, elementId: string, key: Key): FlowNode | undefined {
  const { bundle, others } = trial.prepared
  const definitionKey = state.elements.get(key)?.definitionKey ?? null
  const { process } = (definitionKey === null ? null : others.byKey(definitionKey)) ?? bundle
  return process.nodes[elementId]
}

const nameAt = (
  trial: Trial,
  state: State,
  at: { readonly elementId: string; readonly elementInstanceKey: Key },
): string => nodeAt(trial, state, at.elementId, at.elementInstanceKey)?.name ?? at.elementId

type Outside = 'job' | 'listener' | 'message' | 'signal' | 'data' | 'adHoc' | 'stuck'

const turn = (
  id: string,
  kind: Outside,
  name: string,
  about: string,
  deeds: readonly Deed[],
  choices: Choices = [],
): Turn => ({
  kind: 'outside',
  id,
  role: st('trial.outside.role', { kind: st(`trial.outside.${kind}`), name }),
  name,
  about,
  choices,
  deeds,
})

/** A job: its worker is done, cannot do it, or reports a BPMN error; a listener of tasks may refuse what was asked. */
function jobTurn(trial: Trial, state: State, job: Job): Turn {
  const { key, type, listener, elementId, elementInstanceKey } = job
  const name = nameAt(trial, state, job)
  const failing: Deed = {
    label: st('trial.outside.fail'),
    note: st('trial.outside.failWhy'),
    run: ({ note }) => trial.send({ command: 'job.fail', key, value: { retries: 0, message: note, retryAt: null } }),
  }
  const complete = (label: string, result?: (chosen: readonly string[], note: string) => JobResult): Deed => ({
    label,
    run: ({ variables, chosen, note }) =>
      trial.send({
        command: 'job.complete',
        key,
        value: { variables, ...(result && { result: result(chosen, note) }) },
      }),
  })
  const about = st('trial.outside.jobAbout', { type })
  const node = nodeAt(trial, state, elementId, elementInstanceKey)
  if (listener?.kind === 'task') {
    const decide = (denied: boolean) => (_: readonly string[], deniedReason: string) =>
      ({ type: 'userTask', denied, deniedReason, corrections: {} }) as const
    const mayDeny = listener.event !== 'creating' && listener.event !== 'canceling'
    const deny = { ...complete(st('trial.outside.deny'), decide(true)), note: st('trial.outside.denyWhy') }
    return turn(`job ${key}`, 'listener', name, about, [
      complete(st('trial.outside.allow')),
      ...(mayDeny ? [deny] : []),
      failing,
    ])
  }
  if (listener) return turn(`job ${key}`, 'listener', name, about, [complete(st('trial.done')), failing])
  if (node?.type === 'bpmn:AdHocSubProcess') {
    const decided = (isCompletionConditionFulfilled: boolean) => (chosen: readonly string[]) =>
      ({
        type: 'adHocSubProcess',
        activateElements: isCompletionConditionFulfilled
          ? []
          : chosen.map((one) => ({ elementId: one, variables: {} })),
        isCompletionConditionFulfilled,
        isCancelRemainingInstances: false,
      }) as const
    const deeds = [
      complete(st('trial.outside.begin'), decided(false)),
      complete(st('trial.outside.enough'), decided(true)),
      failing,
    ]
    return turn(`job ${key}`, 'job', name, about, deeds, choicesOf(node))
  }
  const failure: Deed = {
    label: st('trial.outside.error'),
    note: st('trial.outside.errorCode'),
    run: ({ note, variables }) =>
      trial.send({ command: 'job.throwError', key, value: { errorCode: note, message: '', variables } }),
  }
  return turn(`job ${key}`, 'job', name, about, [complete(st('trial.done')), failing, failure])
}

/** An ad-hoc sub-process (BPMN 2.0 §10.3.5): whoever watches over it begins what is needed. */
function adHocTurn(trial: Trial, state: State, key: Key): Turn[] {
  const elementId = state.elements.get(key)?.elementId ?? ''
  const node = nodeAt(trial, state, elementId, key)
  if (node?.type !== 'bpmn:AdHocSubProcess') return []
  const begin: Deed = {
    label: st('trial.outside.begin'),
    run: ({ chosen, variables }) => {
      const elements = chosen.map((one) => ({ elementId: one, variables }))
      return trial.send({
        command: 'adHocSubProcess.activate',
        key,
        value: { elements, cancelRemainingInstances: false },
      })
    },
  }
  return [
    turn(`adHoc ${key}`, 'adHoc', node.name ?? elementId, st('trial.outside.adHocAbout'), [begin], choicesOf(node)),
  ]
}

const choicesOf = ({ own }: Extract<FlowNode, { type: 'bpmn:AdHocSubProcess' }>): Choices =>
  own.elements.map(({ elementId, elementName }) => ({ id: elementId, label: elementName ?? elementId }))

const setData = (trial: Trial): Deed => ({
  label: st('trial.outside.set'),
  run: ({ variables }) => {
    const { instanceKey: scopeKey } = trial.view
    return trial.send({ command: 'variables.set', key: scopeKey, value: { scopeKey, variables, local: true } })
  },
})

/** A condition waits: it is looked at again when data of the case changes. */
const dataTurn = (trial: Trial, name: string): Turn =>
  turn('data', 'data', name, st('trial.outside.dataAbout'), [setData(trial)])

const lent = () => [1, 2, 3].map((number) => ({ id: `lent-${number}`, name: st('trial.outside.lent', { number }) }))

/** An incident: the data is put right, and what failed is done again. */
function stuckTurn(
  trial: Trial,
  state: State,
  incident: State['incidents'] extends ReadonlyMap<Key, infer One> ? One : never,
): Turn {
  const { key, code, jobKey } = incident
  const retry: Deed = {
    label: st('trial.outside.retry'),
    run: async ({ variables }) => {
      if (Object.keys(variables).length > 0) await setData(trial).run({ variables, chosen: [], note: '' })
      await trial.send({ command: 'incident.resolve', key, value: {} })
    },
  }
  const name = nameAt(trial, state, incident)
  if (code !== 'ROLE_HELD_BY_NOBODY' || jobKey === null)
    return turn(`stuck ${key}`, 'stuck', name, st('trial.outside.stuckAbout'), [retry])
  // Whom the organisation has yet to name cannot be put right from here: the draft is tried with others.
  const lend: Deed = {
    label: st('trial.outside.lend'),
    run: () => trial.send({ command: 'job.complete', key: jobKey, value: { variables: { people: lent() } } }),
  }
  return turn(`stuck ${key}`, 'stuck', name, st('trial.outside.nobodyAbout'), [lend])
}
