import type { DefinitionBundle } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { ElementInstance, Incident, State } from '../state/state.ts'
import { adHocElements, GOOD, type Move, nodeFor } from './random-moves.ts'

/**
 * What brings a case nearer to its end: what failed is corrected and done again, then people, workers and the world
 * answer what the case waits for, and nothing else happens. Null when nothing does.
 */
export function nextDrain(bundle: DefinitionBundle, state: State, turn: number): Move[] | null {
  // The newest first: what was begun last ends first.
  const last = <T>(all: Iterable<T>) => [...all].at(-1)
  if (state.instance?.status === 'suspended') return [{ kind: 'processInstance.resume', value: { reason: 'asked' } }]
  const incident = last(state.incidents.values())
  if (incident)
    return [
      ...scopesOf(state, incident.elementInstanceKey).map(({ key }) => set(key, correctFor(incident))),
      { kind: 'incident.resolve', key: incident.key, value: {} },
    ]
  const job = last([...state.jobs.values()].filter((one) => one.status === 'created'))
  if (job) {
    const owner = state.elements.get(job.elementInstanceKey)
    if (job.listener?.kind === 'task') return [{ kind: 'job.complete', key: job.key, value: { variables: {} } }]
    const result = owner?.adHoc && !job.listener ? { result: FULFILLED } : {}
    return [{ kind: 'job.complete', key: job.key, value: { variables: {}, ...result } }]
  }
  const task = last([...state.tasks.values()].filter((one) => !one.pending))
  if (task) return [{ kind: 'userTask.complete', key: task.key, value: { variables: { again: false }, formKey: null } }]
  const waits = (one: { readonly elementId: string; readonly elementInstanceKey: number }) => {
    const owner = state.elements.get(one.elementInstanceKey)
    const node = owner && nodeFor(bundle, owner, one.elementId)
    return node?.type === 'bpmn:IntermediateCatchEvent' || node?.type === 'bpmn:ReceiveTask'
  }
  const timer = last([...state.timers.values()].filter(waits))
  if (timer) return [{ kind: 'timer.trigger', key: timer.key, value: {} }]
  const open = last([...state.subscriptions.values()].filter(waits))
  if (open?.kind === 'message')
    return [
      {
        kind: 'message.correlate',
        key: open.key,
        value: { messageName: open.messageName, messageKey: 1, variables: {} },
      },
    ]
  if (open?.kind === 'signal')
    return [
      { kind: 'signal.trigger', key: open.key, value: { signalName: open.signalName, signalKey: 2, variables: {} } },
    ]
  if (open) return [set(open.elementInstanceKey, { c: false }), set(open.elementInstanceKey, { c: true })]
  return drainAdHoc(bundle, state, turn)
}

/** Values with which what failed does not fail again. */
function correctFor({ retry }: Incident): Variables {
  return retry === 'condition' ? { ...GOOD, c: false } : GOOD
}

const FULFILLED = {
  type: 'adHocSubProcess',
  activateElements: [],
  isCompletionConditionFulfilled: true,
  isCancelRemainingInstances: true,
} as const

const set = (scopeKey: number, variables: Variables): Move => ({
  kind: 'variables.set',
  value: { scopeKey, variables, local: true },
})

/** An ad-hoc sub-process in which nothing runs: something in it is begun, so that its condition is asked. */
function drainAdHoc(bundle: DefinitionBundle, state: State, turn: number): Move[] | null {
  const idle = [...state.elements.values()].filter((one) => one.adHoc && one.children.size === 0).at(-1)
  if (!idle) return null
  const elements = adHocElements(bundle, idle)
  const elementId = elements[turn % elements.length] ?? ''
  return [
    ...scopesOf(state, idle.key).map(({ key }) => set(key, { done: true })),
    {
      kind: 'adHocSubProcess.activate',
      key: idle.key,
      value: { elements: [{ elementId, variables: {} }], cancelRemainingInstances: false },
    },
  ]
}

/** An element instance and the scopes around it, from the innermost out. */
function scopesOf(state: State, key: number): ElementInstance[] {
  const chain: ElementInstance[] = []
  for (let one = state.elements.get(key); one; one = state.elements.get(one.scopeKey ?? 0)) chain.push(one)
  return chain
}
