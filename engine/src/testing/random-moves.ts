import type { DefinitionBundle, FlowNode } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { AdHocActivation, Command, CommandKind, JobResult, Key } from '../record/record.ts'
import type { ElementInstance, Job, State } from '../state/state.ts'
import { units } from './play.ts'

export type Move = Pick<Command, 'kind' | 'key' | 'value'> & { readonly actor?: Command['actor'] }

/** Every variable a random model reads, with values that never fail. */
export const GOOD: Variables = { n: 1, items: [1, 2], wait: 'PT1H', key: 'k', signal: 'storm', active: [], done: true }

/** What people and workers answer: sometimes nothing, sometimes what expressions cannot take. */
const ANSWERS: readonly Variables[] = [
  {},
  { n: 3 },
  { n: 2 },
  { n: 1 },
  { n: 'three' },
  { n: null },
  { again: true },
  { again: false },
  { items: [1, 2, 3] },
  { items: 'none' },
  { items: [] },
  { wait: null },
  { wait: 'PT2H' },
  { key: null },
  { key: 7 },
  { c: true },
  { c: false },
  { c: 'yes' },
  { signal: null },
  { done: true },
  { active: ['nothing'] },
]
const answer = (draw: number): Variables => ANSWERS[draw % ANSWERS.length] ?? {}

/** The definition that an element instance belongs to. */
export function bundleFor(bundle: DefinitionBundle, { definitionKey }: Pick<ElementInstance, 'definitionKey'>) {
  return definitionKey === null ? bundle : (bundle.others?.byKey(definitionKey) ?? bundle)
}

/** The node of an element instance; undefined for a process. */
export function nodeFor(
  bundle: DefinitionBundle,
  element: ElementInstance,
  id = element.elementId,
): FlowNode | undefined {
  return bundleFor(bundle, element).process.nodes[id]
}

/** The start: by the none start event or another one, with good and bad variables. */
export function startMove(bundle: DefinitionBundle, draw: number): Move {
  const { startEvents } = bundle.process
  const event = startEvents[draw % startEvents.length]
  const variables = draw % 3 === 0 ? { ...GOOD, ...answer(draw >> 3) } : GOOD
  return {
    kind: 'processInstance.create',
    value: {
      units,
      variables: { ...variables, done: draw % 5 === 0 },
      parameters: {},
      businessId: null,
      ...(event && event.trigger !== null ? { startEventId: event.elementId } : {}),
    },
  }
}

/** What may be done now, in a fixed order. `draw` decides how, and whether something odd is among it. */
export function movesOf(bundle: DefinitionBundle, state: State, draw: number): Move[] {
  const moves: Move[] = []
  const add = (kind: CommandKind, key: Key | undefined, value: object, actor?: Command['actor']) =>
    moves.push({ kind, ...(key === undefined ? {} : { key }), value, ...(actor ? { actor } : {}) } as Move)
  const how = draw >> 4
  for (const key of state.tasks.keys()) {
    const person = { type: 'person', id: `p${how % 2}` } as const
    add('userTask.complete', key, { variables: answer(how), formKey: null }, how % 4 === 0 ? person : undefined)
    if (how % 3 === 0) add('userTask.assign', key, { assignee: `p${how % 2}`, allowOverride: how % 2 === 0 })
    if (how % 3 === 1) add('userTask.unassign', key, {})
    if (how % 3 === 2) add('userTask.update', key, { priority: how % 120, dueAt: null })
  }
  for (const key of state.timers.keys()) add('timer.trigger', key, {})
  for (const [key, one] of state.subscriptions)
    if (one.kind === 'message')
      add('message.correlate', key, { messageName: one.messageName, messageKey: 1, variables: answer(how) })
    else if (one.kind === 'signal')
      add('signal.trigger', key, { signalName: one.signalName, signalKey: 2, variables: answer(how) })
  for (const job of state.jobs.values()) {
    add('job.complete', job.key, jobAnswer(bundle, state, job, how))
    if (how % 3 === 0) add('job.fail', job.key, { retries: how % 2, message: 'no', retryAt: null })
    if (how % 3 === 2) add('job.updateRetries', job.key, { retries: how % 4 })
    if (how % 3 === 1)
      add('job.throwError', job.key, { errorCode: how % 2 ? 'E' : 'F', message: '', variables: answer(how) })
  }
  for (const { key, elementInstanceKey: scopeKey } of state.incidents.values()) {
    add('incident.resolve', key, {})
    add('variables.set', undefined, { scopeKey, variables: GOOD, local: true })
  }
  for (const [key, element] of state.elements) {
    if (element.adHoc) add('adHocSubProcess.activate', key, activations(bundle, element, how))
    if (how % 5 === 0) add('variables.set', undefined, { scopeKey: key, variables: answer(how), local: how % 2 === 0 })
    if (how % 11 === 0) add('userTask.complete', key, { variables: {}, formKey: null })
    if (how % 13 === 0) add('timer.trigger', key, {})
  }
  if (how % 5 === 1)
    add('variables.set', undefined, { scopeKey: state.instance?.key ?? 0, variables: answer(how), local: false })
  for (const key of state.endedTasks.keys())
    if (how % 17 === 0) add('userTask.complete', key, { variables: {}, formKey: null })
  if (how % 61 === 0) add('processInstance.cancel', undefined, { reason: 'asked' })
  if (how % 19 === 0) add('processInstance.create', undefined, startMove(bundle, draw).value)
  return moves
}

function activations(bundle: DefinitionBundle, element: ElementInstance, how: number) {
  const elements = adHocElements(bundle, element)
  const chosen: AdHocActivation[] = elements
    .filter((_, i) => (how >> i) % 2 === 0)
    .map((elementId) => ({ elementId, variables: (how % 3 === 0 ? { n: 2 } : {}) as Variables }))
  if (how % 7 === 0) chosen.push({ elementId: 'nothing', variables: {} })
  return { elements: chosen, cancelRemainingInstances: how % 5 === 0 }
}

export function adHocElements(bundle: DefinitionBundle, element: ElementInstance): string[] {
  const node = nodeFor(bundle, element)
  return node?.type === 'bpmn:AdHocSubProcess' ? node.own.elements.map((one) => one.elementId) : []
}

/** What a worker answers: variables, a verdict on a user task, or what an ad-hoc sub-process does next. */
function jobAnswer(bundle: DefinitionBundle, state: State, job: Job, how: number): object {
  const owner = state.elements.get(job.elementInstanceKey)
  if (job.listener?.kind === 'task') {
    const corrections = how % 3 === 0 ? { assignee: how % 2 ? 'p1' : null, priority: how % 100 } : {}
    const denied = how % 4 === 0
    const result: JobResult = { type: 'userTask', denied, deniedReason: denied ? 'no' : '', corrections }
    return { variables: how % 23 === 0 ? { n: 1 } : {}, ...(how % 2 === 0 ? { result } : {}) }
  }
  const variables = answer(how)
  if (!owner?.adHoc || job.listener) return { variables }
  const { elements } = activations(bundle, owner, how)
  const isCompletionConditionFulfilled = how % 3 === 0
  const result: JobResult = {
    type: 'adHocSubProcess',
    activateElements: isCompletionConditionFulfilled && how % 2 === 0 ? [] : elements,
    isCompletionConditionFulfilled,
    isCancelRemainingInstances: how % 2 === 0,
  }
  return how % 5 === 0 ? { variables } : { variables, result }
}
